// The K-weighting filter of ITU-R BS.1770-4 Annex 1: a high shelf for the head, then a high-pass, as two biquads in series.
import { DECODE_RATE_HZ } from '../config/audio-profile.ts';

interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

// The standard gives coefficients at 48 kHz only. These analogue parameters reproduce them by the bilinear transform and give the
// coefficients at any rate: B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", AES 145 (2018).
const SHELF = {
  frequencyHz: 1681.974450955533,
  gainDb: 3.999843853973347,
  q: 0.7071752369554196,
  gainExponent: 0.4996667741545416,
};
const HIGH_PASS = { frequencyHz: 38.13547087602444, q: 0.5003270373238773 };

export function shelfBiquad(rateHz: number): Biquad {
  const k = Math.tan((Math.PI * SHELF.frequencyHz) / rateHz);
  const vh = 10 ** (SHELF.gainDb / 20);
  const vb = vh ** SHELF.gainExponent;
  const a0 = 1 + k / SHELF.q + k * k;
  return {
    b0: (vh + (vb * k) / SHELF.q + k * k) / a0,
    b1: (2 * (k * k - vh)) / a0,
    b2: (vh - (vb * k) / SHELF.q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / SHELF.q + k * k) / a0,
  };
}

export function highPassBiquad(rateHz: number): Biquad {
  const k = Math.tan((Math.PI * HIGH_PASS.frequencyHz) / rateHz);
  const a0 = 1 + k / HIGH_PASS.q + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / HIGH_PASS.q + k * k) / a0 };
}

const SHELF_AT_RATE = shelfBiquad(DECODE_RATE_HZ);
const HIGH_PASS_AT_RATE = highPassBiquad(DECODE_RATE_HZ);
/** Keeps the filter states away from denormal numbers in digital silence; 1e-20 squared is far below the gate. */
const DENORMAL_GUARD = 1e-20;

/** One channel's filter: `energy` runs samples through it and sums their weighted squares. */
export class KWeighting {
  #s1 = 0;
  #s2 = 0;
  #h1 = 0;
  #h2 = 0;
  /** Largest magnitude of the unweighted samples so far. */
  peak = 0;

  /** Sum of squared K-weighted samples of signal[from..to), amplitude squared. Transposed direct form II, in float64. */
  energy(signal: Float32Array, from: number, to: number): number {
    const { b0, b1, b2, a1, a2 } = SHELF_AT_RATE;
    const c1 = HIGH_PASS_AT_RATE.a1;
    const c2 = HIGH_PASS_AT_RATE.a2;
    let s1 = this.#s1;
    let s2 = this.#s2;
    let h1 = this.#h1;
    let h2 = this.#h2;
    let peak = this.peak;
    let sum = 0;
    for (let i = from; i < to; i++) {
      const sample = signal[i]!;
      const magnitude = Math.abs(sample);
      if (magnitude > peak) peak = magnitude;
      const x = sample + DENORMAL_GUARD;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      const z = y + h1;
      h1 = -2 * y - c1 * z + h2;
      h2 = y - c2 * z;
      sum += z * z;
    }
    this.#s1 = s1;
    this.#s2 = s2;
    this.#h1 = h1;
    this.#h2 = h2;
    this.peak = peak;
    return sum;
  }
}
