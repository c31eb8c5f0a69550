import { expect, it } from 'vitest';
import { symmetricEigen } from '../../../../src/core/training/head/symmetric-eigen.ts';
import { maxDifference, noise } from '../../../reference/signals.ts';

it.each([1, 2, 7, 40])('gives vectors of a %i x %i matrix that it only stretches, orthonormal, largest value first', (n) => {
  const values = noise(n * n, 5);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) matrix[i * n + j] = values[i * n + j]! + values[j * n + i]!;
  const found = symmetricEigen(matrix, n);
  expect(Array.from(found.values)).toEqual(Array.from(found.values).sort((a, b) => b - a));
  for (let v = 0; v < n; v++) {
    const vector = found.vectors.subarray(v * n, (v + 1) * n);
    const image = vector.map((_, i) => vector.reduce((sum, value, j) => sum + matrix[i * n + j]! * value, 0));
    const stretched = vector.map((value) => found.values[v]! * value);
    expect(maxDifference(image, stretched)).toBeLessThan(1e-9);
    for (let w = 0; w <= v; w++) {
      const product = vector.reduce((sum, value, j) => sum + value * found.vectors[w * n + j]!, 0);
      expect(product).toBeCloseTo(v === w ? 1 : 0, 9);
    }
  }
});
