// Fingerprints that tell the same recording in another file, whatever its format: signs of energy differences between bands and
// frames (Haitsma & Kalker, A Highly Robust Audio Fingerprinting System, ISMIR 2002), here with longer frames, twice as long, and
// a hop eleven times as long, because beginnings of whole tracks are compared and not snippets (figures: bench/duplicates.ts).
import { eachFrame } from './stft.ts';

/** The rate a track's beginning is brought to for its fingerprint. */
export const FINGERPRINT_RATE_HZ = 5512.5;
/** 743 ms */
const FRAME_SAMPLES = 4096;
const HOP_SAMPLES = 706;
export const FINGERPRINT_HOP_SEC = HOP_SAMPLES / FINGERPRINT_RATE_HZ;
/** Of equal width on a logarithmic axis; a bit each for the differences of neighbours. */
const N_BANDS = 33;
const LOW_HZ = 300;
const HIGH_HZ = 2000;

/** Bins at which the bands begin, and where the last one ends. */
const EDGES = Uint16Array.from({ length: N_BANDS + 1 }, (_, b) =>
  Math.ceil((LOW_HZ * (HIGH_HZ / LOW_HZ) ** (b / N_BANDS) * FRAME_SAMPLES) / FINGERPRINT_RATE_HZ),
);

/**
 * Sub-fingerprints, Uint32Array [floor(nSamples / hop)], one word a hop: bit m of word n is the sign of
 * E(n + 1, m) - E(n + 1, m + 1) - (E(n, m) - E(n, m + 1)), E the power of band m in a frame (equation 1). Silence is 0.
 * @param mono Float32Array [nSamples], amplitude, at FINGERPRINT_RATE_HZ
 */
export function fingerprint(mono: Float32Array): Uint32Array {
  const words = new Uint32Array(Math.floor(mono.length / HOP_SAMPLES));
  let before = new Float64Array(N_BANDS - 1);
  eachFrame(mono, { fftSamples: FRAME_SAMPLES, hopSamples: HOP_SAMPLES, pad: 'zero' }, (frame, re, im) => {
    const now = bandDifferences(re, im);
    if (frame > 0) words[frame - 1] = signs(before, now);
    before = now;
  });
  return words;
}

/** E(m) - E(m + 1), Float64Array [N_BANDS - 1] */
function bandDifferences(re: Float64Array, im: Float64Array): Float64Array<ArrayBuffer> {
  const differences = new Float64Array(N_BANDS - 1);
  let lower = bandPower(0, re, im);
  for (let m = 0; m < differences.length; m++) {
    const upper = bandPower(m + 1, re, im);
    differences[m] = lower - upper;
    lower = upper;
  }
  return differences;
}

function bandPower(band: number, re: Float64Array, im: Float64Array): number {
  let power = 0;
  for (let k = EDGES[band]!; k < EDGES[band + 1]!; k++) power += re[k]! * re[k]! + im[k]! * im[k]!;
  return power;
}

function signs(before: Float64Array, now: Float64Array): number {
  let word = 0;
  for (let m = 0; m < now.length; m++) if (now[m]! > before[m]!) word |= 1 << m;
  return word >>> 0;
}
