// Trees of empty files: which recordings, genres, artists and splits are read from names and tables alone.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openDataset } from '../../../../src/core/laboratory/datasets/open-dataset.ts';
import { splitTracks } from '../../../../src/core/laboratory/split.ts';
import { tempDir } from '../../../support/temp-dir.ts';

function tree(files: Record<string, string>): string {
  const dir = tempDir();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}
const empty = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '']));
const open = (datasetDir: string, isQuick = false) => openDataset({ datasetDir, isQuick }, () => []);
const request = {
  protocol: 'descriptors',
  datasetDir: null,
  split: 'auto',
  seed: 1,
  nJobs: null,
  outDir: null,
  isQuick: false,
  nTunedFolds: null,
  nTrials: null,
  nEpochs: null,
  narrowing: null,
} as const;

it('reads folders named by genre, also linked files, and nothing else', async () => {
  const dir = tree(empty('Ska/a.mp3', 'Ska/album/b.flac', 'Ska/cover.jpg', 'Dub/c.ogg', 'stray.mp3', '.hidden/d.mp3'));
  symlinkSync(join(dir, 'stray.mp3'), join(dir, 'Dub', 'linked.mp3'));
  const { kind, tracks, officialSplit } = await open(dir);
  expect(kind).toBe('folders');
  expect(officialSplit).toBeNull();
  expect(tracks.map(({ genre }) => genre)).toEqual(['Dub', 'Dub', 'Ska', 'Ska']);
});

it('leaves genres with one recording out and says so', async () => {
  const dir = tree(empty('Ska/a.mp3', 'Ska/b.mp3', 'Dub/c.mp3', 'Dub/d.mp3', 'Polka/e.mp3'));
  const { tracks, leftOut } = await open(dir);
  expect(tracks).toHaveLength(4);
  expect(leftOut).toEqual([
    { path: join(dir, 'Polka', 'e.mp3'), reason: expect.stringMatching(/^Polka has one recording.*at least 2/) },
  ]);
});

