// The inner loops that training spends its time in, over row-major matrices. They take several rows at once, because memory
// traffic and not arithmetic is what they wait for.

/** Rows whose products are computed together. */
const BAND_ROWS = 24;

/** out[i][c] = sum_j a[i][j] b[c][j]: A [n x d], B [m x d], out [n x m]. */
export function multiplyTransposed(a: Float64Array, b: Float64Array, n: number, m: number, d: number, out: Float64Array): void {
  let i = 0;
  for (; i + 2 < n; i += 3) {
    let c = 0;
    for (; c + 3 < m; c += 4) dots3x4(a, i * d, b, c * d, d, out, i * m + c, m);
    for (; c < m; c++) for (let row = i; row < i + 3; row++) out[row * m + c] = dot(a, row * d, b, c * d, d);
  }
  for (; i < n; i++) for (let c = 0; c < m; c++) out[i * m + c] = dot(a, i * d, b, c * d, d);
}

/** out[i][c] = sum_j a[i][j] a[c][j]: A [n x d], out [n x n], which takes half the products of any two matrices. */
export function rowProducts(a: Float64Array, n: number, d: number, out: Float64Array): void {
  for (let i = 0; i < n; i += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, n - i);
    const m = i + rows;
    const band = new Float64Array(rows * m);
    multiplyTransposed(a.subarray(i * d, m * d), a.subarray(0, m * d), rows, m, d, band);
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < m; c++) {
        out[(i + row) * n + c] = band[row * m + c]!;
        out[c * n + i + row] = band[row * m + c]!;
      }
    }
  }
}

/** Three rows of A by four of B: as many sums as registers hold. */
function dots3x4(
  a: Float64Array,
  a0: number,
  b: Float64Array,
  b0: number,
  d: number,
  out: Float64Array,
  o0: number,
  m: number,
): void {
  const [a1, a2] = [a0 + d, a0 + 2 * d];
  const [b1, b2, b3] = [b0 + d, b0 + 2 * d, b0 + 3 * d];
  let [s00, s01, s02, s03] = [0, 0, 0, 0];
  let [s10, s11, s12, s13] = [0, 0, 0, 0];
  let [s20, s21, s22, s23] = [0, 0, 0, 0];
  for (let j = 0; j < d; j++) {
    const x0 = a[a0 + j]!;
    const x1 = a[a1 + j]!;
    const x2 = a[a2 + j]!;
    let y = b[b0 + j]!;
    s00 += x0 * y;
    s10 += x1 * y;
    s20 += x2 * y;
    y = b[b1 + j]!;
    s01 += x0 * y;
    s11 += x1 * y;
    s21 += x2 * y;
    y = b[b2 + j]!;
    s02 += x0 * y;
    s12 += x1 * y;
    s22 += x2 * y;
    y = b[b3 + j]!;
    s03 += x0 * y;
    s13 += x1 * y;
    s23 += x2 * y;
  }
  const [o1, o2] = [o0 + m, o0 + 2 * m];
  out[o0] = s00;
  out[o0 + 1] = s01;
  out[o0 + 2] = s02;
  out[o0 + 3] = s03;
  out[o1] = s10;
  out[o1 + 1] = s11;
  out[o1 + 2] = s12;
  out[o1 + 3] = s13;
  out[o2] = s20;
  out[o2 + 1] = s21;
  out[o2 + 2] = s22;
  out[o2 + 3] = s23;
}

function dot(a: Float64Array, a0: number, b: Float64Array, b0: number, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += a[a0 + j]! * b[b0 + j]!;
  return sum;
}

/** out[c][j] += sum_i r[i][c] a[i][j]: R [n x m], A [n x d], out [m x d]. */
export function addOuterProducts(r: Float64Array, a: Float64Array, n: number, m: number, d: number, out: Float64Array): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a0 = i * d;
    for (let c = 0; c < m; c++) {
      addRows4(out, c * d, a, a0, d, r[i * m + c]!, r[(i + 1) * m + c]!, r[(i + 2) * m + c]!, r[(i + 3) * m + c]!);
    }
  }
  for (; i < n; i++) {
    for (let c = 0; c < m; c++) {
      const w = r[i * m + c]!;
      for (let j = 0; j < d; j++) out[c * d + j] = out[c * d + j]! + w * a[i * d + j]!;
    }
  }
}

function addRows4(
  out: Float64Array,
  o: number,
  a: Float64Array,
  a0: number,
  d: number,
  w0: number,
  w1: number,
  w2: number,
  w3: number,
): void {
  const [a1, a2, a3] = [a0 + d, a0 + 2 * d, a0 + 3 * d];
  for (let j = 0; j < d; j++) {
    out[o + j] = out[o + j]! + w0 * a[a0 + j]! + w1 * a[a1 + j]! + w2 * a[a2 + j]! + w3 * a[a3 + j]!;
  }
}

/** out = A^T W A, symmetric [d x d], of A [n x d] with row weights W (1 each when left out). */
export function gramMatrix(a: Float64Array, n: number, d: number, rowWeights?: Float64Array): Float64Array {
  const out = new Float64Array(d * d);
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const starts = [i * d, (i + 1) * d, (i + 2) * d, (i + 3) * d] as const;
    const [w0, w1, w2, w3] = rowWeights
      ? [rowWeights[i]!, rowWeights[i + 1]!, rowWeights[i + 2]!, rowWeights[i + 3]!]
      : [1, 1, 1, 1];
    for (let p = 0; p < d; p++) {
      addTail4(
        out,
        p,
        d,
        a,
        starts[0],
        w0 * a[starts[0] + p]!,
        w1 * a[starts[1] + p]!,
        w2 * a[starts[2] + p]!,
        w3 * a[starts[3] + p]!,
      );
    }
  }
  for (; i < n; i++) {
    for (let p = 0; p < d; p++) {
      const w = (rowWeights ? rowWeights[i]! : 1) * a[i * d + p]!;
      for (let q = p; q < d; q++) out[p * d + q] = out[p * d + q]! + w * a[i * d + q]!;
    }
  }
  for (let p = 0; p < d; p++) for (let q = 0; q < p; q++) out[p * d + q] = out[q * d + p]!;
  return out;
}

function addTail4(
  out: Float64Array,
  p: number,
  d: number,
  a: Float64Array,
  a0: number,
  w0: number,
  w1: number,
  w2: number,
  w3: number,
): void {
  const o = p * d;
  const [a1, a2, a3] = [a0 + d, a0 + 2 * d, a0 + 3 * d];
  for (let q = p; q < d; q++) {
    out[o + q] = out[o + q]! + w0 * a[a0 + q]! + w1 * a[a1 + q]! + w2 * a[a2 + q]! + w3 * a[a3 + q]!;
  }
}
