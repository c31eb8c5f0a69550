import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addOuterProducts,
  gramMatrix,
  multiplyTransposed,
  rowProducts,
} from '../../../../src/core/training/head/matrix-kernels.ts';
import { maxDifference, noise } from '../../../reference/signals.ts';

const size = fc.integer({ min: 0, max: 11 });

it('multiplies any sizes as the sum says', () => {
  fc.assert(
    fc.property(size, size, size, (n, m, d) => {
      const [a, b] = [Float64Array.from(noise(n * d)), Float64Array.from(noise(m * d))];
      const out = new Float64Array(n * m).fill(9);
      multiplyTransposed(a, b, n, m, d, out);
      const expected = Float64Array.from({ length: n * m }, (_, at) => {
        const [i, c] = [Math.floor(at / m), at % m];
        return a.slice(i * d, (i + 1) * d).reduce((sum, value, j) => sum + value * b[c * d + j]!, 0);
      });
      expect(maxDifference(out, expected)).toBeLessThan(1e-12);
    }),
  );
});

it('multiplies rows with each other as with a copy of themselves', () => {
  for (const [n, d] of [
    [0, 3],
    [5, 4],
    [61, 7],
  ] as const) {
    const a = Float64Array.from(noise(n * d));
    const [own, any] = [new Float64Array(n * n), new Float64Array(n * n)];
    rowProducts(a, n, d, own);
    multiplyTransposed(a, a, n, n, d, any);
    expect(maxDifference(own, any)).toBeLessThan(1e-12);
  }
});

it('adds outer products and weighs rows as matrix products do', () => {
  const [n, m, d] = [7, 3, 5];
  const [r, a] = [Float64Array.from(noise(n * m)), Float64Array.from(noise(n * d)).map((value) => value + 0.1)];
  const column = (values: Float64Array, width: number, c: number) =>
    Float64Array.from({ length: n }, (_, i) => values[i * width + c]!);
  const sums = new Float64Array(m * d).fill(1);
  addOuterProducts(r, a, n, m, d, sums);
  const weights = Float64Array.from({ length: n }, (_, i) => i);
  const gram = gramMatrix(a, n, d, weights);
  for (let c = 0; c < m; c++) {
    const own = column(r, m, c);
    for (let j = 0; j < d; j++)
      expect(sums[c * d + j]).toBeCloseTo(1 + column(a, d, j).reduce((sum, value, i) => sum + value * own[i]!, 0), 10);
  }
  for (let p = 0; p < d; p++) {
    const weighted = column(a, d, p).map((value, i) => value * weights[i]!);
    for (let q = 0; q < d; q++)
      expect(gram[p * d + q]).toBeCloseTo(
        column(a, d, q).reduce((sum, value, i) => sum + value * weighted[i]!, 0),
        10,
      );
  }
});
