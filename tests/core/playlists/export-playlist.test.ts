// An exported playlist is written whole or not at all, and says what it left out.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fileNameOf } from '../../../src/core/playlists/export/file-name.ts';
import { renderPlaylist } from '../../../src/core/playlists/export/render-playlist.ts';
import { exportPlaylist } from '../../../src/core/playlists/export-playlist.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { choice, JAZZ, jazzLibrary } from './export-library.ts';

const target = () => ({ outPath: join(tempDir(), 'list.m3u8'), overwrite: false });
const textOf = (files: readonly { bytes: Uint8Array }[]) => Buffer.from(files[0]!.bytes).toString();

test('relative paths lead to the files; nothing else stays in the folder', async () => {
  const { library, at } = await jazzLibrary('a.wav', 'deep/#1 é.wav');
  const { outPath, overwrite } = target();
  const exported = await exportPlaylist(library, JAZZ, choice(), { outPath, overwrite });
  expect(exported).toMatchObject({ paths: [outPath], nTracks: 2, leftOut: [], notes: [] });
  const text = readFileSync(outPath, 'utf8');
  const paths = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(paths.map((path) => resolve(dirname(outPath), path))).toEqual([at('a.wav'), at('deep/#1 é.wav')]);
  expect(readdirSync(dirname(outPath))).toEqual(['list.m3u8']);
});

test('beside the music, a name that starts like a comment still works', async () => {
  const { library, music } = await jazzLibrary('#1.wav');
  expect(textOf(renderPlaylist(library, JAZZ, choice(), music).files)).toContain('\n./#1.wav\n');
});

test('missing tracks are reported; a playlist of nothing is refused', async () => {
  const { library, db, at } = await jazzLibrary('a.wav', 'b.wav');
  const { outPath } = target();
  db.tracks.setMissing(db.tracks.byPath(at('a.wav'))!.id, true);
  const absolute = choice({ pathStyle: 'absolute' });
  const exported = await exportPlaylist(library, JAZZ, absolute, { outPath, overwrite: false });
  expect(exported).toMatchObject({ nTracks: 1, leftOut: [{ path: at('a.wav'), reason: 'Its file is missing.' }] });
  expect(textOf(exported.files)).toContain(`\n${at('b.wav')}\n`);

  db.tracks.setMissing(db.tracks.byPath(at('b.wav'))!.id, true);
  const again = exportPlaylist(library, JAZZ, absolute, { outPath, overwrite: true });
  await expect(again).rejects.toMatchObject({ code: 'playlist.empty' });
  expect(readFileSync(outPath, 'utf8')).toBe(textOf(exported.files));
});

test('an existing file is replaced only when asked', async () => {
  const { library } = await jazzLibrary('a.wav');
  const { outPath } = target();
  writeFileSync(outPath, 'mine');
  const refused = exportPlaylist(library, JAZZ, choice(), { outPath, overwrite: false });
  await expect(refused).rejects.toMatchObject({ code: 'export.exists' });
  expect(readFileSync(outPath, 'utf8')).toBe('mine');
  await exportPlaylist(library, JAZZ, choice(), { outPath, overwrite: true });
  expect(readFileSync(outPath, 'utf8')).toContain('#EXTM3U');
});

test('a folder that does not exist or a folder in the way fails with a sentence and leaves nothing', async () => {
  const { library } = await jazzLibrary('a.wav');
  const dir = tempDir();
  const to = (name: string) => exportPlaylist(library, JAZZ, choice(), { outPath: join(dir, name), overwrite: true });
  await expect(to('no/list.m3u8')).rejects.toMatchObject({
    code: 'export.failed',
    message: expect.stringContaining('its folder does not exist'),
  });
  mkdirSync(join(dir, 'folder.m3u8'));
  await expect(to('folder.m3u8')).rejects.toMatchObject({ code: 'export.failed' });
  expect(readdirSync(dir)).toEqual(['folder.m3u8']);
});

