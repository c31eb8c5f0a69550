// Playlists to and from files, as the window and the command line use them: over a real library, with kept and live playlists.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createAppEvents } from '../../../src/core/app-events.ts';
import { createPlaylistFileServices } from '../../../src/core/app-playlist-files.ts';
import { smartRulesSchema } from '../../../src/core/domain/smart-rules.ts';
import { createAutoPlaylists } from '../../../src/core/playlists/auto-genre.ts';
import { LibraryPlaylists } from '../../../src/core/playlists/library-playlists.ts';
import { KeptPlaylistService } from '../../../src/core/services/kept-playlists.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { createDesk } from '../library/fixture.ts';
import { choice } from '../playlists/export-library.ts';

async function setUp(...names: string[]) {
  const desk = createDesk();
  for (const [i, name] of names.entries()) desk.add(name, i, { title: `Song ${i}`, artist: 'Ann' });
  await desk.scan();
  const playlists = new LibraryPlaylists(
    desk.db,
    createAutoPlaylists(desk.db, () => 0.5),
    () => 1e12,
  );
  const events = createAppEvents();
  const kept = new KeptPlaylistService({ db: desk.db, events, gate: { pass: async () => {} }, playlists, nowMs: () => 1e12 });
  const { playlistFiles: files } = createPlaylistFileServices({ db: desk.db, libraryDir: tempDir(), playlists, kept });
  return { ...desk, playlists, kept, files, id: (name: string) => desk.db.tracks.byPath(desk.at(name))!.id };
}

const trial = { name: null, encoding: null, isTrial: false };

describe('import', () => {
  test('what is exported becomes the same playlist again, under a name of its own', async () => {
    const { kept, files, playlists, id } = await setUp('a.wav', 'Ü/b.wav', 'c.wav');
    const order = [id('c.wav'), id('Ü/b.wav'), id('c.wav')];
    const late = await kept.create('Late', order);
    const path = join(tempDir(), 'x.m3u8');
    await files.write(late.id, choice(), path, false);
    const [first] = await files.import({ ...trial, file: { path } });
    expect(first).toMatchObject({ name: 'Late (2)', unmatched: [] });
    expect(playlists.ids(first!.id!)).toEqual(order);
    const [named] = await files.import({ ...trial, file: { path }, name: 'Mine' });
    expect(named!.name).toBe('Mine');
  });

  test('bytes from a browser are looked for below the music folders', async () => {
    const { files, at } = await setUp('A/a.wav', 'B/b.wav');
    const bytes = Buffer.from('A/a.wav\n../other/B/b.wav\ngone.wav\n');
    const [list] = await files.import({ ...trial, file: { name: 'Mine.m3u', bytes } });
    expect(list!.name).toBe('Mine');
    expect(list!.matched.map(({ path, by }) => [path, by])).toEqual([
      [at('A/a.wav'), 'path'],
      [at('B/b.wav'), 'folders'],
    ]);
    expect(list!.unmatched.map(({ location }) => location)).toEqual(['gone.wav']);
  });

  test('a trial keeps nothing, and neither does a list of nothing', async () => {
    const { files, playlists } = await setUp('a.wav');
    const before = playlists.list();
    const of = (text: string) => ({ name: 'x.m3u', bytes: Buffer.from(text) });
    const [tried] = await files.import({ ...trial, file: of('a.wav'), isTrial: true });
    expect(tried).toMatchObject({ id: null, matched: [{ by: 'path' }] });
    expect(await files.import({ ...trial, file: of('gone.wav') })).toMatchObject([{ id: null, unmatched: [{}] }]);
    expect(playlists.list()).toEqual(before);
  });

  test('a file that is not there is missing', async () => {
    const { files } = await setUp('a.wav');
    const missing = files.import({ ...trial, file: { path: join(tempDir(), 'no.m3u') } });
    await expect(missing).rejects.toMatchObject({ code: 'file.missing' });
  });
});

