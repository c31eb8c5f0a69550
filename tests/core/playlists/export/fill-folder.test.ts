// A folder of links or copies: in order, under safe names, with nothing overwritten and nothing written where music lies.
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isAbsolute, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FolderRequest, fillFolder, numberedName } from '../../../../src/core/playlists/export/fill-folder.ts';
import type { ExportTrack } from '../../../../src/core/playlists/export/playlist-format.ts';
import { tempDir } from '../../../support/temp-dir.ts';

function music(...names: string[]) {
  const dir = join(tempDir(), 'music');
  mkdirSync(dir);
  const tracks = names.map((name, i) => {
    const absolutePath = join(dir, name);
    writeFileSync(absolutePath, `sound ${i}`);
    return { absolutePath, path: absolutePath, title: `Song ${i}`, artist: 'Ann', durationSec: 1 } as ExportTrack;
  });
  return { dir, tracks };
}

const into = (folder: string, changes: Partial<FolderRequest> = {}): FolderRequest => ({
  folder,
  kind: 'copy',
  style: 'relative',
  withPlaylist: false,
  roots: [],
  ...changes,
});

test('copies, in order, with a playlist of them beside', async () => {
  const { tracks } = music('z.mp3', 'a.mp3');
  const folder = join(tempDir(), 'New', 'Late');
  const progress: number[] = [];
  const filled = await fillFolder('Late: one', tracks, into(folder, { withPlaylist: true }), {
    onProgress: ({ done, total }) => progress.push(done / total),
  });
  expect(filled).toEqual({ folder, nTracks: 2, leftOut: [] });
  expect(progress).toEqual([0.5, 1]);
  expect(readdirSync(folder)).toEqual(['001 Ann - Song 0.mp3', '002 Ann - Song 1.mp3', 'Late- one.m3u8']);
  expect(readFileSync(join(folder, '002 Ann - Song 1.mp3'), 'utf8')).toBe('sound 1');
  expect(readFileSync(join(folder, 'Late- one.m3u8'), 'utf8')).toContain('\n001 Ann - Song 0.mp3\n');
});

test('links lead to the files, relative or absolute, and hard links are the files', async () => {
  const { tracks } = music('a.mp3');
  const name = '001 Ann - Song 0.mp3';
  for (const style of ['relative', 'absolute'] as const) {
    const folder = tempDir();
    await fillFolder('x', tracks, into(folder, { kind: 'symlink', style }));
    expect(isAbsolute(readlinkSync(join(folder, name)))).toBe(style === 'absolute');
    expect(readFileSync(join(folder, name), 'utf8')).toBe('sound 0');
  }
  const folder = tempDir();
  await fillFolder('x', tracks, into(folder, { kind: 'hardlink' }));
  expect(statSync(join(folder, name)).ino).toBe(statSync(tracks[0]!.absolutePath).ino);
  expect(lstatSync(join(folder, name)).isSymbolicLink()).toBe(false);
});

test('what is there already stays, whatever it is; the newcomer gets a number', async () => {
  const { tracks } = music('a.mp3');
  const folder = tempDir();
  writeFileSync(join(folder, '001 Ann - Song 0.mp3'), 'mine');
  symlinkSync('/nowhere', join(folder, '001 Ann - Song 0 (2).mp3'));
  for (const kind of ['copy', 'symlink', 'hardlink'] as const) await fillFolder('x', tracks, into(folder, { kind }));
  expect(readFileSync(join(folder, '001 Ann - Song 0.mp3'), 'utf8')).toBe('mine');
  expect(readdirSync(folder).sort()).toEqual(
    ['001 Ann - Song 0.mp3', ...[2, 3, 4, 5].map((i) => `001 Ann - Song 0 (${i}).mp3`)].sort(),
  );
  expect(existsSync('/nowhere')).toBe(false);
});

test('a file that is gone is reported; none at all is a failure', async () => {
  const { tracks } = music('a.mp3', 'b.mp3');
  rmSync(tracks[0]!.absolutePath);
  const filled = await fillFolder('x', tracks, into(tempDir(), { kind: 'symlink' }));
  expect(filled).toMatchObject({ nTracks: 1, leftOut: [{ path: tracks[0]!.absolutePath, reason: 'Its file is missing.' }] });
  rmSync(tracks[1]!.absolutePath);
  const empty = join(tempDir(), 'new');
  await expect(fillFolder('x', tracks, into(empty))).rejects.toMatchObject({ code: 'export.failed' });
  expect(existsSync(empty)).toBe(false);
});

test('nothing is written into a music folder, not even by a link to it', async () => {
  const { dir, tracks } = music('a.mp3');
  const link = join(tempDir(), 'link');
  symlinkSync(dir, link);
  for (const folder of [dir, join(dir, 'new'), join(link, 'new', 'deep')]) {
    const refused = fillFolder('x', tracks, into(folder, { roots: [dir] }));
    await expect(refused).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining(dir) });
  }
  expect(readdirSync(dir)).toEqual(['a.mp3']);
  await fillFolder('x', tracks, into(`${dir}-copies`, { roots: [dir] }));
  expect(readdirSync(`${dir}-copies`)).toHaveLength(1);
});

test('stopping leaves whole files and says how many', async () => {
  const { tracks } = music('a.mp3', 'b.mp3', 'c.mp3');
  const folder = tempDir();
  const controller = new AbortController();
  const stopped = fillFolder('x', tracks, into(folder), { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled', message: `Stopped: 1 of 3 tracks are in ${folder}.` });
  expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['sound 0']);
});

const FULL = '/dev/shm';
test.skipIf(process.platform !== 'linux' || !existsSync(FULL) || statSync(FULL).dev === statSync('/tmp').dev)(
  'a hard link to another drive is reported with what works instead (needs a second drive)',
  async () => {
    const { tracks } = music('a.mp3');
    const elsewhere = join(FULL, `stemscape-test-${process.pid}`);
    try {
      linkSync(tracks[0]!.absolutePath, `${tracks[0]!.absolutePath}.twin`);
      await expect(fillFolder('x', tracks, into(elsewhere, { kind: 'hardlink' }))).rejects.toThrow(/another drive.*Copies can/);
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  },
);

const text = fc.string({
  unit: fc.oneof(fc.constantFrom(...'<>:"/\\|?*. \u0000é😀'), fc.string({ unit: 'binary', minLength: 1 })),
});

test('every name is one that FAT, exFAT, NTFS and Linux take', () => {
  fc.assert(
    fc.property(text, fc.option(text), fc.option(text), fc.nat(20_000), (file, title, artist, i) => {
      const name = numberedName({ absolutePath: `/music/${file.replaceAll(/[/\0]/g, '')}.flac`, title, artist }, i, 20_000);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(name).not.toMatch(/[<>:"/\\|?*\u0000-\u001f\u007f]|[. ]$/);
      expect(name.isWellFormed()).toBe(true);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      expect(name).toMatch(/^\d{5}/);
    }),
    { numRuns: 300 },
  );
});
