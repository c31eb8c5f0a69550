// Chroma of the constant-Q transform, its smoothed form CENS, and the tonal centroid, as librosa 0.11.
import { N_CHROMA } from '../chroma.ts';
import { CQT_BINS } from './constant-q.ts';

/** CENS (Müller and Ewert 2011): steps of the quantization, each worth a quarter. */
const STEPS = [0.4, 0.2, 0.1, 0.05];
const STEP_WEIGHT = 0.25;
const SMOOTHING_FRAMES = 41;

export const N_TONNETZ = 6;
/** Fifths, minor and major thirds as circles (Harte, Sandler and Gasser 2006): how often each is gone round, and its radius. */
const CIRCLES = [
  { turns: 7 / 6, radius: 1 },
  { turns: 3 / 2, radius: 1 },
  { turns: 2 / 3, radius: 0.5 },
];

/**
 * Octaves added up, the largest class of each frame 1 (0 in silence).
 * @param cqt Float32Array [nFrames x 84], magnitude from C1
 * @returns Float32Array [nFrames x 12], from C upwards
 */
export function chromaCqt(cqt: Float32Array): Float32Array {
  const chroma = foldOctaves(cqt);
  eachRow(chroma, (row) => {
    const max = row.reduce((most, value) => Math.max(most, value), 0);
    divide(row, max);
  });
  return chroma;
}

/** Quantized, smoothed over 41 frames, each frame of length 1. Float32Array [nFrames x 12] */
export function chromaCens(cqt: Float32Array): Float32Array {
  const chroma = foldOctaves(cqt);
  eachRow(chroma, (row) => {
    divide(
      row,
      row.reduce((sum, value) => sum + value, 0),
    );
    for (let c = 0; c < N_CHROMA; c++) {
      const share = row[c]!;
      row[c] = STEPS.reduce((sum, step) => sum + (share > step ? STEP_WEIGHT : 0), 0);
    }
  });
  const smooth = smoothed(chroma);
  eachRow(smooth, (row) => divide(row, Math.hypot(...row)));
  return smooth;
}

/** @param chroma Float32Array [nFrames x 12] @returns Float32Array [nFrames x 6]: fifth x, y, minor third x, y, major third x, y */
export function tonnetz(chroma: Float32Array): Float32Array {
  const nFrames = chroma.length / N_CHROMA;
  const out = new Float32Array(nFrames * N_TONNETZ);
  for (let frame = 0; frame < nFrames; frame++) {
    const row = chroma.subarray(frame * N_CHROMA, (frame + 1) * N_CHROMA);
    const sum = row.reduce((total, value) => total + Math.abs(value), 0) || 1;
    for (const [i, { turns, radius }] of CIRCLES.entries()) {
      for (let c = 0; c < N_CHROMA; c++) {
        const angle = Math.PI * turns * c;
        const share = (radius * row[c]!) / sum;
        out[frame * N_TONNETZ + 2 * i] = out[frame * N_TONNETZ + 2 * i]! + share * Math.sin(angle);
        out[frame * N_TONNETZ + 2 * i + 1] = out[frame * N_TONNETZ + 2 * i + 1]! + share * Math.cos(angle);
      }
    }
  }
  return out;
}

function foldOctaves(cqt: Float32Array): Float32Array {
  const nFrames = cqt.length / CQT_BINS;
  const chroma = new Float32Array(nFrames * N_CHROMA);
  for (let frame = 0; frame < nFrames; frame++) {
    for (let bin = 0; bin < CQT_BINS; bin++) {
      const at = frame * N_CHROMA + (bin % N_CHROMA);
      chroma[at] = chroma[at]! + cqt[frame * CQT_BINS + bin]!;
    }
  }
  return chroma;
}

/** Convolution over time with a Hann window of sum 1; what lies beyond the ends counts as 0. */
function smoothed(chroma: Float32Array): Float32Array {
  const nFrames = chroma.length / N_CHROMA;
  const half = (SMOOTHING_FRAMES + 1) / 2;
  const window = Float64Array.from({ length: SMOOTHING_FRAMES + 2 }, (_, t) => 0.5 - 0.5 * Math.cos((Math.PI * t) / half));
  const sum = window.reduce((total, value) => total + value, 0);
  const out = new Float32Array(chroma.length);
  for (let frame = 0; frame < nFrames; frame++) {
    for (let t = 0; t < window.length; t++) {
      const from = frame + t - half;
      if (from < 0 || from >= nFrames) continue;
      const weight = window[t]! / sum;
      for (let c = 0; c < N_CHROMA; c++) {
        const at = frame * N_CHROMA + c;
        out[at] = out[at]! + weight * chroma[from * N_CHROMA + c]!;
      }
    }
  }
  return out;
}

function eachRow(chroma: Float32Array, visit: (row: Float32Array) => void): void {
  for (let at = 0; at < chroma.length; at += N_CHROMA) visit(chroma.subarray(at, at + N_CHROMA));
}

/** Rows of next to nothing stay as they are, as in librosa. */
function divide(row: Float32Array, by: number): void {
  if (by > Number.MIN_VALUE) for (let c = 0; c < row.length; c++) row[c] = row[c]! / by;
}
