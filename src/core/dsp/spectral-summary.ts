// Shape of the spectrum in five numbers, each the mean over frames, as librosa 0.11's features of the same names.
import type { SpectralSummary } from '../domain/track.ts';

/** Share of the magnitude below the roll-off frequency. */
const ROLLOFF_SHARE = 0.85;
/** librosa's amin for flatness, and its threshold below which a sample is neither above nor below zero. */
const MIN_POWER = 1e-10;
const ZERO_THRESHOLD = 1e-10;

/**
 * @param power Float32Array [nFrames x (fftSamples / 2 + 1)], zero-padded centred frames
 * @param mono Float32Array [nSamples], the same signal
 */
export function summarizeSpectrum(
  power: Float32Array,
  mono: Float32Array,
  { sampleRateHz, fftSamples, hopSamples }: { sampleRateHz: number; fftSamples: number; hopSamples: number },
): SpectralSummary {
  const nBins = fftSamples / 2 + 1;
  const nFrames = power.length / nBins;
  const binHz = sampleRateHz / fftSamples;
  const sum = { centroidHz: 0, bandwidthHz: 0, rolloffHz: 0, flatness: 0 };
  const magnitude = new Float64Array(nBins);
  for (let frame = 0; frame < nFrames; frame++) {
    const row = power.subarray(frame * nBins, (frame + 1) * nBins);
    let total = 0;
    for (let k = 0; k < nBins; k++) {
      magnitude[k] = Math.sqrt(row[k]!);
      total += magnitude[k]!;
    }
    const { centroid, bandwidth, rolloff } = momentsOf(magnitude, total);
    sum.centroidHz += centroid * binHz;
    sum.bandwidthHz += bandwidth * binHz;
    sum.rolloffHz += rolloff * binHz;
    sum.flatness += flatnessOf(row);
  }
  return {
    centroidHz: sum.centroidHz / nFrames,
    bandwidthHz: sum.bandwidthHz / nFrames,
    rolloffHz: sum.rolloffHz / nFrames,
    flatness: sum.flatness / nFrames,
    zeroCrossingRate: zeroCrossingRate(mono, fftSamples, hopSamples, nFrames),
  };
}

/** Centroid, spread around it and roll-off of one magnitude spectrum, in bins; 0 in silence. */
function momentsOf(magnitude: Float64Array, total: number): { centroid: number; bandwidth: number; rolloff: number } {
  if (!(total > 0)) return { centroid: 0, bandwidth: 0, rolloff: 0 };
  let centroid = 0;
  for (let k = 0; k < magnitude.length; k++) centroid += k * magnitude[k]!;
  centroid /= total;
  let spread = 0;
  let rolloff = -1;
  let below = 0;
  for (let k = 0; k < magnitude.length; k++) {
    spread += magnitude[k]! * (k - centroid) ** 2;
    below += magnitude[k]!;
    if (rolloff < 0 && below >= ROLLOFF_SHARE * total) rolloff = k;
  }
  return { centroid, bandwidth: Math.sqrt(spread / total), rolloff };
}

/** Geometric over arithmetic mean of the power, 0 (tone) .. 1 (noise, silence). */
function flatnessOf(power: Float32Array): number {
  let logSum = 0;
  let sum = 0;
  for (let k = 0; k < power.length; k++) {
    const value = Math.max(MIN_POWER, power[k]!);
    logSum += Math.log(value);
    sum += value;
  }
  return Math.exp(logSum / power.length) / (sum / power.length);
}

/** Mean share of samples whose sign differs from the sample before, over centred frames whose edges repeat the end samples. */
function zeroCrossingRate(mono: Float32Array, frameSamples: number, hopSamples: number, nFrames: number): number {
  // crossings[i] = number of sign changes up to and including sample i
  const crossings = new Uint32Array(mono.length);
  const isNegative = (sample: number): boolean => sample < -ZERO_THRESHOLD;
  for (let i = 1; i < mono.length; i++) {
    crossings[i] = crossings[i - 1]! + (isNegative(mono[i]!) === isNegative(mono[i - 1]!) ? 0 : 1);
  }
  const last = mono.length - 1;
  let sum = 0;
  for (let frame = 0; frame < nFrames; frame++) {
    const start = frame * hopSamples - frameSamples / 2;
    const from = Math.min(last, Math.max(0, start));
    const to = Math.min(last, Math.max(0, start + frameSamples - 1));
    sum += (crossings[to] ?? 0) - (crossings[from] ?? 0);
  }
  return sum / (nFrames * frameSamples);
}
