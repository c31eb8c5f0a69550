// Principal components: the directions in which a library's tracks differ most.
import { normal, type Random } from '../random.ts';
import { gramMatrix, multiplyTransposed } from './matrix-kernels.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface PrincipalComponents {
  /** Float64Array [nColumns] */
  mean: Float64Array;
  /** Float64Array [k x nColumns], orthonormal rows, most variance first; the largest entry of each is positive. */
  directions: Float64Array;
  /** Variance (divided by n - 1) along each, Float64Array [k]. */
  variances: Float64Array;
}

/** Directions carried along beyond the wanted ones; they make the wanted ones converge faster. */
const OVERSAMPLING = 10;
/** Enough for the leading directions to settle; the last ones only need to span what varies most. */
const POWER_ITERATIONS = 10;

/**
 * The first k principal components, by subspace iteration on the covariance and a Rayleigh-Ritz step (Halko, Martinsson & Tropp, "Finding
 * structure with randomness", SIAM Review 53 (2011), algorithms 4.4 and 5.3). Same rows and random numbers, same directions.
 * @param rows Float64Array [n x nColumns]; centred in place
 * @param k at most; fewer come back when the rows span fewer
 */
export function principalComponents(rows: Float64Array, nColumns: number, k: number, random: Random): PrincipalComponents {
  const n = rows.length / nColumns;
  const mean = centre(rows, n, nColumns);
  const wanted = Math.max(0, Math.min(k, nColumns, n - 1));
  const covariance = gramMatrix(rows, n, nColumns).map((sum) => sum / Math.max(1, n - 1));
  const width = Math.min(nColumns, wanted + OVERSAMPLING);
  let basis = orthonormal(
    Float64Array.from({ length: width * nColumns }, () => normal(random)),
    width,
    nColumns,
  );
  const image = new Float64Array(width * nColumns);
  for (let iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
    multiplyTransposed(basis, covariance, width, nColumns, nColumns, image);
    basis = orthonormal(image.slice(), width, nColumns);
  }
  multiplyTransposed(basis, covariance, width, nColumns, nColumns, image);
  const projected = new Float64Array(width * width);
  multiplyTransposed(basis, image, width, width, nColumns, projected);
  const { values, vectors } = symmetricEigen(projected, width);
  basis = rotate(vectors, basis, width, nColumns);
  for (let i = 0; i < wanted; i++) fixSign(basis.subarray(i * nColumns, (i + 1) * nColumns));
  return { mean, directions: basis.slice(0, wanted * nColumns), variances: values.slice(0, wanted) };
}

function centre(rows: Float64Array, n: number, d: number): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j] = mean[j]! + rows[i * d + j]! / n;
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) rows[i * d + j] = rows[i * d + j]! - mean[j]!;
  return mean;
}

/** Rows of the basis combined by the rows of `vectors`, [width x d]. */
function rotate(vectors: Float64Array, basis: Float64Array, width: number, d: number): Float64Array {
  const out = new Float64Array(width * d);
  const transposed = new Float64Array(d * width);
  for (let i = 0; i < width; i++) for (let j = 0; j < d; j++) transposed[j * width + i] = basis[i * d + j]!;
  multiplyTransposed(vectors, transposed, width, d, width, out);
  return out;
}

/** Orthonormal rows, by Gram-Schmidt twice over (Giraud et al. 2005); a row that depends on the others becomes zero. */
function orthonormal(rows: Float64Array, nRows: number, d: number): Float64Array {
  for (let i = 0; i < nRows; i++) {
    const row = rows.subarray(i * d, (i + 1) * d);
    const before = Math.sqrt(dot(row, row));
    for (let pass = 0; pass < 2; pass++) {
      for (let p = 0; p < i; p++) {
        const other = rows.subarray(p * d, (p + 1) * d);
        const share = dot(row, other);
        for (let j = 0; j < d; j++) row[j] = row[j]! - share * other[j]!;
      }
    }
    const length = Math.sqrt(dot(row, row));
    const scale = length > 1e-12 * before ? 1 / length : 0;
    for (let j = 0; j < d; j++) row[j] = row[j]! * scale;
  }
  return rows;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function fixSign(row: Float64Array): void {
  let largest = 0;
  for (const value of row) if (Math.abs(value) > Math.abs(largest)) largest = value;
  if (largest < 0) for (let j = 0; j < row.length; j++) row[j] = -row[j]!;
}

/**
 * Rows seen along the directions: ((row - mean) . direction), Float64Array [n x k].
 * @param rows Float64Array [n x nColumns]
 */
export function project(rows: Float64Array, n: number, components: PrincipalComponents): Float64Array {
  const d = components.mean.length;
  const k = components.variances.length;
  const out = new Float64Array(n * k);
  multiplyTransposed(rows, components.directions, n, k, d, out);
  const shift = new Float64Array(k);
  multiplyTransposed(components.mean, components.directions, 1, k, d, shift);
  for (let i = 0; i < n; i++) for (let c = 0; c < k; c++) out[i * k + c] = out[i * k + c]! - shift[c]!;
  return out;
}
