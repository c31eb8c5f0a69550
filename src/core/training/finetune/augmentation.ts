// Random variations of a window's mel spectrogram, so that a network learns the music and not the recording: another tone, and a
// band and a span of time left out (SpecAugment, Park et al. 2019). The same two as in training/classifier/augmentation.py.
import { MEL_PROFILE } from '../../config/audio-profile.ts';
import { normal, type Random } from '../random.ts';
import type { Recipe } from './run-plan.ts';

const { nMels, floorDb } = MEL_PROFILE;
/** The tone is a curve through so many points, evenly spaced over the mel bands. */
const N_TONE_POINTS = 6;
const MAX_BAND_MELS = 16;
/** Longest span left out, as a share of the window. */
const MAX_SPAN = 1 / 6;

export type Augmentation = Pick<Recipe, 'toneDb' | 'maskProbability'>;

/** Changes mel frames in place. @param melDb Float32Array [nFrames x nMels], dB, floor..0 */
export function augment(melDb: Float32Array, { toneDb, maskProbability }: Augmentation, random: Random): void {
  if (toneDb > 0) changeTone(melDb, toneDb, random);
  const nFrames = melDb.length / nMels;
  const mean = melDb.reduce((sum, value) => sum + value, 0) / melDb.length;
  if (random.next() < maskProbability) {
    const width = 2 + random.below(MAX_BAND_MELS - 1);
    const low = random.below(nMels - width);
    for (let frame = 0; frame < nFrames; frame++) melDb.fill(mean, frame * nMels + low, frame * nMels + low + width);
  }
  if (random.next() < maskProbability) {
    const length = 1 + random.below(Math.max(1, Math.floor(nFrames * MAX_SPAN)));
    const start = random.below(nFrames - length + 1);
    melDb.fill(mean, start * nMels, (start + length) * nMels);
  }
}

/** Adds a smooth random curve over the bands; the loudest bin stands at 0 dB again, and the floor stays the floor. */
function changeTone(melDb: Float32Array, toneDb: number, random: Random): void {
  const points = Float64Array.from({ length: N_TONE_POINTS }, () => toneDb * normal(random));
  const curve = Float64Array.from({ length: nMels }, (_, band) => {
    const position = (band / (nMels - 1)) * (N_TONE_POINTS - 1);
    const left = Math.min(N_TONE_POINTS - 2, Math.floor(position));
    return points[left]! + (points[left + 1]! - points[left]!) * (position - left);
  });
  let loudest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < melDb.length; i++) loudest = Math.max(loudest, melDb[i]! + curve[i % nMels]!);
  for (let i = 0; i < melDb.length; i++) {
    if (melDb[i]! > floorDb) melDb[i] = Math.max(floorDb, melDb[i]! + curve[i % nMels]! - loudest);
  }
}
