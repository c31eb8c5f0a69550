// The commands label and labels in a process of their own, on a library of made-up sounds.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { makeHeardLibrary } from '../support/heard-library.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const CLI = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));
const dir = suiteTempDir();

beforeAll(() => void makeHeardLibrary(dir, { nTracks: 4, nLabelled: 0 }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, '--library', dir, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n').filter(Boolean), errors: stderr };
}
const json = (...args: string[]) => run('--json', ...args).lines.map((line) => JSON.parse(line));
const genresOf = () => json('labels', 'list').map(({ genres }) => genres);

it('labels, lists, takes back, exports and imports', () => {
  expect(json('label', '1', '2', '--genre', 'Slow burners', '-g', 'Dub')).toMatchObject([{ nTracks: 2 }]);
  expect(run('label', '2', '-g', 'Ska', '--add').lines[0]).toMatch(/^Added Ska to 1 track\. "stemscape labels undo"/);
  expect(genresOf()).toEqual([
    ['Slow burners', 'Dub'],
    ['Ska', 'Slow burners', 'Dub'],
  ]);
  expect(run('label', '2', '-g', 'dub', '--remove').status).toBe(0);
  expect(run('label', '1', '--clear').status).toBe(0);
  expect(genresOf()).toEqual([['Ska', 'Slow burners']]);
  expect(run('labels', 'undo').lines).toEqual(['Undone: Removed the labels of 1 track.']);
  expect(run('labels', 'redo').lines).toEqual(['Done again: Removed the labels of 1 track.']);
  expect(run('labels', 'redo').lines).toEqual(['There is nothing to redo.']);
  expect(json('labels', 'genres')[0].map(({ name, nTracks }: { name: string; nTracks: number }) => [name, nTracks])).toEqual([
    ['Dub', 0],
    ['Ska', 1],
    ['Slow burners', 0],
  ]);

  const file = join(dir, 'labels.csv');
  expect(json('labels', 'export', file)).toEqual([{ path: file, nTracks: 1 }]);
  const [path] = json('labels', 'list').map((labelled) => labelled.path);
  expect(readFileSync(file, 'utf8')).toBe(`path,genre,genre\r\n${path},Ska,Slow burners\r\n`);
  writeFileSync(file, `${path},Jazz\nnowhere.mp3,Jazz\n`);
  expect(json('labels', 'import', file)).toEqual([
    { nTracks: 1, nLabels: 1, unknownPaths: ['nowhere.mp3'], newGenres: ['Jazz'] },
  ]);
  expect(genresOf()).toEqual([['Ska', 'Slow burners']]);
});

it.each([
  [['label', '1'], /Name a genre/],
  [['label', '-g', 'Ska'], /one of them/],
  [['label', '1', '-g', 'Ska', '--add', '--remove'], /do not go together/],
  [['label', '99', '-g', 'Ska'], /no track 99/],
  [['label', '--folder', '/nowhere', '-g', 'Ska'], /no tracks to label/],
  [['labels', 'import', '/nowhere.csv'], /cannot be read/],
  [['labels', 'export', 'labels.txt'], /\.csv or \.json/],
])('%j is refused with a sentence', (args, sentence) => {
  const { status, errors } = run(...args);
  expect(status).not.toBe(0);
  expect(errors).toMatch(sentence);
});
