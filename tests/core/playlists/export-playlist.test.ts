// An exported playlist is written whole or not at all, and says what it left out.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createAutoPlaylists } from '../../../src/core/playlists/auto-genre.ts';
import { type ExportToFile, exportPlaylist, fileNameOf, renderPlaylist } from '../../../src/core/playlists/export-playlist.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { createDesk } from '../library/fixture.ts';

async function jazz(...names: string[]) {
  const desk = createDesk();
  for (const [i, name] of names.entries()) desk.add(name, i, { title: `Song ${i}`, artist: 'Ann' });
  await desk.scan();
  const playlists = createAutoPlaylists(desk.db, () => 0.5);
  const outPath = join(tempDir(), 'list.m3u8');
  const request: ExportToFile = { id: 'genre:jazz', format: 'm3u8', pathStyle: 'relative', outPath, overwrite: false };
  return { ...desk, playlists, outPath, request };
}

test('relative paths lead to the files; nothing else stays in the folder', async () => {
  const { playlists, request, outPath, at } = await jazz('a.wav', 'deep/#1 é.wav');
  const exported = await exportPlaylist(playlists, request);
  expect(exported).toMatchObject({ path: outPath, fileName: 'list.m3u8', nTracks: 2, leftOut: [] });
  const text = readFileSync(outPath, 'utf8');
  expect(text).toBe(exported.text);
  const paths = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(paths.map((path) => resolve(dirname(outPath), path))).toEqual([at('a.wav'), at('deep/#1 é.wav')]);
  expect(readdirSync(dirname(outPath))).toEqual(['list.m3u8']);
});

test('beside the music, a name that starts like a comment still works', async () => {
  const { playlists, request, music } = await jazz('#1.wav');
  const { text } = renderPlaylist(playlists, request, music);
  expect(text).toContain('\n./#1.wav\n');
});

test('missing tracks are reported; a playlist of nothing is refused', async () => {
  const { playlists, request, db, at } = await jazz('a.wav', 'b.wav');
  db.tracks.setMissing(db.tracks.byPath(at('a.wav'))!.id, true);
  const exported = await exportPlaylist(playlists, { ...request, pathStyle: 'absolute' });
  expect(exported).toMatchObject({ nTracks: 1, leftOut: [{ path: at('a.wav'), reason: 'Its file is missing.' }] });
  expect(exported.text).toContain(`\n${at('b.wav')}\n`);

  db.tracks.setMissing(db.tracks.byPath(at('b.wav'))!.id, true);
  await expect(exportPlaylist(playlists, { ...request, overwrite: true })).rejects.toMatchObject({ code: 'playlist.empty' });
  expect(readFileSync(request.outPath, 'utf8')).toBe(exported.text);
});

test('an existing file is replaced only when asked', async () => {
  const { playlists, request, outPath } = await jazz('a.wav');
  writeFileSync(outPath, 'mine');
  await expect(exportPlaylist(playlists, request)).rejects.toMatchObject({ code: 'export.exists' });
  expect(readFileSync(outPath, 'utf8')).toBe('mine');
  await exportPlaylist(playlists, { ...request, overwrite: true });
  expect(readFileSync(outPath, 'utf8')).toContain('#EXTM3U');
});

test('a folder that does not exist or a folder in the way fails with a sentence and leaves nothing', async () => {
  const { playlists, request } = await jazz('a.wav');
  const dir = tempDir();
  const nowhere = { ...request, outPath: join(dir, 'no', 'list.m3u8') };
  await expect(exportPlaylist(playlists, nowhere)).rejects.toMatchObject({
    code: 'export.failed',
    message: expect.stringContaining('its folder does not exist'),
  });
  mkdirSync(join(dir, 'folder.m3u8'));
  const inTheWay = { ...request, outPath: join(dir, 'folder.m3u8'), overwrite: true };
  await expect(exportPlaylist(playlists, inTheWay)).rejects.toMatchObject({ code: 'export.failed' });
  expect(readdirSync(dir)).toEqual(['folder.m3u8']);
});

test('a playlist’s name makes a file name every system takes', () => {
  expect(['Drum & Bass', 'AC/DC: live?', '...', ' x. '].map(fileNameOf)).toEqual([
    'Drum & Bass',
    'AC-DC- live-',
    'playlist',
    'x',
  ]);
});
