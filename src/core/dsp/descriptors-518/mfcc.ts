// Mel-frequency cepstral coefficients, as librosa 0.11's mfcc: orthonormal DCT-II of the mel spectrogram in dB.
import { lowestDb, toDb } from './decibels.ts';

export const N_MFCC = 20;

/** @param mel Float32Array [nFrames x nMels], power @returns Float32Array [nFrames x 20] */
export function mfcc(mel: Float32Array, nMels: number): Float32Array {
  const db = new Float64Array(mel.length);
  for (let i = 0; i < mel.length; i++) db[i] = toDb(mel[i]!);
  const floor = lowestDb(db);
  for (let i = 0; i < db.length; i++) if (db[i]! < floor) db[i] = floor;
  const basis = dctBasis(nMels);
  const nFrames = mel.length / nMels;
  const out = new Float32Array(nFrames * N_MFCC);
  for (let frame = 0; frame < nFrames; frame++) {
    for (let c = 0; c < N_MFCC; c++) out[frame * N_MFCC + c] = dot(basis, c * nMels, db, frame * nMels, nMels);
  }
  return out;
}

function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[aStart + i]! * b[bStart + i]!;
  return sum;
}

const bases = new Map<number, Float64Array>();

/** Float64Array [20 x n] */
function dctBasis(n: number): Float64Array {
  const known = bases.get(n);
  if (known) return known;
  const basis = Float64Array.from({ length: N_MFCC * n }, (_, i) => {
    const c = Math.floor(i / n);
    return Math.sqrt((c === 0 ? 1 : 2) / n) * Math.cos((Math.PI * c * (2 * (i % n) + 1)) / (2 * n));
  });
  bases.set(n, basis);
  return basis;
}
