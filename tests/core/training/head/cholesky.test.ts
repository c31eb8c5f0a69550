import { describe, expect, it } from 'vitest';
import { cholesky, solveCholesky, solveLower, whiten } from '../../../../src/core/training/head/cholesky.ts';
import { gramMatrix } from '../../../../src/core/training/head/matrix-kernels.ts';
import { maxDifference } from '../../../reference/signals.ts';
import { normals } from './small-head.ts';

const D = 7;
const matrix = gramMatrix(Float64Array.from(normals(20 * D, 1)), 20, D);
const lower = cholesky(matrix, D);

describe('cholesky', () => {
  it('is a lower triangle whose product with itself is the matrix', () => {
    for (let i = 0; i < D; i++) {
      for (let j = 0; j < D; j++) {
        if (j > i) expect(lower[i * D + j]).toBe(0);
        let product = 0;
        for (let k = 0; k < D; k++) product += lower[i * D + k]! * lower[j * D + k]!;
        expect(product).toBeCloseTo(matrix[i * D + j]!, 9);
      }
    }
  });

  it('solves what the matrix makes of a vector', () => {
    const x = Float64Array.from(normals(D, 2));
    const b = Float64Array.from(x, (_, i) => x.reduce((sum, value, j) => sum + matrix[i * D + j]! * value, 0));
    solveCholesky(lower, D, b);
    expect(maxDifference(b, x)).toBeLessThan(1e-9);
  });
});

it.each([1, 3, 4, 9])('whitens %d rows as it would each alone', (n) => {
  const rows = Float64Array.from(normals(n * D, 3));
  const alone = rows.slice();
  for (let i = 0; i < n; i++) solveLower(lower, D, alone.subarray(i * D, (i + 1) * D));
  whiten(lower, rows, D);
  expect(maxDifference(rows, alone)).toBeLessThan(1e-12);
});
