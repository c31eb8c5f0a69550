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
  const { values, vectors } = n < nColumns ? fewRows(rows, n, wanted, random) : manyRows(rows, n, wanted, random);
  for (let i = 0; i < wanted; i++) fixSign(vectors.subarray(i * nColumns, (i + 1) * nColumns));
  return { mean, directions: vectors.slice(0, wanted * nColumns), variances: values.slice(0, wanted) };
}

interface Spectrum {
  /** Largest first. */
  values: Float64Array;
  /** Orthonormal rows. */
  vectors: Float64Array;
}

function manyRows(rows: Float64Array, n: number, wanted: number, random: Random): Spectrum {
  const covariance = gramMatrix(rows, n, rows.length / n).map((sum) => sum / Math.max(1, n - 1));
  return leadingEigen(covariance, rows.length / n, wanted, random);
}

/** The products of the rows with each other have the same spectrum as the covariance, and are fewer. */
function fewRows(rows: Float64Array, n: number, wanted: number, random: Random): Spectrum {
  if (n === 0) return { values: new Float64Array(0), vectors: new Float64Array(0) };
  const nColumns = rows.length / n;
  const products = new Float64Array(n * n);
  multiplyTransposed(rows, rows, n, n, nColumns, products);
  const { values, vectors } = leadingEigen(
    products.map((sum) => sum / Math.max(1, n - 1)),
    n,
    wanted,
    random,
  );
  const nFound = vectors.length / n;
  return { values, vectors: orthonormal(rotate(vectors, rows, nFound, n, nColumns), nFound, nColumns) };
}

/** Of a symmetric matrix [size x size], and some vectors beyond the wanted ones. */
function leadingEigen(matrix: Float64Array, size: number, wanted: number, random: Random): Spectrum {
  const width = Math.min(size, wanted + OVERSAMPLING);
  let basis = orthonormal(
    Float64Array.from({ length: width * size }, () => normal(random)),
    width,
    size,
  );
  const image = new Float64Array(width * size);
  for (let iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
    multiplyTransposed(basis, matrix, width, size, size, image);
    basis = orthonormal(image.slice(), width, size);
  }
  multiplyTransposed(basis, matrix, width, size, size, image);
  const projected = new Float64Array(width * width);
  multiplyTransposed(basis, image, width, width, size, projected);
  const { values, vectors } = symmetricEigen(projected, width);
  return { values, vectors: rotate(vectors, basis, width, width, size) };
}

function centre(rows: Float64Array, n: number, d: number): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j] = mean[j]! + rows[i * d + j]! / n;
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) rows[i * d + j] = rows[i * d + j]! - mean[j]!;
  return mean;
}

/** The `n` rows of [n x d] combined by the rows of `vectors` [nRows x n]: [nRows x d]. */
function rotate(vectors: Float64Array, rows: Float64Array, nRows: number, n: number, d: number): Float64Array {
  const out = new Float64Array(nRows * d);
  const transposed = new Float64Array(d * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) transposed[j * n + i] = rows[i * d + j]!;
  multiplyTransposed(vectors, transposed, nRows, d, n, out);
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
