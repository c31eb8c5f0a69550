// Every format: what is written is read back by two other readers, all else stays, the sound too, and undo gives it back.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseFile } from 'music-metadata';
import { FormatContext } from 'node-av/lib';
import { expect, test } from 'vitest';
import { audioHash } from '../../../src/core/audio/audio-hash.ts';
import type { TagField } from '../../../src/core/domain/tag-write.ts';
import { codecOf } from '../../../src/core/tags/codec-of.ts';
import { fileState } from '../../../src/core/tags/file-state.ts';
import { otherTagsHash, readMetadata } from '../../../src/core/tags/other-tags.ts';
import { replaceFile } from '../../../src/core/tags/replace-file.ts';
import type { RawTags } from '../../../src/core/tags/tag-codec.ts';
import { id3Text, OTHER_TAGS, oddFrames, withoutTag, writeId3, writeTagged } from '../../fixtures/tagged-audio.ts';
import { tempDir } from '../../support/temp-dir.ts';

const GENRES = ['Drum & Bass', 'Neo-Söul', '東京'];
const WANTED = { genre: GENRES, bpm: ['174'], key: ['F#m'] };

/** The container's and the streams' tags as FFmpeg reads them, names in lower case. */
function ffmpegTags(path: string): Record<string, string> {
  const format = new FormatContext();
  format.allocContext();
  expect(format.openInputSync(path, null, null)).toBeGreaterThanOrEqual(0);
  format.findStreamInfoSync();
  const dictionaries = [format.metadata, ...format.streams.map(({ metadata }) => metadata)];
  const all = Object.fromEntries(
    dictionaries.flatMap((tags) => Object.entries(tags?.getAll() ?? {})).map(([name, value]) => [name.toLowerCase(), value]),
  );
  format.closeInputSync();
  return all;
}

async function edited(path: string, values: Partial<Record<TagField, string[]>>, raw: RawTags | null = null) {
  const copy = join(tempDir(), `copy${path.slice(path.lastIndexOf('.'))}`);
  await codecOf(path).writeCopy(path, copy, { values, raw });
  return copy;
}

/** How FFmpeg names the fields, and how it shows several genres; null = it does not show them all. */
const FFMPEG: Record<string, { genre: string | null; bpm: string | null; key: string | null }> = {
  mp3: { genre: null, bpm: 'tbpm', key: 'tkey' },
  flac: { genre: GENRES.join(';'), bpm: 'bpm', key: 'initialkey' },
  ogg: { genre: GENRES.join(';'), bpm: 'bpm', key: 'initialkey' },
  opus: { genre: GENRES.join(';'), bpm: 'bpm', key: 'initialkey' },
  m4a: { genre: null, bpm: null, key: 'initialkey' },
  wav: { genre: null, bpm: 'tbpm', key: 'tkey' },
  aiff: { genre: null, bpm: 'tbpm', key: 'tkey' },
  wma: { genre: null, bpm: 'wm/beatsperminute', key: 'wm/initialkey' },
  wv: { genre: null, bpm: 'bpm', key: 'initialkey' },
};

test.for(Object.keys(FFMPEG))('%s: genres, tempo and key written, read back by others, and given back', async (ending) => {
  const path = writeTagged(tempDir(), ending, { ...OTHER_TAGS, genre: 'Polka' });
  const before = await codecOf(path).read(path);
  expect(before.values).toEqual({ genre: ['Polka'], bpm: [], key: [] });

  const copy = await edited(path, WANTED);
  const { common } = await parseFile(copy);
  expect([...(common.genre ?? [])].sort()).toEqual([...GENRES].sort());
  expect(common.bpm).toBe(174);
  expect((await codecOf(copy).read(copy)).values.key).toEqual(['F#m']);
  const seen = ffmpegTags(copy);
  const names = FFMPEG[ending]!;
  expect(seen.genre).toContain('Drum & Bass');
  if (names.genre !== null) expect(seen.genre).toBe(names.genre);
  if (names.bpm !== null) expect(seen[names.bpm]).toBe('174');
  if (names.key !== null) expect(seen[names.key]).toBe('F#m');

  expect(await audioHash(copy)).toBe(await audioHash(path));
  expect(otherTagsHash(await readMetadata(copy))).toBe(otherTagsHash(await readMetadata(path)));
  for (const name of ['title', 'artist', 'album', 'track', 'disc', 'comment']) expect(seen[name]).toBe(ffmpegTags(path)[name]);

  const again = join(tempDir(), `again.${ending}`);
  await codecOf(copy).writeCopy(copy, again, { values: before.values, raw: before.raw });
  expect((await codecOf(again).read(again)).values).toEqual(before.values);
  expect(otherTagsHash(await readMetadata(again))).toBe(otherTagsHash(await readMetadata(path)));
  expect(ffmpegTags(again).genre).toBe('Polka');
  if (before.raw) expect(readFileSync(again).equals(readFileSync(path))).toBe(true);
});

