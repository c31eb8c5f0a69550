// Clusters by density against scikit-learn's HDBSCAN.
import { expect, test } from 'vitest';
import { hdbscan } from '../../../../src/core/map/clusters/hdbscan.ts';
import { spanningTree } from '../../../../src/core/map/clusters/spanning-tree.ts';
import reference from '../../../reference/map.json' with { type: 'json' };
import { groups, squaredDistance } from '../scattered-points.ts';

type Reference = (typeof reference.clusters)[number];

/** Points that stand elsewhere once our clusters are named after the ones they share most points with. */
function nDifferent(ours: Int32Array, theirs: number[]): number {
  const names = new Map([[-1, -1]]);
  for (const label of new Set(ours)) {
    if (label === -1) continue;
    const counts = new Map<number, number>();
    for (const [i, own] of ours.entries()) if (own === label) counts.set(theirs[i]!, (counts.get(theirs[i]!) ?? 0) + 1);
    names.set(label, [...counts].sort((a, b) => b[1] - a[1])[0]![0]);
  }
  return ours.reduce((sum, label, i) => sum + (names.get(label) === theirs[i] ? 0 : 1), 0);
}

const run = ({ positions, minClusterSize, minSamples }: Reference) =>
  hdbscan(Float64Array.from(positions), positions.length / 2, 2, { minClusterSize, minSamples });

test.each(reference.clusters.filter(({ minSamples }) => minSamples === 1))('$name: labels and probabilities', (set) => {
  const { nClusters, labels, probabilities } = run(set);
  expect(nClusters).toBe(Math.max(...set.labels) + 1);
  expect(nDifferent(labels, set.labels)).toBe(0);
  for (const [i, probability] of set.probabilities.entries()) expect(probabilities[i]).toBeCloseTo(probability, 4);
});

test.each(reference.clusters.filter(({ minSamples }) => minSamples > 1))(
  '$name: the same but for borders, where core distances are equal and the order of joining is free',
  (set) => {
    const { nClusters, labels } = run(set);
    expect(nClusters).toBe(Math.max(...set.labels) + 1);
    expect(nDifferent(labels, set.labels) / set.labels.length).toBeLessThan(0.04);
  },
);

test.each([1, 4])('the tree through core distances of %d points is the shortest (Prim, all pairs)', (minSamples) => {
  const [n, dim] = [300, 2];
  const points = groups(n, dim, 4);
  const core = Array.from({ length: n }, (_, i) => {
    const all = Array.from({ length: n }, (_, j) => squaredDistance(points, i, points, j, dim));
    return all.sort((a, b) => a - b)[minSamples - 1]!;
  });
  const reach = (i: number, j: number): number =>
    Math.sqrt(Math.max(core[i]!, core[j]!, squaredDistance(points, i, points, j, dim)));
  const least = Array.from({ length: n }, (_, i) => reach(0, i));
  const isIn = new Set([0]);
  let total = 0;
  while (isIn.size < n) {
    const outside = least.map((_, i) => i).filter((i) => !isIn.has(i));
    const next = outside.reduce((best, i) => (least[i]! < least[best]! ? i : best));
    total += least[next]!;
    isIn.add(next);
    for (const i of outside) least[i] = Math.min(least[i]!, reach(next, i));
  }
  const tree = spanningTree(points, n, dim, minSamples);
  expect(tree.weight.reduce((a, b) => a + b)).toBeCloseTo(total, 6);
  for (const [e, weight] of tree.weight.entries()) expect(weight).toBeCloseTo(reach(tree.from[e]!, tree.to[e]!), 9);
});

test('clusters are numbered from the largest on; the answer is always the same', () => {
  const points = groups(900, 2, 5, { apart: 12 });
  const { nClusters, labels } = hdbscan(points, 900, 2, { minClusterSize: 20, minSamples: 5 });
  const sizes = Array.from({ length: nClusters }, (_, c) => labels.filter((label) => label === c).length);
  expect(nClusters).toBeGreaterThan(2);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect(hdbscan(points, 900, 2, { minClusterSize: 20, minSamples: 5 }).labels).toEqual(labels);
});

test('few points, and points on one spot', () => {
  const settings = { minClusterSize: 5, minSamples: 5 };
  for (const n of [0, 1, 2, 4]) expect([...hdbscan(groups(n, 2, 1), n, 2, settings).labels]).toEqual(Array(n).fill(-1));
  expect(hdbscan(new Float32Array(200), 100, 2, settings).probabilities.every(Number.isFinite)).toBe(true);
  const twoSpots = Float32Array.from({ length: 100 }, (_, at) => (Math.floor(at / 2) % 2) * 9);
  const { nClusters, labels, probabilities } = hdbscan(twoSpots, 50, 2, settings);
  expect(nClusters).toBe(2);
  expect(labels.every((label, i) => label === labels[i % 2])).toBe(true);
  expect(probabilities.every((probability) => probability === 1)).toBe(true);
});
