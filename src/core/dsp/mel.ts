// Mel spectrograms equal to librosa 0.11: Slaney's mel scale and area-normalized triangles over the power spectrogram.
import type { MelProfile } from '../config/audio-profile.ts';
import { eachFrame, frameCount } from './stft.ts';

/** Slaney's Auditory Toolbox (1998): linear up to 1 kHz at 200/3 Hz a mel, then logarithmic, 27 mels to a factor of 6.4. */
const HZ_PER_MEL = 200 / 3;
const LOG_FROM_HZ = 1000;
const LOG_FROM_MEL = LOG_FROM_HZ / HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;
/** Powers below this count as silence (librosa's amin). */
const MIN_POWER = 1e-10;

export function hzToMel(hz: number): number {
  return hz < LOG_FROM_HZ ? hz / HZ_PER_MEL : LOG_FROM_MEL + Math.log(hz / LOG_FROM_HZ) / LOG_STEP;
}

export function melToHz(mel: number): number {
  return mel < LOG_FROM_MEL ? mel * HZ_PER_MEL : LOG_FROM_HZ * Math.exp(LOG_STEP * (mel - LOG_FROM_MEL));
}

/** Triangles with only their non-zero weights: band m covers the bins from first[m], with weights[m]. */
export interface MelFilters {
  first: Uint16Array;
  weights: Float64Array[];
}

type FilterProfile = Pick<MelProfile, 'sampleRateHz' | 'fftSamples' | 'nMels' | 'fMinHz' | 'fMaxHz'>;

const banks = new Map<string, MelFilters>();

/** librosa.filters.mel(htk=False, norm='slaney'): each triangle has area 2 / (upper - lower) Hz. */
export function melFilters(profile: FilterProfile): MelFilters {
  const { sampleRateHz, fftSamples, nMels, fMinHz, fMaxHz } = profile;
  const key = [sampleRateHz, fftSamples, nMels, fMinHz, fMaxHz].join();
  const known = banks.get(key);
  if (known) return known;
  const [low, high] = [hzToMel(fMinHz), hzToMel(fMaxHz)];
  const edges = Array.from({ length: nMels + 2 }, (_, i) => melToHz(low + ((high - low) * i) / (nMels + 1)));
  const bank: MelFilters = { first: new Uint16Array(nMels), weights: [] };
  for (let m = 0; m < nMels; m++) {
    const [lower, centre, upper] = [edges[m]!, edges[m + 1]!, edges[m + 2]!];
    const binHz = sampleRateHz / fftSamples;
    const firstBin = Math.max(0, Math.ceil(lower / binHz));
    const lastBin = Math.min(fftSamples / 2, Math.floor(upper / binHz));
    bank.first[m] = firstBin;
    bank.weights.push(
      Float64Array.from({ length: Math.max(0, lastBin - firstBin + 1) }, (_, i) => {
        const hz = (firstBin + i) * binHz;
        const height = Math.min((hz - lower) / (centre - lower), (upper - hz) / (upper - centre));
        return (Math.max(0, height) * 2) / (upper - lower);
      }),
    );
  }
  banks.set(key, bank);
  return bank;
}

/** Adds up one frame's power spectrum in mel bands: writes out[at .. at + nMels). */
export function applyMel(bank: MelFilters, power: Float32Array | Float64Array, row: number, out: Float32Array, at: number): void {
  for (let m = 0; m < bank.weights.length; m++) {
    const weights = bank.weights[m]!;
    const start = row + bank.first[m]!;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]! * power[start + i]!;
    out[at + m] = sum;
  }
}

/**
 * librosa.feature.melspectrogram(center=True, pad_mode='constant', power=2), transposed.
 * @param mono22k Float32Array [nSamples], amplitude, at profile.sampleRateHz
 * @returns Float32Array [nFrames x nMels], power >= 0, nFrames = 1 + floor(nSamples / hopSamples)
 */
export function melPower(mono22k: Float32Array, profile: MelProfile): Float32Array {
  const { hopSamples, fftSamples, nMels } = profile;
  const bank = melFilters(profile);
  const mel = new Float32Array(frameCount(mono22k.length, hopSamples) * nMels);
  const power = new Float64Array(fftSamples / 2 + 1);
  eachFrame(mono22k, { fftSamples, hopSamples, pad: 'zero' }, (frame, re, im) => {
    for (let k = 0; k < power.length; k++) power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
    applyMel(bank, power, 0, mel, frame * nMels);
  });
  return mel;
}

/**
 * The same from a power spectrogram that is at hand.
 * @param power Float32Array [nFrames x (fftSamples / 2 + 1)]
 * @returns Float32Array [nFrames x nMels], power
 */
export function melFromPower(power: Float32Array, profile: FilterProfile): Float32Array {
  const nBins = profile.fftSamples / 2 + 1;
  const nFrames = power.length / nBins;
  const bank = melFilters(profile);
  const mel = new Float32Array(nFrames * profile.nMels);
  for (let frame = 0; frame < nFrames; frame++) applyMel(bank, power, frame * nBins, mel, frame * profile.nMels);
  return mel;
}

/**
 * Decibels below a reference: 10 log10(max(1e-10, S) / max(1e-10, ref)), cut to floorDb..0. Silence is floorDb everywhere.
 * @param power Float32Array of any shape
 * @param referencePower power that counts as 0 dB, usually the window's maximum
 * @param floorDb lowest value, < 0
 * @returns Float32Array of the same shape, dB
 */
export function melDb(power: Float32Array, referencePower: number, floorDb: number): Float32Array {
  const db = new Float32Array(power.length);
  if (!(referencePower > MIN_POWER)) return db.fill(floorDb);
  const offset = 10 * Math.log10(referencePower);
  for (let i = 0; i < db.length; i++) {
    const value = 10 * Math.log10(Math.max(MIN_POWER, power[i]!)) - offset;
    db[i] = Math.min(0, Math.max(floorDb, value));
  }
  return db;
}

/** Largest value, 0 for an empty array: the usual reference for `melDb`. */
export function maxPower(power: Float32Array): number {
  let max = 0;
  for (const value of power) if (value > max) max = value;
  return max;
}