test('M3U in an older encoding leaves out what that cannot hold, and replaces nothing', async () => {
  const { library, at } = await jazzLibrary('Größe €.wav', 'Дом.wav', 'plain?.wav', 'decomposed a\u0308.wav');
  const windows = renderPlaylist(library, JAZZ, choice({ format: 'm3u', pathStyle: 'absolute' }), '/');
  const decoded = new TextDecoder('windows-1252').decode(windows.files[0]!.bytes);
  expect(decoded).toContain(`\n${at('Größe €.wav')}\n`);
  expect(windows.leftOut).toEqual(
    ['decomposed a\u0308.wav', 'Дом.wav'].map((name) => ({
      path: at(name),
      reason: 'Its path has characters that windows-1252 does not have.',
    })),
  );
  expect(decoded.split('\n').filter((line) => line.includes('?'))).toEqual([at('plain?.wav')]);
  const russian = renderPlaylist(library, JAZZ, choice({ format: 'm3u', encoding: 'windows-1251', pathStyle: 'absolute' }), '/');
  expect(new TextDecoder('windows-1251').decode(russian.files[0]!.bytes)).toContain(at('Дом.wav'));
});

test('a title the encoding cannot hold gives way to the name of the file', async () => {
  const { library, db, at } = await jazzLibrary('a.wav');
  const { id } = db.tracks.byPath(at('a.wav'))!;
  db.tracks.setTags(id, { ...db.tracks.tagsOf(id), title: '猫', artist: null });
  db.tracks.refreshListing(id);
  const { files, leftOut } = renderPlaylist(library, JAZZ, choice({ format: 'm3u' }), dirname(at('a.wav')));
  expect(leftOut).toEqual([]);
  expect(textOf(files)).toContain(',a.wav\na.wav\n');
});

test('a byte order mark comes first, once, and only where it has a meaning', async () => {
  const { library } = await jazzLibrary('ä.wav');
  const render = (changes: Parameters<typeof choice>[0]) => renderPlaylist(library, JAZZ, choice(changes), '/').files[0]!.bytes;
  expect([...render({ bom: true }).subarray(0, 5)]).toEqual([0xef, 0xbb, 0xbf, 0x23, 0x45]);
  expect(render({ bom: true }).lastIndexOf(0xbf)).toBe(2);
  expect(render({})[0]).toBe(0x23);
  expect(() => render({ bom: true, format: 'm3u' })).toThrow(/UTF-8/);
  expect(() => render({ bom: true, format: 'xspf' })).toThrow(/byte order mark/);
  expect(() => render({ encoding: 'gbk' })).toThrow(/only M3U/);
});

test('with rewritten roots, tracks outside of them are told', async () => {
  const { library, music, at } = await jazzLibrary('in/a.wav', 'b.wav');
  const rewrites = [{ from: join(music, 'in'), to: 'E:\\Music' }];
  const { files, notes } = renderPlaylist(library, JAZZ, choice({ pathStyle: 'absolute', rewrites }), '/');
  expect(textOf(files)).toContain('\nE:\\Music\\a.wav\n');
  expect(textOf(files)).toContain(`\n${at('b.wav')}\n`);
  expect(notes).toEqual(['1 track lies outside the rewritten folders; the path is that of this machine.']);
  const uris = renderPlaylist(library, JAZZ, choice({ format: 'rekordbox', rewrites }), '/');
  expect(textOf(uris.files)).toContain('file://localhost/E:/Music/a.wav');
});

test('a crate goes into the drive’s folder _Serato_, also when that itself was chosen', async () => {
  const { library } = await jazzLibrary('a.wav');
  const serato = choice({ format: 'serato' });
  const drive = tempDir();
  const first = await exportPlaylist(library, JAZZ, serato, { outPath: drive, overwrite: false });
  expect(first.paths).toEqual([join(drive, '_Serato_', 'Subcrates', 'Jazz.crate')]);
  const inside = { outPath: join(drive, '_Serato_'), overwrite: false };
  await expect(exportPlaylist(library, JAZZ, serato, inside)).rejects.toMatchObject({ code: 'export.exists' });
  const again = await exportPlaylist(library, JAZZ, serato, { ...inside, overwrite: true });
  expect(again.paths).toEqual(first.paths);
  expect(readdirSync(dirname(first.paths[0]!))).toEqual([basename(first.paths[0]!)]);
});

test('a playlist’s name makes a file name every system takes', () => {
  const names = ['Drum & Bass', 'AC/DC: live?', '...', ' x. ', 'aux', 'CON.live', `${'ä'.repeat(300)}`];
  expect(names.map(fileNameOf)).toEqual(['Drum & Bass', 'AC-DC- live-', 'playlist', 'x', '_aux', '_CON.live', 'ä'.repeat(100)]);
});