test("Monkey's Audio: an APEv2 tag where there was none, and none again", async () => {
  const path = writeTagged(tempDir(), 'ape', {});
  const copy = await edited(path, WANTED);
  expect((await parseFile(copy)).common).toMatchObject({ genre: GENRES, bpm: 174 });
  expect(ffmpegTags(copy)).toMatchObject({ bpm: '174', initialkey: 'F#m' });
  expect(await audioHash(copy)).toBe(await audioHash(path));
  expect((await codecOf(path).read(await edited(copy, { genre: [], bpm: [], key: [] }))).values).toEqual({
    genre: [],
    bpm: [],
    key: [],
  });
});

/** ID3v2 tags as the bytes between the header and the audio, cut at each frame's name. */
const hasFrame = (file: Buffer, frame: Buffer) => file.indexOf(frame) > 0;

test.for([3, 4] as const)(
  'ID3v2.%d: version kept, unknown frames byte for byte, audio in place while the padding lasts',
  async (version) => {
    const path = writeTagged(tempDir(), 'mp3', {});
    writeId3(path, version, [id3Text(version, 'TIT2', 'Song'), id3Text(version, 'TCON', '(17)'), ...oddFrames(version)], 600);
    const file = readFileSync(path);
    const before = await codecOf(path).read(path);
    expect(before.values.genre).toEqual(['Rock']);

    const genres = ['Café', 'Dub'];
    const copy = await edited(path, { genre: genres, bpm: ['90'] });
    const changed = readFileSync(copy);
    expect(changed[3]).toBe(version);
    expect(changed.length).toBe(file.length);
    for (const frame of oddFrames(version)) expect(hasFrame(changed, frame)).toBe(true);
    expect(withoutTag(changed).equals(withoutTag(file))).toBe(true);
    // ID3v2.3 has no standard way to hold several genres: they are joined by "; ".
    expect((await parseFile(copy)).common.genre).toEqual(version === 4 ? genres : ['Café; Dub']);
    expect((await codecOf(copy).read(copy)).values.genre).toEqual(genres);
    const frame = changed.indexOf('TCON') + 10;
    const text = version === 4 ? Buffer.from('\x03Café\0Dub', 'utf8') : Buffer.from('\0Café; Dub', 'latin1');
    expect(changed.subarray(frame, frame + text.length).equals(text)).toBe(true);
    expect(changed.indexOf('TCON', frame)).toBe(-1);

    const again = await edited(copy, before.values, before.raw);
    expect(readFileSync(again).equals(file)).toBe(true);
  },
);

test('a tag without room grows, and undo gives the same file', async () => {
  const path = writeTagged(tempDir(), 'mp3', {});
  writeId3(path, 3, [id3Text(3, 'TIT2', 'Song'), ...oddFrames(3)], 0);
  const before = await codecOf(path).read(path);
  const copy = await edited(path, { genre: ['東京'], key: ['Am'] });
  expect((await parseFile(copy)).common).toMatchObject({ genre: ['東京'], key: 'Am', title: 'Song' });
  expect(withoutTag(readFileSync(copy)).equals(withoutTag(readFileSync(path)))).toBe(true);
  expect(readFileSync(await edited(copy, before.values, before.raw)).equals(readFileSync(path))).toBe(true);
});

test('a damaged ID3v2 tag is refused', async () => {
  const path = writeTagged(tempDir(), 'mp3', {});
  writeId3(path, 3, [id3Text(3, 'TIT2', 'Song'), Buffer.from('not a frame at all')], 10);
  await expect(codecOf(path).read(path)).rejects.toMatchObject({ code: 'tags.unsupported' });
});

