// Nearest neighbours against the sorted distances to all points.
import { expect, test } from 'vitest';
import { nearestNeighbours, nearestTo } from '../../../src/core/map/nearest.ts';
import { groups, squaredDistance } from './scattered-points.ts';

const DIM = 24;

function sortedDistances(points: Float32Array, i: number, n: number): { j: number; d: number }[] {
  const all = Array.from({ length: n }, (_, j) => ({ j, d: squaredDistance(points, i, points, j, DIM) }));
  return all.filter(({ j }) => j !== i).sort((a, b) => a.d - b.d);
}

test('finds exactly the nearest others, nearest first', async () => {
  const [n, k] = [500, 12];
  const points = groups(n, DIM, 7);
  const { index, squared } = await nearestNeighbours(points, n, DIM, k);
  for (let i = 0; i < n; i++) {
    const expected = sortedDistances(points, i, n).slice(0, k);
    expect([...index.subarray(i * k, (i + 1) * k)]).toEqual(expected.map(({ j }) => j));
    for (const [e, { d }] of expected.entries()) expect(squared[i * k + e]! / d).toBeCloseTo(1, 4);
  }
});

test('points that are the same are each other’s neighbours, at no distance, far from the origin too', async () => {
  const n = 60;
  const twice = groups(n / 2, DIM, 3).map((value) => value + 1000);
  const points = new Float32Array(n * DIM);
  points.set(twice);
  points.set(twice, twice.length);
  const { index, squared } = await nearestNeighbours(points, n, DIM, 5);
  for (let i = 0; i < n; i++) {
    expect(index[5 * i]).toBe((i + n / 2) % n);
    expect(squared[5 * i]).toBe(0);
    expect([...index.subarray(5 * i, 5 * i + 5)]).not.toContain(i);
  }
});

test('points all the same have neighbours too, never themselves', async () => {
  const { k, index, squared } = await nearestNeighbours(new Float32Array(20 * DIM).fill(3), 20, DIM, 7);
  for (let i = 0; i < 20; i++) expect(new Set(index.subarray(i * k, (i + 1) * k)).add(i).size).toBe(8);
  expect(squared.every((distance) => distance === 0)).toBe(true);
});

test('fewer points than neighbours', async () => {
  for (const n of [0, 1, 2, 3]) {
    const { k, index } = await nearestNeighbours(groups(n, DIM, 1), n, DIM, 10);
    expect(k).toBe(Math.max(0, n - 1));
    expect(index.length).toBe(n * k);
  }
});

test('of more points than are all compared, at least 95 % of the nearest are found, the same each time', async () => {
  const [n, k] = [4000, 30];
  const points = groups(n, DIM, 12, { apart: 1.2 });
  const exact = await nearestNeighbours(points, n, DIM, k);
  const quick = await nearestNeighbours(points, n, DIM, k, { exactLimit: 1500 });
  let nFound = 0;
  for (let i = 0; i < n; i++) {
    const expected = new Set(exact.index.subarray(i * k, (i + 1) * k));
    const row = quick.index.subarray(i * k, (i + 1) * k);
    for (const j of row) if (expected.has(j)) nFound++;
    expect(row).not.toContain(i);
  }
  expect(nFound / exact.index.length).toBeGreaterThan(0.95);
  expect(nFound / exact.index.length).toBeLessThan(1);
  expect((await nearestNeighbours(points, n, DIM, k, { exactLimit: 1500 })).index).toEqual(quick.index);
});

test('is cancelled by its progress', async () => {
  const search = nearestNeighbours(groups(50, DIM, 2), 50, DIM, 5, { onProgress: () => false });
  await expect(search).rejects.toMatchObject({ code: 'cancelled' });
});

test('the nearest of one set to each of another', async () => {
  const points = groups(200, DIM, 4);
  const queries = points.slice(30 * DIM, 40 * DIM);
  const { k, index, squared } = await nearestTo(points, queries, DIM, 6);
  for (let q = 0; q < 10; q++) {
    expect(index[q * k]).toBe(30 + q);
    expect(squared[q * k]).toBe(0);
    expect([...index.subarray(q * k + 1, (q + 1) * k)]).toEqual(
      sortedDistances(points, 30 + q, 200)
        .slice(0, k - 1)
        .map(({ j }) => j),
    );
  }
});
