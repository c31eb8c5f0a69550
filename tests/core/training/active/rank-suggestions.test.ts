// What is asked next: diverse, open, rare; never what is labelled, never one album over and over.
import { describe, expect, test } from 'vitest';
import { type Pool, rankSuggestions } from '../../../../src/core/training/active/rank-suggestions.ts';
import { typicality } from '../../../../src/core/training/active/typicality.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';

const K = 8;

/** Clouds of tracks, one a genre, some larger than others. */
function clouds(sizes: readonly number[], changes: Partial<Pool> = {}): Pool & { truth: number[] } {
  const random = createRandom(3);
  const truth = sizes.flatMap((size, genre) => Array<number>(size).fill(genre));
  const points = Float32Array.from(
    truth.flatMap((genre) => Array.from({ length: K }, (_, j) => (j === genre ? 4 : 0) + normal(random) * 0.5)),
  );
  const n = truth.length;
  return {
    truth,
    points,
    k: K,
    typicality: typicality(points, K, createRandom(1)),
    classes: new Int32Array(n).fill(-1),
    nGenres: sizes.length,
    isOpen: new Uint8Array(n).fill(1),
    artists: Array(n).fill(null),
    albums: Array(n).fill(null),
    ...changes,
  };
}

const rowsOf = (pool: Pool, limit = 10) => rankSuggestions(pool, limit, createRandom(1)).ranked.map(({ row }) => row);

test('the first batch meets every kind of sound, whatever its share', () => {
  const pool = clouds([150, 100, 60, 40, 30]);
  expect(new Set(rowsOf(pool).map((row) => pool.truth[row])).size).toBe(5);
});

test('the same library and labels give the same list', () => {
  const pool = clouds([40, 40]);
  expect(rowsOf(pool)).toEqual(rowsOf(pool));
});

test('labelled and excluded tracks are never asked about, and a small pool simply ends', () => {
  const pool = clouds([6, 6]);
  pool.classes.set([0, 0, 0], 0);
  pool.classes.set([1, 1, 1], 6);
  pool.isOpen[4] = 0;
  const rows = rowsOf(pool);
  expect(rows.toSorted((a, b) => a - b)).toEqual([3, 5, 9, 10, 11]);
});

test('ten suggestions hold one track of an album and two of an artist', () => {
  const pool = clouds([60, 60]);
  const named = {
    ...pool,
    albums: pool.truth.map((_, i) => `Album ${i % 6}`),
    artists: pool.truth.map((_, i) => `Artist ${i % 6}`),
  };
  const rows = rowsOf(named);
  expect(new Set(rows.map((row) => named.albums[row])).size).toBe(rows.length);
  const loose = { ...pool, artists: pool.truth.map((_, i) => `Artist ${i % 3}`) };
  const counts = Map.groupBy(rowsOf(loose), (row) => loose.artists[row]);
  for (const rowsOfArtist of counts.values()) expect(rowsOfArtist.length).toBeLessThanOrEqual(2);
});

describe('with labels', () => {
  test('a genre with few labels comes up more often than its share', () => {
    const pool = clouds([150, 150, 30]);
    for (let i = 0; i < 20; i++) pool.classes[i] = 0;
    for (let i = 150; i < 170; i++) pool.classes[i] = 1;
    pool.classes[300] = 2;
    const nRare = rowsOf(pool).filter((row) => pool.truth[row] === 2).length;
    expect(nRare / 10).toBeGreaterThan(30 / 330);
  });

  test('what lies between two genres is asked as such, with both named first', () => {
    const pool = clouds([80, 80, 40]);
    // The third cloud is a mixture of the first two, and nobody has labelled it.
    for (let i = 160; i < 200; i++) for (let j = 0; j < K; j++) pool.points[i * K + j] = j < 2 ? 2 + 0.05 * Math.sin(i * j) : 0;
    for (let i = 0; i < 15; i++) pool.classes[i] = 0;
    for (let i = 80; i < 95; i++) pool.classes[i] = 1;
    const two = { ...pool, nGenres: 2, typicality: typicality(pool.points, K, createRandom(1)) };
    const { ranked } = rankSuggestions(two, 10, createRandom(1));
    const between = ranked.filter(({ row }) => row >= 160);
    expect(between.length).toBeGreaterThan(0);
    expect(between.every(({ why }) => why === 'uncertain')).toBe(true);
  });
});
