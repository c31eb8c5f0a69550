// Changes the sample rate by a ratio of whole numbers with scipy.signal.resample_poly's default filter.

/** Kaiser shape and half length per phase of scipy's default: `firwin(2 * 10 * max(up, down) + 1, 1 / max, window=('kaiser', 5.0))`. */
const KAISER_BETA = 5;
const HALF_LENGTH_FACTOR = 10;
const BESSEL_TERMS = 40;

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < BESSEL_TERMS; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** Low-pass FIR, float64 [2 * 10 * max + 1], cut off at 1 / max of Nyquist, gain `up` at 0 Hz. */
function lowPass(up: number, down: number): Float64Array {
  const max = Math.max(up, down);
  const half = HALF_LENGTH_FACTOR * max;
  const taps = new Float64Array(2 * half + 1);
  let sum = 0;
  for (let i = 0; i < taps.length; i++) {
    const x = (i - half) / max;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    taps[i] = sinc * (besselI0(KAISER_BETA * Math.sqrt(1 - ((i - half) / half) ** 2)) / besselI0(KAISER_BETA));
    sum += taps[i]!;
  }
  // scipy keeps its taps in the signal's precision: float32.
  return taps.map((tap) => Math.fround((tap / sum) * up));
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/**
 * Equal to `scipy.signal.resample_poly(x, up, down)` (zero padding, no delay).
 * @param x Float32Array [nSamples]
 * @returns Float32Array [ceil(nSamples * up / down)]
 */
export function resamplePoly(x: Float32Array, up: number, down: number): Float32Array {
  const divisor = gcd(up, down);
  if (up === down) return x.slice();
  const l = up / divisor;
  const m = down / divisor;
  if (l === 1 && m === 2) return halve(x);
  const taps = lowPass(l, m);
  const half = (taps.length - 1) / 2;
  const y = new Float32Array(Math.ceil((x.length * l) / m));
  for (let n = 0; n < y.length; n++) {
    // y[n] = sum_k x[k] h[n m + half - k l]
    const centre = n * m + half;
    const first = Math.max(0, Math.ceil((centre - taps.length + 1) / l));
    const last = Math.min(x.length - 1, Math.floor(centre / l));
    let sum = 0;
    for (let k = first; k <= last; k++) sum += x[k]! * taps[centre - k * l]!;
    y[n] = sum;
  }
  return y;
}

const HALVING_TAPS = lowPass(1, 2);
const HALVING_HALF = (HALVING_TAPS.length - 1) / 2;
/** The half-band filter is symmetric and every second tap beside the centre is 0: ten pairs and the centre remain. */
const HALVING_PAIRS = HALVING_TAPS.slice(HALVING_HALF + 1).filter((_, i) => i % 2 === 0);
const HALVING_CENTRE = HALVING_TAPS[HALVING_HALF]!;

/**
 * Half the rate: 44.1 kHz to 22.05 kHz; equal to `resample_poly(x, 1, 2)`.
 * @param x Float32Array [nSamples]
 * @returns Float32Array [ceil(nSamples / 2)]
 */
export function halve(x: Float32Array): Float32Array {
  const y = new Float32Array(Math.ceil(x.length / 2));
  const padded = new Float32Array(x.length + 2 * HALVING_HALF + 1);
  padded.set(x, HALVING_HALF);
  const nPairs = HALVING_PAIRS.length;
  for (let n = 0; n < y.length; n++) {
    const centre = 2 * n + HALVING_HALF;
    let sum = HALVING_CENTRE * padded[centre]!;
    for (let p = 0; p < nPairs; p++) {
      const offset = 2 * p + 1;
      sum += HALVING_PAIRS[p]! * (padded[centre - offset]! + padded[centre + offset]!);
    }
    y[n] = sum;
  }
  return y;
}
