// Per frame: loudness, centroid, bandwidth, roll-off, zero crossings and the contrast of seven octave bands, as librosa 0.11 with
// its defaults.
import type { MelProfile } from '../../config/audio-profile.ts';
import { lowestDb, toDb } from './decibels.ts';

export const N_CONTRAST = 7;
const CONTRAST_FROM_HZ = 200;
/** Share of a band's bins that make its peak, and its valley. */
const CONTRAST_SHARE = 0.02;
const ROLLOFF_SHARE = 0.85;
const ZERO = 1e-10;

type Spectrum = Pick<MelProfile, 'sampleRateHz' | 'fftSamples' | 'hopSamples'>;

/** Root mean square, centroid (Hz), bandwidth (Hz) and roll-off (Hz) of each frame: Float32Array [nFrames x 4]. */
export function spectralShape(power: Float32Array, { sampleRateHz, fftSamples }: Spectrum): Float32Array {
  const nBins = fftSamples / 2 + 1;
  const nFrames = power.length / nBins;
  const binHz = sampleRateHz / fftSamples;
  const out = new Float32Array(nFrames * 4);
  const magnitude = new Float64Array(nBins);
  for (let frame = 0; frame < nFrames; frame++) {
    let [energy, total, weighted] = [0, 0, 0];
    for (let k = 0; k < nBins; k++) {
      const p = power[frame * nBins + k]!;
      // The first and the last bin stand for one frequency each, the others for a pair.
      energy += k === 0 || k === nBins - 1 ? p / 2 : p;
      magnitude[k] = Math.sqrt(p);
      total += magnitude[k]!;
      weighted += k * magnitude[k]!;
    }
    const centre = total > 0 ? weighted / total : 0;
    let [spread, below, rolloff] = [0, 0, -1];
    for (let k = 0; k < nBins; k++) {
      spread += magnitude[k]! * (k - centre) ** 2;
      below += magnitude[k]!;
      if (rolloff < 0 && below >= ROLLOFF_SHARE * total) rolloff = k;
    }
    const bandwidth = total > 0 ? Math.sqrt(spread / total) : 0;
    out.set([Math.sqrt((2 * energy) / fftSamples ** 2), centre * binHz, bandwidth * binHz, rolloff * binHz], frame * 4);
  }
  return out;
}

/** Share of samples at which the sign changes, in each centred frame with its edges repeated: Float32Array [nFrames]. */
export function zeroCrossings(mono: Float32Array, { fftSamples, hopSamples }: Spectrum): Float32Array {
  const nFrames = 1 + Math.floor(mono.length / hopSamples);
  // crossings[t]: sign changes before sample t.
  const crossings = new Int32Array(mono.length + 1);
  const isNegative = (t: number): boolean => mono[t]! < -ZERO;
  for (let t = 1; t < mono.length; t++) crossings[t + 1] = crossings[t]! + (isNegative(t) === isNegative(t - 1) ? 0 : 1);
  const inside = (t: number): number => Math.max(0, Math.min(mono.length - 1, t));
  return Float32Array.from({ length: nFrames }, (_, frame) => {
    const first = frame * hopSamples - fftSamples / 2;
    const n = crossings[inside(first + fftSamples - 1) + 1]! - crossings[inside(first) + 1]!;
    return n / fftSamples;
  });
}

/** Peak over valley of each band, dB (Jiang et al. 2002): Float32Array [nFrames x 7]. */
export function spectralContrast(power: Float32Array, { sampleRateHz, fftSamples }: Spectrum): Float32Array {
  const nBins = fftSamples / 2 + 1;
  const nFrames = power.length / nBins;
  const bands = contrastBands(sampleRateHz / fftSamples, nBins);
  const peaks = new Float64Array(nFrames * N_CONTRAST);
  const valleys = new Float64Array(nFrames * N_CONTRAST);
  for (let frame = 0; frame < nFrames; frame++) {
    for (const [b, { first, last, nExtremes }] of bands.entries()) {
      const from = frame * nBins + first;
      const to = frame * nBins + last;
      peaks[frame * N_CONTRAST + b] = meanOfExtremes(power, from, to, nExtremes, -1);
      valleys[frame * N_CONTRAST + b] = meanOfExtremes(power, from, to, nExtremes, 1);
    }
  }
  const [peakDb, valleyDb] = [peaks.map(toDb), valleys.map(toDb)];
  const [peakFloor, valleyFloor] = [lowestDb(peakDb), lowestDb(valleyDb)];
  return Float32Array.from(peakDb, (peak, i) => Math.max(peak, peakFloor) - Math.max(valleyDb[i]!, valleyFloor));
}

const extremes = new Float64Array(64);

/** Mean magnitude of the n smallest (sign 1) or largest (sign -1) of power[from .. to). */
function meanOfExtremes(power: Float32Array, from: number, to: number, n: number, sign: 1 | -1): number {
  const last = n - 1;
  extremes.fill(Number.POSITIVE_INFINITY, 0, n);
  for (let k = from; k < to; k++) {
    const value = sign * power[k]!;
    if (value >= extremes[last]!) continue;
    let at = last;
    for (; at > 0 && extremes[at - 1]! > value; at--) extremes[at] = extremes[at - 1]!;
    extremes[at] = value;
  }
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.sqrt(sign * extremes[i]!);
  return sum / n;
}

/** Bins [first, last) of each band, and how many make an extreme; neighbours share a bin as in librosa. */
function contrastBands(binHz: number, nBins: number): { first: number; last: number; nExtremes: number }[] {
  return Array.from({ length: N_CONTRAST }, (_, b) => {
    const low = b === 0 ? 0 : CONTRAST_FROM_HZ * 2 ** (b - 1);
    const high = CONTRAST_FROM_HZ * 2 ** b;
    const first = Math.ceil(low / binHz) - (b === 0 ? 0 : 1);
    const isLast = b === N_CONTRAST - 1;
    const end = isLast ? nBins : Math.floor(high / binHz) + 1;
    const nExtremes = Math.max(1, roundHalfToEven(CONTRAST_SHARE * (end - first)));
    return { first, last: isLast ? end : end - 1, nExtremes };
  });
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
