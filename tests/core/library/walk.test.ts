// The walk finds music, leaves out what is none, and goes on past what it cannot read.
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { isGone, isUnder, walk } from '../../../src/core/library/walk.ts';
import { tempDir } from '../../support/temp-dir.ts';

function folderWith(...names: string[]): string {
  const dir = tempDir();
  for (const name of names) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), 'x');
  }
  return dir;
}

async function walked(dir: string) {
  const files: string[] = [];
  const skipped: [path: string, code: string][] = [];
  for await (const event of walk(dir)) {
    const name = relative(dir, event.path);
    if (event.type === 'file') files.push(name);
    else skipped.push([name, event.reason.code]);
  }
  return { files, skipped };
}

test('audio by extension, in every folder, by name', async () => {
  const dir = folderWith('b.MP3', 'a.flac', 'deep/er/#1.opus', 'cover.jpg', 'notes.txt', 'mp3');
  expect(await walked(dir)).toEqual({ files: ['a.flac', 'b.MP3', join('deep', 'er', '#1.opus')], skipped: [] });
});

test('system folders are not entered; hidden audio is reported', async () => {
  const dir = folderWith(
    '$RECYCLE.BIN/a.mp3',
    'System Volume Information/a.mp3',
    '.Trash-1000/a.mp3',
    '@eaDir/a.mp3',
    '.hidden/a.mp3',
    '._a.mp3',
    '.b.mp3',
    'a.mp3',
  );
  const { files, skipped } = await walked(dir);
  expect(files).toEqual(['a.mp3']);
  expect(skipped.map(([name]) => name)).toEqual(['._a.mp3', '.b.mp3']);
});

test('linked folders are walked once, loops end, dangling links are reported', async () => {
  const dir = folderWith('real/a.mp3');
  symlinkSync(dir, join(dir, 'aaa-loop'), 'junction');
  symlinkSync(join(dir, 'real'), join(dir, 'another-way'), 'junction');
  symlinkSync(join(dir, 'nowhere.mp3'), join(dir, 'dangling.mp3'));
  expect(await walked(dir)).toEqual({ files: [join('real', 'a.mp3')], skipped: [['dangling.mp3', 'decode.notAudio']] });
});

test('a start that is missing is refused with a sentence', async () => {
  await expect(walked(join(tempDir(), 'nowhere'))).rejects.toMatchObject({
    code: 'folder.missing',
    message: expect.stringContaining('Is its drive connected?'),
  });
});

test('a file given directly is the only one found', async () => {
  const dir = folderWith('a.mp3', 'b.txt');
  expect((await walked(join(dir, 'a.mp3'))).files).toEqual(['']);
  expect((await walked(join(dir, 'b.txt'))).skipped).toEqual([['', 'decode.notAudio']]);
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a folder that may not be read is reported and the walk goes on (skipped for root, who may read everything)',
  async () => {
    const dir = folderWith('closed/a.mp3', 'open/b.mp3');
    chmodSync(join(dir, 'closed'), 0);
    expect(await walked(dir)).toEqual({ files: [join('open', 'b.mp3')], skipped: [['closed', 'folder.unreadable']] });
    chmodSync(join(dir, 'closed'), 0o755);
  },
);

test('isUnder knows both separators and whole names', () => {
  expect(isUnder('/music/a.mp3', '/music')).toBe(true);
  expect(isUnder('/music', '/music/')).toBe(true);
  expect(isUnder('/music2/a.mp3', '/music')).toBe(false);
  expect(isUnder('/a', '/')).toBe(true);
  expect(isUnder('C:\\music\\a.mp3', 'C:\\music')).toBe(true);
});

test('gone is only what is certainly not there', async () => {
  const dir = folderWith('a.mp3');
  expect(await isGone(join(dir, 'a.mp3'))).toBe(false);
  expect(await isGone(join(dir, 'b.mp3'))).toBe(true);
  expect(await isGone(join(dir, 'a.mp3', 'below-a-file'))).toBe(true);
});
