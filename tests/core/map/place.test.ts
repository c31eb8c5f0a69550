// Newcomers find the group they belong to, and the old points stay.
import { expect, test } from 'vitest';
import { placeNewcomers } from '../../../src/core/map/place.ts';
import { mapQuality } from '../../../src/core/map/quality.ts';
import { tsne } from '../../../src/core/map/tsne/tsne.ts';
import { groups, squaredDistance } from './scattered-points.ts';

const [DIM, N_GROUPS, N_FRESH] = [10, 6, 60];

test.each([240, 600])('among %d old points each newcomer lies with its own group, as well as in a map of all', async (n) => {
  const all = groups(n + N_FRESH, DIM, N_GROUPS, { apart: 2 });
  const points = all.slice(0, n * DIM);
  const { positions } = await tsne(points, n, DIM, { perplexity: 20, seed: 1, nIterations: 500 });
  const before = positions.slice();
  const placed = await placeNewcomers({ points, positions, n }, all.slice(n * DIM), N_FRESH, DIM, { perplexity: 20 });
  expect(positions).toEqual(before);
  let nAtHome = 0;
  for (let i = 0; i < N_FRESH; i++) {
    const distances = Array.from({ length: n }, (_, j) => squaredDistance(placed, i, positions, j, 2));
    const nearest = distances.indexOf(Math.min(...distances));
    if (nearest % N_GROUPS === (n + i) % N_GROUPS) nAtHome++;
  }
  expect(nAtHome / N_FRESH).toBeGreaterThan(0.95);
  const together = new Float32Array(2 * (n + N_FRESH));
  together.set(positions);
  together.set(placed, 2 * n);
  const anew = await tsne(all, n + N_FRESH, DIM, { perplexity: 20, seed: 1, nIterations: 500 });
  const [mixed, fresh] = await Promise.all([together, anew.positions].map((map) => mapQuality(all, map, n + N_FRESH, DIM, 10)));
  expect(mixed!.trustworthiness).toBeGreaterThan(fresh!.trustworthiness - 0.01);
});

test('a newcomer’s place does not depend on who comes with it', async () => {
  const n = 400;
  const points = groups(n, DIM, N_GROUPS);
  const { positions } = await tsne(points, n, DIM, { perplexity: 10, seed: 1, nIterations: 300 });
  const fresh = groups(5, DIM, N_GROUPS, { seed: 2 });
  const old = { points, positions, n };
  const together = await placeNewcomers(old, fresh, 5, DIM, { perplexity: 10 });
  const alone = await placeNewcomers(old, fresh.slice(3 * DIM, 4 * DIM), 1, DIM, { perplexity: 10 });
  expect(alone[0]).toBeCloseTo(together[6]!, 3);
  expect(alone[1]).toBeCloseTo(together[7]!, 3);
});

test('few old points, or none', async () => {
  const fresh = groups(3, DIM, 1);
  expect(
    await placeNewcomers({ points: new Float32Array(0), positions: new Float32Array(0), n: 0 }, fresh, 3, DIM, {
      perplexity: 30,
    }),
  ).toEqual(new Float32Array(6));
  for (const n of [1, 2, 5]) {
    const old = { points: groups(n, DIM, 1), positions: groups(n, 2, 1), n };
    const placed = await placeNewcomers(old, fresh, 3, DIM, { perplexity: 30 });
    expect(placed.every(Number.isFinite)).toBe(true);
  }
});
