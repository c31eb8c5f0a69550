// Mean and spread of every feature, and features brought to one scale by them.
import { Z_CLIP } from '../../domain/training.ts';

/** Mean and standard deviation of each column, Float32Array [nColumns]. */
export interface FeatureScale {
  mean: Float32Array;
  scale: Float32Array;
}

/** A column that varies less than this share of its size carries nothing: it is left as it is. */
const MIN_RELATIVE_SPREAD = 1e-6;

/**
 * Mean and standard deviation (population) of each column over the rows of several matrices. Values that are not finite are
 * left out; a column without spread gets scale 1.
 * @param matrices each Float32Array [n x nColumns]
 */
export function fitFeatureScale(matrices: readonly Float32Array[], nColumns: number): FeatureScale {
  const counts = new Float64Array(nColumns);
  const sums = new Float64Array(nColumns);
  forEachValue(matrices, nColumns, (value, column) => {
    counts[column] = counts[column]! + 1;
    sums[column] = sums[column]! + value;
  });
  const mean = sums.map((sum, column) => sum / Math.max(1, counts[column]!));
  const squares = new Float64Array(nColumns);
  forEachValue(matrices, nColumns, (value, column) => {
    squares[column] = squares[column]! + (value - mean[column]!) ** 2;
  });
  const scale = squares.map((square, column) => {
    const spread = Math.sqrt(square / Math.max(1, counts[column]!));
    return spread > MIN_RELATIVE_SPREAD * Math.max(1e-6, Math.abs(mean[column]!)) ? spread : 1;
  });
  return { mean: Float32Array.from(mean), scale: Float32Array.from(scale) };
}

function forEachValue(matrices: readonly Float32Array[], nColumns: number, visit: (value: number, column: number) => void): void {
  for (const matrix of matrices) {
    for (let start = 0; start < matrix.length; start += nColumns) {
      for (let column = 0; column < nColumns; column++) {
        const value = matrix[start + column]!;
        if (Number.isFinite(value)) visit(value, column);
      }
    }
  }
}

/**
 * z = clip((x - mean) / scale, -Z_CLIP, Z_CLIP), 0 where x is missing (NaN); written to `out` from `outStart`.
 * @param rows Float32Array [n x d]; row `row` is read
 * @param offset of these d columns within the scale
 */
export function standardizeRow(
  rows: Float32Array,
  row: number,
  d: number,
  scale: FeatureScale,
  offset: number,
  out: Float32Array | Float64Array,
  outStart = 0,
): void {
  const start = row * d;
  for (let j = 0; j < d; j++) {
    const z = (rows[start + j]! - scale.mean[offset + j]!) / scale.scale[offset + j]!;
    out[outStart + j] = z > Z_CLIP ? Z_CLIP : z < -Z_CLIP ? -Z_CLIP : Number.isNaN(z) ? 0 : z;
  }
}
