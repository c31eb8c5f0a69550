// Onset strength: how much the mel spectrum grows from frame to frame (librosa 0.11, onset.onset_strength).

/** librosa.power_to_db: powers below 1e-10 and values 80 dB under the maximum are cut. */
const MIN_POWER = 1e-10;
const TOP_DB = 80;
/** An onset is a local maximum over this many frames to each side ... */
const PEAK_REACH_FRAMES = 2;
/** ... that stands this many dB of mean growth above the mean of its surroundings, this many frames to each side. */
const PEAK_DELTA_DB = 1;
const MEAN_REACH_FRAMES = 12;

/** dB relative to power 1, cut TOP_DB below the maximum. */
function logMel(mel: Float32Array): Float32Array {
  const db = new Float32Array(mel.length);
  let max = -Infinity;
  for (let i = 0; i < mel.length; i++) {
    db[i] = 10 * Math.log10(Math.max(MIN_POWER, mel[i]!));
    if (db[i]! > max) max = db[i]!;
  }
  for (let i = 0; i < db.length; i++) if (db[i]! < max - TOP_DB) db[i] = max - TOP_DB;
  return db;
}

/**
 * Spectral flux of the log-mel spectrogram, mean over the bands of the positive differences between neighbouring frames, delayed
 * so that it is centred on the frame (Boeck & Widmer 2013 without vibrato suppression).
 * @param mel Float32Array [nFrames x nMels], power
 * @returns Float32Array [nFrames], dB >= 0
 */
export function onsetStrength(mel: Float32Array, nMels: number, fftSamples: number, hopSamples: number): Float32Array {
  const nFrames = mel.length / nMels;
  const strength = new Float32Array(nFrames);
  const db = logMel(mel);
  const lag = 1;
  const shift = Math.floor(fftSamples / (2 * hopSamples));
  for (let frame = lag; frame + shift < nFrames; frame++) {
    const row = frame * nMels;
    let sum = 0;
    for (let m = 0; m < nMels; m++) sum += Math.max(0, db[row + m]! - db[row - nMels + m]!);
    strength[frame + shift] = sum / nMels;
  }
  return strength;
}

/** Number of clear peaks of an onset strength curve: notes and hits. */
export function countOnsets(strength: Float32Array): number {
  let count = 0;
  for (let i = 0; i < strength.length; i++) {
    const from = Math.max(0, i - PEAK_REACH_FRAMES);
    const to = Math.min(strength.length - 1, i + PEAK_REACH_FRAMES);
    let isPeak = true;
    for (let j = from; j <= to && isPeak; j++)
      isPeak = strength[j]! < strength[i]! || j === i || (j > i && strength[j] === strength[i]);
    if (isPeak && strength[i]! > meanAround(strength, i) + PEAK_DELTA_DB) count++;
  }
  return count;
}

function meanAround(values: Float32Array, centre: number): number {
  const from = Math.max(0, centre - MEAN_REACH_FRAMES);
  const to = Math.min(values.length, centre + MEAN_REACH_FRAMES + 1);
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum / (to - from);
}
