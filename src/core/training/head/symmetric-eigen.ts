// Eigenvalues and eigenvectors of a small symmetric matrix.

const MAX_SWEEPS = 50;
/** Off-diagonal share of the matrix's size at which it counts as diagonal. */
const TOLERANCE = 1e-14;

/**
 * Cyclic Jacobi rotations (Golub & Van Loan, "Matrix Computations", 4th ed., section 8.5.5).
 * @param matrix Float64Array [n x n], symmetric; left as it is
 * @returns eigenvalues, largest first, and their unit eigenvectors as rows, Float64Array [n x n]
 */
export function symmetricEigen(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const size = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, n) > TOLERANCE ** 2 * size; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]!);
  const vectors = new Float64Array(n * n);
  for (const [row, i] of order.entries()) vectors.set(v.subarray(i * n, (i + 1) * n), row * n);
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors };
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) for (let q = 0; q < p; q++) sum += 2 * a[p * n + q]! ** 2;
  return sum;
}

/** Makes a[p][q] zero; eigenvectors are kept as rows of v. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const pq = a[p * n + q]!;
  const pp = a[p * n + p]!;
  const qq = a[q * n + q]!;
  if (pq * pq <= TOLERANCE ** 2 * Math.abs(pp * qq)) return;
  const tau = (qq - pp) / (2 * pq);
  const t = tau >= 0 ? 1 / (tau + Math.hypot(1, tau)) : -1 / (-tau + Math.hypot(1, tau));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  // Rows, then the same for the columns by symmetry.
  for (let k = 0; k < n; k++) {
    const x = a[p * n + k]!;
    const y = a[q * n + k]!;
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
    const vx = v[p * n + k]!;
    const vy = v[q * n + k]!;
    v[p * n + k] = c * vx - s * vy;
    v[q * n + k] = s * vx + c * vy;
  }
  for (let k = 0; k < n; k++) {
    const x = a[k * n + p]!;
    const y = a[k * n + q]!;
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
}
