import { expect, it } from 'vitest';
import { pairsOf } from '../../../../src/core/laboratory/pairs/genre-pairs.ts';
import { mapOf, pairsTable } from '../../../../src/core/laboratory/pairs/pair-report.ts';
import { pairScores } from '../../../../src/core/laboratory/pairs/pair-scores.ts';
import { MAX_RECORDINGS, splitPair } from '../../../../src/core/laboratory/pairs/split-pair.ts';

it('knows similar and distinct genres by name, however they are written', () => {
  const pairs = pairsOf(['Ambient', 'Drum & Bass', 'Hip-Hop', 'Reggae']);
  expect(pairs).toHaveLength(6);
  expect(pairs.filter(({ kind }) => kind !== null)).toEqual([
    { first: 0, second: 1, kind: 'distinct' },
    { first: 2, second: 3, kind: 'similar' },
  ]);
});

it('splits two genres 70/30, keeps artists together, and draws anew with another seed', () => {
  const classes = Int32Array.from({ length: 90 }, (_, i) => i % 3);
  // Three recordings an artist.
  const groups = Int32Array.from({ length: 90 }, (_, i) => Math.floor(i / 9) * 3 + (i % 3));
  const { learned, tested } = splitPair(classes, groups, { first: 0, second: 2 }, 5)!;
  expect([learned.length, tested.length]).toEqual([42, 18]);
  expect([...learned, ...tested].every((i) => classes[i] !== 1)).toBe(true);
  for (const genre of [0, 2]) expect(tested.filter((i) => classes[i] === genre)).toHaveLength(9);
  const artists = new Set(Array.from(learned, (i) => groups[i]));
  expect([...tested].some((i) => artists.has(groups[i]))).toBe(false);
  expect(splitPair(classes, groups, { first: 0, second: 2 }, 5)!.tested).toEqual(tested);
  expect(splitPair(classes, groups, { first: 0, second: 2 }, 6)!.tested).not.toEqual(tested);
});

it('takes some of a large genre, and leaves out one that is all by one artist', () => {
  const classes = Int32Array.from({ length: 300 }, (_, i) => Number(i >= 280));
  const { learned, tested } = splitPair(classes, Int32Array.from(classes.keys()), { first: 0, second: 1 }, 1)!;
  expect(learned.length + tested.length).toBe(MAX_RECORDINGS + 20);
  const oneArtist = Int32Array.from(classes, (genre, i) => (genre === 1 ? 999 : i));
  expect(splitPair(classes, oneArtist, { first: 0, second: 1 }, 1)).toBeNull();
});

it('joins the segments of a recording by their mean, and lets no large genre speak for a small one', () => {
  const recordings = Int32Array.of(0, 0, 0, 1, 2, 3, 3);
  const second = [0.9, 0.2, 0.1, 0.3, 0.4, 0.45, 0.9];
  const probabilities = Float32Array.from(second.flatMap((p) => [1 - p, p]));
  const tested = Int32Array.of(0, 1, 2, 3, 4, 5, 6);
  // Recordings 0 to 2 are of the first genre, 3 of the second: by its mean all four are right.
  const scores = pairScores(probabilities, tested, { recordings }, (segment) => segment >= 5);
  expect(scores).toEqual({ recordings: 1, balanced: 1, segments: 5 / 7 });
  const wrong = pairScores(probabilities, tested, { recordings }, (segment) => segment === 4 || segment >= 5);
  expect(wrong).toEqual({ recordings: 3 / 4, balanced: (1 + 1 / 2) / 2, segments: 4 / 7 });
});

it('lists the hardest pair first, and lays all out in a square', () => {
  const tried = ([0.9, 0.6, 0.75] as const).map((balanced, i) => ({
    pair: pairsOf(['jazz', 'metal', 'ska'])[i]!,
    fits: [],
    trials: [{ recordings: balanced, balanced, segments: balanced }],
    nLearned: 10,
    nTested: 4,
  }));
  const genres = ['jazz', 'metal', 'ska'];
  expect(pairsTable(genres, tried).rows.map(({ name }) => name)).toEqual([
    'jazz and ska',
    'metal and ska',
    'jazz and metal (distinct)',
  ]);
  expect(mapOf(genres, tried).values).toEqual([
    [null, 0.9, 0.6],
    [0.9, null, 0.75],
    [0.6, 0.75, null],
  ]);
});
