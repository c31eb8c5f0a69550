// Rows along the leading right singular vectors of a matrix (by ml-matrix).
import { Matrix, SVD } from 'ml-matrix';
import type { Rows } from '../../training/head/fit-linear.ts';

export interface SvdReduction {
  /** Never more than there are rows or columns. */
  k: number;
  /** Any rows of as many columns, Float64Array [n x k]. */
  project(rows: Rows): Rows;
}

/** @param rows standardised, so that the directions are those of the largest variance; the largest entry of each is positive */
export function fitSvd({ values, k: nColumns }: Rows): SvdReduction {
  const n = values.length / nColumns;
  const { rightSingularVectors } = new SVD(new Matrix(table(values, n, nColumns)), {
    computeLeftSingularVectors: false,
    autoTranspose: true,
  });
  const k = Math.min(n, nColumns);
  const directions = rightSingularVectors.subMatrix(0, nColumns - 1, 0, k - 1);
  for (let c = 0; c < k; c++) {
    const column = directions.getColumn(c);
    const largest = column.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
    if (largest < 0) directions.mulColumn(c, -1);
  }
  return {
    k,
    project: (rows) => {
      const projected = new Matrix(table(rows.values, rows.values.length / nColumns, nColumns)).mmul(directions);
      return { values: Float64Array.from(projected.to1DArray()), k };
    },
  };
}

function table(values: Float64Array, n: number, k: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => values.subarray(i * k, (i + 1) * k));
}
