// Fast Fourier transform of real signals: a complex transform of half the size in radix-4 passes (first pass radix-8 where the
// size asks for it), decimation in time, with every twiddle and index computed beforehand and nothing allocated per call.
import { firstPass4, firstPass8, radix4Pass } from './fft-passes.ts';

export type RealArray = Float32Array | Float64Array;

const MIN_SIZE = 16;

/** Passes of the complex transform, innermost first: 8 or 4, then 4s. */
function radices(n: number): number[] {
  const log2 = Math.log2(n);
  const first = log2 % 2 === 0 ? 4 : 8;
  return [first, ...new Array<number>((log2 - Math.log2(first)) / 2).fill(4)];
}

/** Order in which decimation in time reads its input: digit reversal in the mixed radices. */
function digitReversal(n: number, passes: number[]): Uint32Array {
  const order = new Uint32Array(n);
  if (n === 1) return order;
  const radix = passes[passes.length - 1]!;
  const inner = digitReversal(n / radix, passes.slice(0, -1));
  for (let s = 0; s < radix; s++) for (let i = 0; i < inner.length; i++) order[s * inner.length + i] = inner[i]! * radix + s;
  return order;
}

/** Twiddles of one radix-4 pass over blocks of 4 q: for each j < q, W^j, W^2j, W^3j as (re, im), W = exp(-2 pi i / 4 q). */
function passTwiddles(q: number): Float64Array {
  const twiddles = new Float64Array(6 * q);
  for (let j = 0; j < q; j++) {
    for (let s = 1; s <= 3; s++) {
      const angle = (-2 * Math.PI * s * j) / (4 * q);
      twiddles[6 * j + 2 * (s - 1)] = Math.cos(angle);
      twiddles[6 * j + 2 * (s - 1) + 1] = Math.sin(angle);
    }
  }
  return twiddles;
}

