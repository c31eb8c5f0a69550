// Tags come out of real files; odd files give a warning and empty tags.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCover, readTags } from '../../../src/core/library/tags.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { writeWav } from './fixture.ts';

function id3Frame(id: string, body: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head.write(id, 0, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

const text = (id: string, value: string) => id3Frame(id, Buffer.concat([Buffer.from([3]), Buffer.from(value)]));

/** An mp3 of tags only: ID3v2.4 with short frames, then silence that no frame header is in. */
function writeId3(...frames: Buffer[]): string {
  const body = Buffer.concat(frames);
  const head = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, (body.length >> 7) & 127, body.length & 127]);
  const path = join(tempDir(), 'a.mp3');
  writeFileSync(path, Buffer.concat([head, body, Buffer.alloc(2000)]));
  return path;
}

test('title, artist, genre and the format of a wav', async () => {
  const path = writeWav(join(tempDir(), 'a.wav'), 1, { title: ' Song ', artist: 'Ann', genre: 'Jazz' });
  const { tags } = await readTags(path);
  expect(tags).toMatchObject({
    title: 'Song',
    artist: 'Ann',
    genres: ['Jazz'],
    album: null,
    sampleRateHz: 8000,
    channels: 1,
  });
  expect(tags.durationSec).toBeCloseTo(0.1, 6);
});

test('numbers, several genres and identifiers of an mp3', async () => {
  const { tags } = await readTags(
    writeId3(
      text('TIT2', 'Title'),
      text('TPE2', 'Various'),
      text('TRCK', '3/12'),
      text('TPOS', '1/2'),
      text('TDRC', '1998-03-01'),
      text('TCON', 'Jazz\0Blues\0Jazz'),
      text('TBPM', '128'),
      text('TKEY', 'Am'),
      text('TXXX', 'MusicBrainz Album Id\0f27ec8db-af05-4f36-916e-3d57f91ecf5e'),
    ),
  );
  expect(tags).toMatchObject({
    albumArtist: 'Various',
    trackNumber: 3,
    trackTotal: 12,
    discNumber: 1,
    discTotal: 2,
    year: 1998,
    genres: ['Jazz', 'Blues'],
    bpm: 128,
    key: 'Am',
    musicBrainzReleaseId: 'f27ec8db-af05-4f36-916e-3d57f91ecf5e',
    hasCover: false,
  });
});

test('an embedded picture is noted, and read on demand', async () => {
  const picture = Buffer.concat([Buffer.from([3]), Buffer.from('image/png\0'), Buffer.from([3, 0]), Buffer.from('PNGDATA')]);
  const path = writeId3(text('TIT2', 'Title'), id3Frame('APIC', picture));
  expect((await readTags(path)).tags.hasCover).toBe(true);
  const cover = await readCover(path);
  expect(cover?.mediaType).toBe('image/png');
  expect(Buffer.from(cover?.bytes ?? []).toString()).toBe('PNGDATA');
});

test.each([
  ['text.mp3', 'this is no music at all'],
  ['empty.flac', ''],
  ['half.ogg', 'OggS'],
  ['riff.wav', 'RIFF\xff\xff\xff\xffWAVE'],
  ['odd.m4a', '\0\0\0\x01ftyp'],
])('%s gives a warning or nothing, never a failure', async (name, content) => {
  const path = join(tempDir(), name);
  writeFileSync(path, content, 'latin1');
  expect((await readTags(path)).tags).toMatchObject({ title: null, artist: null, genres: [] });
  expect(await readCover(path)).toBeNull();
});

test('a file that is gone gives a warning', async () => {
  expect((await readTags(join(tempDir(), 'gone.mp3'))).warning).toContain('ENOENT');
});