describe('export', () => {
  test('live rules reach Navidrome as rules, other lists as their files', async () => {
    const { kept, files, id } = await setUp('a.wav', 'Ü/b.wav');
    const where = { match: 'all', rules: [{ field: 'artist', op: 'is', value: 'Ann' }] };
    const live = await kept.follow('Live', smartRulesSchema.parse({ where }));
    const read = (playlist: string) => {
      const { bytes, ...rest } = files.render(playlist, choice({ format: 'navidrome' }));
      return { ...rest, nsp: JSON.parse(Buffer.from(bytes).toString()) };
    };
    expect(read(live.id)).toMatchObject({
      fileName: 'Live.nsp',
      nTracks: 2,
      notes: [],
      nsp: { name: 'Live', all: [{ is: { artist: 'Ann' } }] },
    });
    const fixed = await kept.create('Fixed', [id('Ü/b.wav')]);
    expect(read(fixed.id)).toMatchObject({
      nsp: { any: [{ is: { filepath: 'Ü/b.wav' } }] },
      notes: [expect.stringMatching(/order is lost/)],
    });
    // Nothing of these rules can be said there: today's tracks are written instead.
    const deaf = { match: 'all', rules: [{ field: 'energy', op: 'atLeast', value: 0 }] };
    const mute = await kept.follow('Mute', smartRulesSchema.parse({ where: deaf }));
    expect(read(mute.id)).toMatchObject({ nsp: { any: [{}, {}] }, notes: [expect.stringMatching(/none of the rules/), {}] });
  });

  test('several files come as one archive', async () => {
    const { kept, files, music, id } = await setUp('in/a.wav', 'b.wav');
    const list = await kept.create('Both', [id('in/a.wav'), id('b.wav')]);
    const rewrites = [
      { from: join(music, 'in'), to: 'E:\\Music' },
      { from: music, to: '/Volumes/USB' },
    ];
    const { fileName, bytes, mediaType, isTree, notes } = files.render(list.id, choice({ format: 'serato', rewrites }));
    expect({ fileName, mediaType, isTree }).toEqual({ fileName: 'Both.zip', mediaType: 'application/zip', isTree: true });
    expect(Object.keys(unzipSync(bytes))).toEqual(['E', 'USB'].map((drive) => `${drive}/_Serato_/Subcrates/Both.crate`));
    expect(notes).toEqual([expect.stringMatching(/2 drives/)]);
    const one = await kept.create('One', [id('b.wav')]);
    expect(files.render(one.id, choice({ format: 'serato', rewrites })).fileName).toBe('One.crate');
  });

  test('a folder of copies is named after the playlist, and never lies in the music', async () => {
    const { kept, files, music, id, at } = await setUp('a.wav');
    const list = await kept.create('AC/DC', [id('a.wav')]);
    const parent = tempDir();
    const folder = files.folderIn(parent, list.id);
    const request = { folder, kind: 'copy', style: 'relative', withPlaylist: true, insideMusic: false } as const;
    expect(await files.fill(list.id, request)).toEqual({ folder: join(parent, 'AC-DC'), nTracks: 1, leftOut: [] });
    expect(readdirSync(folder)).toEqual(['001 Ann - Song 0.wav', 'AC-DC.m3u8']);
    expect(readFileSync(join(folder, '001 Ann - Song 0.wav'))).toEqual(readFileSync(at('a.wav')));
    const inside = { ...request, folder: join(music, 'new') };
    await expect(files.fill(list.id, inside)).rejects.toMatchObject({ code: 'input.invalid' });
    expect(await files.fill(list.id, { ...inside, insideMusic: true })).toMatchObject({ nTracks: 1 });
  });

  test('an empty playlist is refused', async () => {
    const { kept, files } = await setUp('a.wav');
    const list = await kept.create('Empty', []);
    expect(() => files.render(list.id, choice())).toThrow(expect.objectContaining({ code: 'playlist.empty' }));
    const out = join(tempDir(), 'x.m3u8');
    writeFileSync(out, 'mine');
    await expect(files.write(list.id, choice(), out, true)).rejects.toMatchObject({ code: 'playlist.empty' });
    expect(readFileSync(out, 'utf8')).toBe('mine');
  });
});
