// The plane in which points differ most: their first two principal components, from which t-SNE starts.

/** The covariance is taken from at most this many points, at even distances. */
const MAX_ROWS = 10_000;
const MAX_ITERATIONS = 300;
/** Change of a direction per step at which it has settled. */
const TOLERANCE = 1e-7;

/**
 * Coordinates along the first two principal components (power iteration on the covariance, the second orthogonal to the first); the
 * largest entry of each direction is positive. Points without spread lie at 0.
 * @param points Float32Array [n x dim], finite
 * @returns Float64Array [2 n]
 */
export function leadingPlane(points: Float32Array, n: number, dim: number): Float64Array {
  const { mean, covariance } = covarianceOf(points, n, dim);
  const first = leadingDirection(covariance, dim, null);
  const second = leadingDirection(covariance, dim, first);
  const plane = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    let x = 0;
    let y = 0;
    for (let j = 0; j < dim; j++) {
      const value = points[i * dim + j]! - mean[j]!;
      x += value * first[j]!;
      y += value * second[j]!;
    }
    plane[2 * i] = x;
    plane[2 * i + 1] = y;
  }
  return plane;
}

function covarianceOf(points: Float32Array, n: number, dim: number): { mean: Float64Array; covariance: Float64Array } {
  const nRows = Math.min(n, MAX_ROWS);
  const mean = new Float64Array(dim);
  const covariance = new Float64Array(dim * dim);
  const start = (row: number): number => Math.floor((row * n) / nRows) * dim;
  for (let r = 0; r < nRows; r++) for (let j = 0, at = start(r); j < dim; j++) mean[j] = mean[j]! + points[at + j]! / nRows;
  const row = new Float64Array(dim);
  for (let r = 0; r < nRows; r++) {
    for (let j = 0, at = start(r); j < dim; j++) row[j] = points[at + j]! - mean[j]!;
    for (let p = 0; p < dim; p++) {
      const factor = row[p]! / nRows;
      for (let q = p, at = p * dim + p; q < dim; q++, at++) covariance[at] = covariance[at]! + factor * row[q]!;
    }
  }
  for (let p = 0; p < dim; p++) for (let q = 0; q < p; q++) covariance[p * dim + q] = covariance[q * dim + p]!;
  return { mean, covariance };
}

/** Unit vector; zeros where nothing varies beside `without`. */
function leadingDirection(covariance: Float64Array, dim: number, without: Float64Array | null): Float64Array {
  let direction = startOf(covariance, dim, without);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const image = new Float64Array(dim);
    for (let p = 0; p < dim; p++) {
      let sum = 0;
      for (let q = 0; q < dim; q++) sum += covariance[p * dim + q]! * direction[q]!;
      image[p] = sum;
    }
    const next = unit(image, without);
    const change = next.reduce((sum, value, j) => sum + (value - direction[j]!) ** 2, 0);
    direction = next;
    if (change < TOLERANCE ** 2) break;
  }
  const largest = direction.reduce((kept, value) => (Math.abs(value) > Math.abs(kept) ? value : kept), 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}

/** The covariance's row that is longest once `without` is taken out: never orthogonal to all leading directions. */
function startOf(covariance: Float64Array, dim: number, without: Float64Array | null): Float64Array {
  let longest = new Float64Array(dim);
  let most = 0;
  for (let p = 0; p < dim; p++) {
    const row = remainder(covariance.slice(p * dim, (p + 1) * dim), without);
    const length = lengthOf(row);
    if (length > most) [longest, most] = [row, length];
  }
  return unit(longest, without);
}

function remainder(row: Float64Array, without: Float64Array | null): Float64Array<ArrayBuffer> {
  const share = without ? row.reduce((sum, value, j) => sum + value * without[j]!, 0) : 0;
  return Float64Array.from(row, (value, j) => value - share * (without?.[j] ?? 0));
}

function unit(row: Float64Array, without: Float64Array | null): Float64Array {
  const before = lengthOf(row);
  const rest = remainder(row, without);
  const length = lengthOf(rest);
  return length > 1e-12 * before ? rest.map((value) => value / length) : new Float64Array(row.length);
}

function lengthOf(row: Float64Array): number {
  return Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
}