/** Real transform of one size. Not for concurrent use: it works in its own scratch memory. */
export class RealFft {
  readonly size: number;
  readonly #half: number;
  readonly #firstRadix: number;
  readonly #order: Uint32Array;
  readonly #twiddles: Float64Array[] = [];
  /** cos and sin of 2 pi k / size, k <= size / 4. */
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #inRe: Float64Array;
  readonly #inIm: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  /** @param n power of two, 16 or more. @throws RangeError otherwise */
  constructor(n: number) {
    if (n < MIN_SIZE || (n & (n - 1)) !== 0) throw new RangeError(`FFT size must be a power of two from ${MIN_SIZE}: ${n}`);
    this.size = n;
    this.#half = n / 2;
    const passes = radices(this.#half);
    this.#firstRadix = passes[0]!;
    this.#order = digitReversal(this.#half, passes);
    for (let q = this.#firstRadix; q < this.#half; q *= 4) this.#twiddles.push(passTwiddles(q));
    this.#cos = Float64Array.from({ length: n / 4 + 1 }, (_, k) => Math.cos((2 * Math.PI * k) / n));
    this.#sin = Float64Array.from({ length: n / 4 + 1 }, (_, k) => Math.sin((2 * Math.PI * k) / n));
    this.#inRe = new Float64Array(this.#half);
    this.#inIm = new Float64Array(this.#half);
    this.#re = new Float64Array(this.#half);
    this.#im = new Float64Array(this.#half);
  }

  /**
   * X[k] = sum_t x[t] exp(-2 pi i k t / n), unscaled, as numpy.fft.rfft. Fastest when all arrays are Float64Array.
   * @param x [n]
   * @param re [n / 2 + 1] real part, written
   * @param im [n / 2 + 1] imaginary part, written
   */
  forward(x: RealArray, re: RealArray, im: RealArray): void {
    const half = this.#half;
    const inRe = this.#inRe;
    const inIm = this.#inIm;
    for (let i = 0; i < half; i++) {
      inRe[i] = x[2 * i]!;
      inIm[i] = x[2 * i + 1]!;
    }
    this.#transform(inRe, inIm, this.#re, this.#im);
    this.#unpack(re, im);
  }

  /** Splits the half-size spectrum Z of even + i odd samples: X[k] = E[k] + W^k O[k], two bins at a time. */
  #unpack(re: RealArray, im: RealArray): void {
    const half = this.#half;
    const zRe = this.#re;
    const zIm = this.#im;
    const cos = this.#cos;
    const sin = this.#sin;
    const z0 = zRe[0]!;
    const z1 = zIm[0]!;
    re[0] = z0 + z1;
    im[0] = 0;
    re[half] = z0 - z1;
    im[half] = 0;
    for (let k = 1, m = half - 1; k <= m; k++, m--) {
      const aRe = zRe[k]!;
      const aIm = zIm[k]!;
      const bRe = zRe[m]!;
      const bIm = zIm[m]!;
      const evenRe = 0.5 * (aRe + bRe);
      const evenIm = 0.5 * (aIm - bIm);
      const oddRe = 0.5 * (aIm + bIm);
      const oddIm = 0.5 * (bRe - aRe);
      const c = cos[k]!;
      const s = sin[k]!;
      const turnedRe = c * oddRe + s * oddIm;
      const turnedIm = c * oddIm - s * oddRe;
      re[k] = evenRe + turnedRe;
      im[k] = evenIm + turnedIm;
      re[m] = evenRe - turnedRe;
      im[m] = turnedIm - evenIm;
    }
  }

  /**
   * x[t] = 1/n sum_k X[k] exp(2 pi i k t / n) with X Hermitian, as numpy.fft.irfft; undoes `forward`.
   * @param re [n / 2 + 1]
   * @param im [n / 2 + 1] (first and last are taken as 0)
   * @param x [n] written
   */
  inverse(re: RealArray, im: RealArray, x: RealArray): void {
    const half = this.#half;
    // Real and imaginary parts change places on the way in and out: that turns the forward transform into the inverse one.
    this.#pack(re, im, this.#inIm, this.#inRe);
    this.#transform(this.#inRe, this.#inIm, this.#re, this.#im);
    const zRe = this.#im;
    const zIm = this.#re;
    for (let i = 0; i < half; i++) {
      x[2 * i] = zRe[i]!;
      x[2 * i + 1] = zIm[i]!;
    }
  }

  /** Inverse of `#unpack`, scaled by 1 / half. */
  #pack(re: RealArray, im: RealArray, zRe: Float64Array, zIm: Float64Array): void {
    const half = this.#half;
    const scale = 0.5 / half;
    const cos = this.#cos;
    const sin = this.#sin;
    zRe[0] = scale * (re[0]! + re[half]!);
    zIm[0] = scale * (re[0]! - re[half]!);
    for (let k = 1, m = half - 1; k <= m; k++, m--) {
      const evenRe = re[k]! + re[m]!;
      const evenIm = im[k]! - im[m]!;
      const diffRe = re[k]! - re[m]!;
      const diffIm = im[k]! + im[m]!;
      const c = cos[k]!;
      const s = sin[k]!;
      const oddRe = c * diffRe - s * diffIm;
      const oddIm = c * diffIm + s * diffRe;
      zRe[k] = scale * (evenRe - oddIm);
      zIm[k] = scale * (evenIm + oddRe);
      zRe[m] = scale * (evenRe + oddIm);
      zIm[m] = scale * (oddRe - evenIm);
    }
  }

  #transform(inRe: Float64Array, inIm: Float64Array, re: Float64Array, im: Float64Array): void {
    if (this.#firstRadix === 4) firstPass4(inRe, inIm, this.#order, re, im);
    else firstPass8(inRe, inIm, this.#order, re, im);
    let q = this.#firstRadix;
    for (const twiddles of this.#twiddles) {
      radix4Pass(re, im, q, twiddles);
      q *= 4;
    }
  }
}
