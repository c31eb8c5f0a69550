// From points to a map: groups stay together, seeds, few points, cancelling.
import { expect, test } from 'vitest';
import { leadingPlane } from '../../../../src/core/map/leading-plane.ts';
import { mapQuality } from '../../../../src/core/map/quality.ts';
import { tsne } from '../../../../src/core/map/tsne/tsne.ts';
import { principalComponents, project } from '../../../../src/core/training/head/principal-components.ts';
import { createRandom } from '../../../../src/core/training/random.ts';
import { groups } from '../scattered-points.ts';

const DIM = 16;

test('a map keeps neighbourhoods better than the plane of the principal components', async () => {
  const n = 500;
  const points = groups(n, DIM, 10, { apart: 1.5 });
  const { positions, divergence, perplexity } = await tsne(points, n, DIM, { perplexity: 30, seed: 1 });
  const [map, plane] = await Promise.all([
    mapQuality(points, positions, n, DIM, 10),
    mapQuality(points, Float32Array.from(leadingPlane(points, n, DIM)), n, DIM, 10),
  ]);
  expect(perplexity).toBe(30);
  expect(divergence).toBeGreaterThan(0);
  expect(map.trustworthiness).toBeGreaterThan(0.95);
  expect(map.trustworthiness).toBeGreaterThan(plane.trustworthiness + 0.05);
  expect(map.preservation).toBeGreaterThan(2 * plane.preservation);
});

test('the start is the plane of the first two principal components', () => {
  const n = 200;
  const points = groups(n, DIM, 5);
  const rows = Float64Array.from(points);
  const expected = project(Float64Array.from(points), n, principalComponents(rows, DIM, 2, createRandom(1)));
  for (const [at, value] of leadingPlane(points, n, DIM).entries()) expect(value).toBeCloseTo(expected[at]!, 3);
});

test('the same seed gives the same map, another seed another one', async () => {
  const points = groups(120, DIM, 4);
  const run = (seed: number) => tsne(points, 120, DIM, { perplexity: 20, seed, nIterations: 300 });
  const [one, two, other] = [await run(1), await run(1), await run(2)];
  expect(two.positions).toEqual(one.positions);
  expect(other.positions).not.toEqual(one.positions);
});

test('few points: the perplexity is lowered, and said', async () => {
  for (const n of [0, 1, 2, 3, 4, 7, 30]) {
    const { positions, perplexity, divergence } = await tsne(groups(n, DIM, 2), n, DIM, {
      perplexity: 30,
      seed: 1,
      nIterations: 400,
    });
    expect(positions.length).toBe(2 * n);
    expect(positions.every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(divergence)).toBe(true);
    expect(perplexity).toBe(Math.max(1, Math.min(30, (n - 1) / 3)));
  }
});

test('points that are all the same, and points that come twice', async () => {
  const same = await tsne(new Float32Array(50 * DIM).fill(2), 50, DIM, { perplexity: 30, seed: 1, nIterations: 300 });
  expect(same.positions.every(Number.isFinite)).toBe(true);
  const once = groups(60, DIM, 3);
  const twice = new Float32Array(2 * once.length);
  twice.set(once);
  twice.set(once, once.length);
  const { positions } = await tsne(twice, 120, DIM, { perplexity: 10, seed: 1 });
  const extent = Math.max(...positions) - Math.min(...positions);
  for (let i = 0; i < 60; i++) {
    const gap = Math.hypot(positions[2 * i]! - positions[2 * (i + 60)]!, positions[2 * i + 1]! - positions[2 * (i + 60) + 1]!);
    expect(gap).toBeLessThan(extent / 20);
  }
});

test('progress hands out positions, and cancels', async () => {
  const points = groups(80, DIM, 3);
  const seen: number[] = [];
  const cancelled = tsne(points, 80, DIM, {
    perplexity: 10,
    seed: 1,
    onProgress: (iteration, positions) => {
      seen.push(iteration);
      expect(positions.length).toBe(160);
      return iteration < 60;
    },
  });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect(seen.at(-1)).toBe(60);
});
