// The passes of the complex transform behind `RealFft`: loops over plain arrays, kept branch-free for speed.
// All arrays are Float64Array [n]: real and imaginary parts apart.

/** Reads in digit-reversed order and does transforms of 4. */
export function firstPass4(inRe: Float64Array, inIm: Float64Array, order: Uint32Array, re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 0; i < n; i += 4) {
    const a = order[i]!;
    const b = order[i + 1]!;
    const c = order[i + 2]!;
    const d = order[i + 3]!;
    const sumRe = inRe[a]! + inRe[c]!;
    const sumIm = inIm[a]! + inIm[c]!;
    const diffRe = inRe[a]! - inRe[c]!;
    const diffIm = inIm[a]! - inIm[c]!;
    const sum2Re = inRe[b]! + inRe[d]!;
    const sum2Im = inIm[b]! + inIm[d]!;
    const diff2Re = inRe[b]! - inRe[d]!;
    const diff2Im = inIm[b]! - inIm[d]!;
    re[i] = sumRe + sum2Re;
    im[i] = sumIm + sum2Im;
    re[i + 1] = diffRe + diff2Im;
    im[i + 1] = diffIm - diff2Re;
    re[i + 2] = sumRe - sum2Re;
    im[i + 2] = sumIm - sum2Im;
    re[i + 3] = diffRe - diff2Im;
    im[i + 3] = diffIm + diff2Re;
  }
}

/** Reads in digit-reversed order and does transforms of 8: the even and the odd inputs by 4, joined with W8^k. */
export function firstPass8(inRe: Float64Array, inIm: Float64Array, order: Uint32Array, re: Float64Array, im: Float64Array): void {
  const n = re.length;
  const r = Math.SQRT1_2;
  for (let i = 0; i < n; i += 8) {
    for (let half = 0; half < 2; half++) {
      const a = order[i + half]!;
      const b = order[i + half + 2]!;
      const c = order[i + half + 4]!;
      const d = order[i + half + 6]!;
      const sumRe = inRe[a]! + inRe[c]!;
      const sumIm = inIm[a]! + inIm[c]!;
      const diffRe = inRe[a]! - inRe[c]!;
      const diffIm = inIm[a]! - inIm[c]!;
      const sum2Re = inRe[b]! + inRe[d]!;
      const sum2Im = inIm[b]! + inIm[d]!;
      const diff2Re = inRe[b]! - inRe[d]!;
      const diff2Im = inIm[b]! - inIm[d]!;
      const o = i + 4 * half;
      re[o] = sumRe + sum2Re;
      im[o] = sumIm + sum2Im;
      re[o + 1] = diffRe + diff2Im;
      im[o + 1] = diffIm - diff2Re;
      re[o + 2] = sumRe - sum2Re;
      im[o + 2] = sumIm - sum2Im;
      re[o + 3] = diffRe - diff2Im;
      im[o + 3] = diffIm + diff2Re;
    }
    joinEighths(re, im, i, r);
  }
}

/** Joins two transforms of 4 at i and i + 4 into one of 8; r = sqrt(1/2). */
function joinEighths(re: Float64Array, im: Float64Array, i: number, r: number): void {
  const odd1Re = r * (re[i + 5]! + im[i + 5]!);
  const odd1Im = r * (im[i + 5]! - re[i + 5]!);
  const odd2Re = im[i + 6]!;
  const odd2Im = -re[i + 6]!;
  const odd3Re = r * (im[i + 7]! - re[i + 7]!);
  const odd3Im = -r * (re[i + 7]! + im[i + 7]!);
  butterfly(re, im, i, re[i + 4]!, im[i + 4]!);
  butterfly(re, im, i + 1, odd1Re, odd1Im);
  butterfly(re, im, i + 2, odd2Re, odd2Im);
  butterfly(re, im, i + 3, odd3Re, odd3Im);
}

function butterfly(re: Float64Array, im: Float64Array, k: number, oddRe: number, oddIm: number): void {
  re[k + 4] = re[k]! - oddRe;
  im[k + 4] = im[k]! - oddIm;
  re[k] = re[k]! + oddRe;
  im[k] = im[k]! + oddIm;
}

/** Joins four transforms of q each into transforms of 4 q, in place. */
export function radix4Pass(re: Float64Array, im: Float64Array, q: number, w: Float64Array): void {
  const n = re.length;
  for (let block = 0; block < n; block += 4 * q) {
    for (let j = 0, t = 0; j < q; j++, t += 6) {
      const a = block + j;
      const b = a + q;
      const c = b + q;
      const d = c + q;
      const bRe = re[b]! * w[t]! - im[b]! * w[t + 1]!;
      const bIm = re[b]! * w[t + 1]! + im[b]! * w[t]!;
      const cRe = re[c]! * w[t + 2]! - im[c]! * w[t + 3]!;
      const cIm = re[c]! * w[t + 3]! + im[c]! * w[t + 2]!;
      const dRe = re[d]! * w[t + 4]! - im[d]! * w[t + 5]!;
      const dIm = re[d]! * w[t + 5]! + im[d]! * w[t + 4]!;
      const sumRe = re[a]! + cRe;
      const sumIm = im[a]! + cIm;
      const diffRe = re[a]! - cRe;
      const diffIm = im[a]! - cIm;
      const sum2Re = bRe + dRe;
      const sum2Im = bIm + dIm;
      const diff2Re = bRe - dRe;
      const diff2Im = bIm - dIm;
      re[a] = sumRe + sum2Re;
      im[a] = sumIm + sum2Im;
      re[b] = diffRe + diff2Im;
      im[b] = diffIm - diff2Re;
      re[c] = sumRe - sum2Re;
      im[c] = sumIm - sum2Im;
      re[d] = diffRe - diff2Im;
      im[d] = diffIm + diff2Re;
    }
  }
}