it.each([
  [{}, 'input.invalid', /holds no recordings in folders named by genre/],
  [empty('a.mp3', 'b.mp3'), 'input.invalid', /holds no recordings in folders named by genre/],
  [empty('Ska/a.mp3', 'Ska/b.mp3'), 'training.tooFewLabels', /fewer than two genres/],
  [empty('Ska/a.mp3', 'Ska/b.mp3', 'Dub/c.mp3'), 'training.tooFewLabels', /Dub has one recording/],
])('says what is wrong with %o', async (files, code, message) => {
  await expect(open(tree(files))).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

it('says when there is no such folder, and when there are no labels', async () => {
  await expect(open('/nowhere/at/all')).rejects.toMatchObject({ code: 'folder.missing' });
  const own = openDataset({ datasetDir: null, isQuick: false }, () => []);
  await expect(own).rejects.toMatchObject({ code: 'training.tooFewLabels', message: expect.stringMatching(/^The library has/) });
});

it('reads a GTZAN tree with the fault-filtered split', async () => {
  const names = ['blues', 'jazz'].flatMap((genre) => [0, 1, 2, 3].map((i) => `genres_original/${genre}/${genre}.0000${i}.wav`));
  const lists = {
    'train_filtered.txt': 'blues/blues.00000.au\njazz/jazz.00000.au\n',
    'valid_filtered.txt': 'blues/blues.00001.au\r\njazz/jazz.00001.au\r\n',
    'test_filtered.txt': 'blues/blues.00002.au\njazz/jazz.00002.au',
  };
  const dataset = await open(tree({ ...empty(...names), ...lists }));
  expect(dataset.kind).toBe('gtzan');
  expect(dataset.tracks.map(({ part }) => part)).toEqual([
    ...['learn', 'learn', 'test', null],
    ...['learn', 'learn', 'test', null],
  ]);
  const tracks = {
    classes: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
    groups: Int32Array.from({ length: 8 }, (_, i) => i),
    parts: dataset.tracks.map(({ part }) => part),
  };
  const official = splitTracks(dataset, tracks, request);
  expect(official.folds).toEqual([{ learned: Int32Array.of(0, 1, 4, 5), tested: Int32Array.of(2, 6) }]);
  expect(official.description).toMatch(/fault-filtered, artist-aware/);
  const folds = splitTracks(dataset, tracks, { ...request, split: 'folds' });
  expect(folds.folds).toHaveLength(4);
  expect(folds.folds.flatMap(({ tested }) => [...tested]).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('reads an FMA tree by its table: genre, artist and official split', async () => {
  const row = (id: number, artist: number, split: string, genre: string) =>
    `${id},"Live, at home",${artist},small,${split},${genre}`;
  const table = [
    ',album,artist,set,set,track',
    ',title,id,subset,split,genre_top',
    'track_id,,,,,',
    row(2, 1, 'training', 'Rock'),
    row(3, 1, 'validation', 'Rock'),
    row(5, 7, 'test', 'Rock'),
    row(10, 8, 'training', 'Folk'),
    row(20, 9, 'test', 'Folk'),
    row(30, 9, 'test', ''),
  ].join('\n');
  const names = [2, 3, 5, 10, 20, 30, 99].map((id) => `fma_small/000/${String(id).padStart(6, '0')}.mp3`);
  const { kind, tracks, leftOut, officialSplit } = await open(tree({ ...empty(...names), 'fma_metadata/tracks.csv': table }));
  expect(kind).toBe('fma');
  expect(officialSplit).toMatch(/official split/);
  expect(tracks.map(({ genre, group, part }) => [genre, group, part])).toEqual([
    ['Rock', 'artist 1', 'learn'],
    ['Rock', 'artist 1', 'learn'],
    ['Rock', 'artist 7', 'test'],
    ['Folk', 'artist 8', 'learn'],
    ['Folk', 'artist 9', 'test'],
  ]);
  expect(leftOut.map(({ reason }) => reason)).toEqual(['The table gives it no top genre.', 'The table does not know it.']);
});

it('refuses a table that is something else', async () => {
  const dir = tree({ 'tracks.csv': 'title;artist\nOne;Nina\n', ...empty('000/000002.mp3') });
  await expect(open(dir)).rejects.toMatchObject({
    code: 'input.invalid',
    message: expect.stringMatching(/not the table of tracks/),
  });
});

it('keeps artists on one side of every fold', () => {
  const groups = Int32Array.from({ length: 60 }, (_, i) => Math.floor(i / 3));
  const classes = groups.map((group) => group % 2);
  const dataset = { kind: 'folders', dir: '/', tracks: [], leftOut: [], officialSplit: null } as const;
  const { folds } = splitTracks(
    { ...dataset, tracks: [], leftOut: [] },
    { classes, groups, parts: new Array(60).fill(null) },
    request,
  );
  expect(folds).toHaveLength(10);
  for (const { learned, tested } of folds) {
    const known = new Set(Array.from(learned, (i) => groups[i]));
    expect([...tested].some((i) => known.has(groups[i]))).toBe(false);
  }
  expect(() =>
    splitTracks({ ...dataset, tracks: [], leftOut: [] }, { classes, groups, parts: [] }, { ...request, split: 'official' }),
  ).toThrow(/brings no split of its own/);
});

it('takes a few recordings of a few genres for the smoke version', async () => {
  const names = 'abcdef'.split('').flatMap((genre) => [1, 2, 3, 4, 5, 6].map((i) => `${genre}/${i}.mp3`));
  const { tracks } = await open(tree(empty(...names)), true);
  expect(tracks).toHaveLength(16);
  expect(new Set(tracks.map(({ genre }) => genre))).toEqual(new Set(['a', 'b', 'c', 'd']));
});
