// t-SNE against scikit-learn's numbers and against the sums it approximates.
import { expect, test } from 'vitest';
import { jointAffinities, neighboursFor } from '../../../../src/core/map/tsne/affinities.ts';
import { optimise } from '../../../../src/core/map/tsne/optimise.ts';
import { Repulsion } from '../../../../src/core/map/tsne/repulsion.ts';
import reference from '../../../reference/tsne.json' with { type: 'json' };

const N_POINTS = 240;
const N_DIMENSIONS = 6;
const PERPLEXITY = 20;
const CENTRE = [2, -1.5, 1, 0.5, 0, 3];

/** Four clouds of different width, as in make_tsne.py. */
function point(i: number): number[] {
  const cloud = i % 4;
  return CENTRE.map((centre, d) => {
    const noise = Math.sin((i * N_DIMENSIONS + d) * 12.9898) * 43758.5453;
    return cloud * centre + (noise - Math.floor(noise) - 0.5) * (1 + cloud);
  });
}

function affinities() {
  const points = Array.from({ length: N_POINTS }, (_, i) => point(i));
  const k = neighboursFor(PERPLEXITY, N_POINTS);
  const index = new Int32Array(N_POINTS * k);
  const squared = new Float32Array(N_POINTS * k);
  for (const [i, from] of points.entries()) {
    const all = points.map((to, j) => ({ j, d: to.reduce((sum, value, d) => sum + (value - from[d]!) ** 2, 0) }));
    const nearest = all.filter(({ j }) => j !== i).sort((a, b) => a.d - b.d);
    for (let q = 0; q < k; q++) {
      index[i * k + q] = nearest[q]!.j;
      squared[i * k + q] = nearest[q]!.d;
    }
  }
  return jointAffinities(index, squared, N_POINTS, PERPLEXITY);
}

/** A fixed spread of n points over a square. */
const scattered = (n: number, extent: number) =>
  Float64Array.from({ length: 2 * n }, (_, i) => extent * (((i * 0.6180339887) % 1) - 0.5 + 0.3 * Math.sin(i)));

test('joint probabilities are scikit-learn’s', () => {
  const { start, other, weight } = affinities();
  const rowSums = new Float64Array(N_POINTS);
  for (let i = 0; i < N_POINTS; i++) {
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      rowSums[i]! += weight[e]!;
      rowSums[other[e]!]! += weight[e]!;
    }
  }
  expect(rowSums.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  for (const [i, sum] of reference.rowSums.entries()) expect(rowSums[i]! / sum).toBeCloseTo(1, 3);
  const expected = new Map(reference.firstRow as [number, number][]);
  expect(start[1]).toBe(expected.size);
  for (let e = 0; e < start[1]!; e++) expect(weight[e]! / expected.get(other[e]!)!).toBeCloseTo(1, 3);
});

test.each([0.01, 1, 20, 90])(
  'the field of points spread over %d agrees with the sum over all pairs (errors against the pulls that add up to a force)',
  async (extent) => {
    const n = 700;
    const y = scattered(n, extent);
    const force = new Float64Array(2 * n);
    const repulsion = new Repulsion();
    const z = await repulsion.apply(y, force);
    repulsion.close();
    let [exactZ, error, size] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      let [fx, fy, pull] = [0, 0, 0];
      for (let j = 0; j < n; j++) {
        if (i === j) continue;
        const dx = y[2 * i]! - y[2 * j]!;
        const dy = y[2 * i + 1]! - y[2 * j + 1]!;
        const q = 1 / (1 + dx * dx + dy * dy);
        exactZ += q;
        fx += q * q * dx;
        fy += q * q * dy;
        pull += q * q * Math.hypot(dx, dy);
      }
      error += (fx - force[2 * i]!) ** 2 + (fy - force[2 * i + 1]!) ** 2;
      size += pull * pull;
    }
    expect(Math.abs(z / exactZ - 1)).toBeLessThan(0.003);
    expect(Math.sqrt(error / size)).toBeLessThan(0.02);
  },
);

test('the map is as good as scikit-learn’s exact one, and the same for the same start', async () => {
  const pairs = affinities();
  const start = scattered(N_POINTS, 1e-4);
  const [one, two] = [await optimise(pairs, start, { nIterations: 1000 }), await optimise(pairs, start, { nIterations: 1000 })];
  expect(one.positions).toEqual(two.positions);
  expect(one.divergence).toBeLessThan(reference.divergences.at(-1)! * 1.01);
});

test('stops when told to', async () => {
  const stopped = await optimise(affinities(), scattered(N_POINTS, 1e-4), {
    nIterations: 1000,
    onProgress: (iteration) => iteration < 40,
  });
  expect(stopped.nIterations).toBe(40);
});