test('an APEv2 tag with a genre would hide the one written and is refused; one with loudness stays', async () => {
  const path = writeTagged(tempDir(), 'mp3', {});
  const audio = readFileSync(path);
  const ape = (name: string, value: string) => {
    const item = Buffer.concat([Buffer.from([value.length, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(`${name}\0${value}`)]);
    const footer = Buffer.alloc(32);
    footer.write('APETAGEX');
    [2000, item.length + 32, 1].forEach((word, i) => {
      footer.writeUInt32LE(word, 8 + 4 * i);
    });
    return Buffer.concat([item, footer]);
  };
  writeFileSync(path, Buffer.concat([audio, ape('Genre', 'Polka')]));
  await expect(codecOf(path).read(path)).rejects.toMatchObject({ code: 'tags.unsupported' });
  const loudness = ape('REPLAYGAIN_TRACK_GAIN', '-3.2 dB');
  writeFileSync(path, Buffer.concat([audio, loudness]));
  const copy = await edited(path, WANTED);
  expect((await parseFile(copy)).common).toMatchObject({ genre: GENRES });
  expect(readFileSync(copy).subarray(-loudness.length).equals(loudness)).toBe(true);
});

test('a file that is not what its name says is refused', async () => {
  const dir = tempDir();
  for (const [from, to] of [
    ['m4a', 'mp3'],
    ['flac', 'mp3'],
    ['mp3', 'flac'],
    ['wav', 'mp3'],
  ] as const) {
    const path = join(dir, `wrong.${to}`);
    copyFileSync(writeTagged(dir, from, { title: 'Song' }), path);
    await expect(edited(path, { genre: ['Dub'] })).rejects.toMatchObject({ code: 'tags.unsupported' });
  }
});

test('an MP4 whose other tags TagLib would lose is left as it is', async () => {
  const path = writeTagged(tempDir(), 'm4a', { title: 'Song', odd: 'kept' }, 'song.m4a', { movflags: 'use_metadata_tags' });
  const before = readFileSync(path);
  const facts = { path, temporaryName: '.copy.m4a', expected: await fileState(path), audioHash: await audioHash(path) };
  const act = replaceFile({ ...facts, edit: { values: { genre: ['Dub'] }, raw: null } });
  await expect(act).rejects.toMatchObject({ code: 'tags.unsafe' });
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(readdirSync(dirname(path))).toEqual(['song.m4a']);
});

test('free-form MP4 items keep their spelling, and the key its place', async () => {
  const path = writeTagged(tempDir(), 'm4a', { title: 'Song' });
  const withKey = await edited(path, { key: ['8A'] });
  const copy = await edited(withKey, { genre: ['Dub'], bpm: ['90'] });
  const ids = (await parseFile(copy)).native.iTunes!.map(({ id }) => id).filter((id) => id.startsWith('----'));
  expect(ids).toEqual(['----:com.apple.iTunes:initialkey']);
  expect((await codecOf(copy).read(copy)).values).toEqual({ genre: ['Dub'], bpm: ['90'], key: ['8A'] });
});

test('Musepack: an APEv2 tag beside the sound', async () => {
  const path = join(tempDir(), 'song.mpc');
  copyFileSync(new URL('../../fixtures/tone.mpc', import.meta.url), path);
  const copy = await edited(path, WANTED);
  expect((await codecOf(copy).read(copy)).values).toEqual(WANTED);
  expect(await audioHash(copy)).toBe(await audioHash(path));
});

test('the hash tells other sound from other tags', async () => {
  const [a, b] = [writeTagged(tempDir(), 'ogg', { title: 'A' }), writeTagged(tempDir(), 'ogg', { title: 'Another title' })];
  expect(await audioHash(a)).toBe(await audioHash(b));
  const bytes = readFileSync(writeTagged(tempDir(), 'wav', {}));
  const path = join(tempDir(), 'other.wav');
  writeFileSync(path, bytes);
  const before = await audioHash(path);
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(path, bytes);
  expect(await audioHash(path)).not.toBe(before);
});

test('kinds that are not written say so', () => {
  for (const name of ['a.mka', 'a.dsf', 'a.dff'])
    expect(() => codecOf(name)).toThrow(expect.objectContaining({ code: 'tags.unsupported' }));
});
