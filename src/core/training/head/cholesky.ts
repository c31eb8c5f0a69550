// Symmetric positive definite systems by their Cholesky factor.

/** Lower triangle L with L L^T = the matrix, Float64Array [d x d]. */
export function cholesky(matrix: Float64Array, d: number): Float64Array {
  const lower = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * d + j]!;
      for (let k = 0, a = i * d, b = j * d; k < j; k++, a++, b++) sum -= lower[a]! * lower[b]!;
      lower[i * d + j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / lower[j * d + j]!;
    }
  }
  return lower;
}

/** Solves L L^T x = b in place. */
export function solveCholesky(lower: Float64Array, d: number, x: Float64Array): void {
  solveLower(lower, d, x);
  solveUpper(lower, d, x);
}

/** Solves L x = b in place. */
export function solveLower(lower: Float64Array, d: number, x: Float64Array): void {
  for (let i = 0; i < d; i++) {
    let sum = x[i]!;
    for (let k = 0, a = i * d; k < i; k++, a++) sum -= lower[a]! * x[k]!;
    x[i] = sum / lower[i * d + i]!;
  }
}

/** Solves L^T x = b in place. */
export function solveUpper(lower: Float64Array, d: number, x: Float64Array): void {
  for (let i = d - 1; i >= 0; i--) {
    const value = x[i]! / lower[i * d + i]!;
    x[i] = value;
    // Along the rows of L, because its columns lie far apart in memory.
    for (let k = 0, a = i * d; k < i; k++, a++) x[k] = x[k]! - lower[a]! * value;
  }
}

/** L^-1 times every row as a column, in place: values Float64Array [n x d]. Four at a time, because L is large and read once for all. */
export function whiten(lower: Float64Array, values: Float64Array, d: number): void {
  const n = values.length / d;
  let row = 0;
  for (; row + 3 < n; row += 4) solveLower4(lower, d, values, row * d);
  for (; row < n; row++) solveLower(lower, d, values.subarray(row * d, (row + 1) * d));
}

function solveLower4(lower: Float64Array, d: number, x: Float64Array, at0: number): void {
  const [at1, at2, at3] = [at0 + d, at0 + 2 * d, at0 + 3 * d];
  for (let i = 0; i < d; i++) {
    let [s0, s1, s2, s3] = [x[at0 + i]!, x[at1 + i]!, x[at2 + i]!, x[at3 + i]!];
    for (let k = 0, a = i * d; k < i; k++, a++) {
      const l = lower[a]!;
      s0 -= l * x[at0 + k]!;
      s1 -= l * x[at1 + k]!;
      s2 -= l * x[at2 + k]!;
      s3 -= l * x[at3 + k]!;
    }
    const pivot = lower[i * d + i]!;
    x[at0 + i] = s0 / pivot;
    x[at1 + i] = s1 / pivot;
    x[at2 + i] = s2 / pivot;
    x[at3 + i] = s3 / pivot;
  }
}
