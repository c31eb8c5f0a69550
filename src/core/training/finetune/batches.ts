// Which windows a training hears in an epoch, and which stretch of each: every genre equally often, in random order. The random
// numbers follow from seed and epoch, so a resumed training hears what an uninterrupted one would have heard.
import { MEL_PROFILE } from '../../config/audio-profile.ts';
import { createRandom, type Random, shuffled } from '../random.ts';
import { augment } from './augmentation.ts';
import type { LabelledWindow, RunReader } from './run-folder.ts';
import type { Recipe } from './run-plan.ts';

export interface Crop {
  window: LabelledWindow;
  /** First mel frame. */
  from: number;
  /** Of its random variation; null leaves it as it is. */
  variation: number | null;
}

export interface Batch {
  crops: Crop[];
  /** Mel frames of each; a shorter window is repeated. */
  nFrames: number;
}

const EPOCH_STRIDE = 1_000_003;

/** Steps of an epoch: as many windows as there are, up to the recipe's limit. */
export function stepsPerEpoch(nWindows: number, { batchSize, maxSteps }: Recipe): number {
  return Math.min(maxSteps, Math.ceil(nWindows / batchSize));
}

/** @param epoch from 1 @param windows what there is to learn from, at least one a genre */
export function planEpoch(windows: readonly LabelledWindow[], recipe: Recipe, seed: number, epoch: number): Batch[] {
  const random = createRandom(Math.imul(seed, EPOCH_STRIDE) + epoch);
  const next = balancedDraw(windows, random);
  return Array.from({ length: stepsPerEpoch(windows.length, recipe) }, () => {
    const drawn = Array.from({ length: recipe.batchSize }, next);
    const nFrames = Math.min(recipe.cropFrames, Math.max(...drawn.map((window) => window.nFrames)));
    const crops = drawn.map((window) => ({
      window,
      from: random.below(Math.max(1, window.nFrames - nFrames + 1)),
      variation: random.below(2 ** 31),
    }));
    return { crops, nFrames };
  });
}

/** Draws windows genre by genre; a genre's windows come again only when all of them have been drawn. */
function balancedDraw(windows: readonly LabelledWindow[], random: Random): () => LabelledWindow {
  const byGenre = [...Map.groupBy(windows, (window) => window.class).entries()].sort(([a], [b]) => a - b);
  const left = byGenre.map((): LabelledWindow[] => []);
  let genres: number[] = [];
  return () => {
    if (genres.length === 0) genres = shuffled(byGenre.keys(), random);
    const genre = genres.pop()!;
    if (left[genre]!.length === 0) left[genre] = shuffled(byGenre[genre]![1], random);
    return left[genre]!.pop()!;
  };
}

/** The crops' mel spectrograms, Float32Array [crops x nFrames x nMels], dB. */
export async function readBatch(run: RunReader, { crops, nFrames }: Batch): Promise<Float32Array> {
  const size = nFrames * MEL_PROFILE.nMels;
  const melDb = new Float32Array(crops.length * size);
  for (const [i, { window, from, variation }] of crops.entries()) {
    await run.read(window, from, nFrames, melDb, i * size);
    if (variation !== null) augment(melDb.subarray(i * size, (i + 1) * size), run.plan.recipe, createRandom(variation));
  }
  return melDb;
}

/** One window, whole and as it is. */
export function wholeWindow(window: LabelledWindow): Batch {
  return { crops: [{ window, from: 0, variation: null }], nFrames: window.nFrames };
}

/** Whole windows, a few of one length at a time, in their order. */
export function wholeWindows(windows: readonly LabelledWindow[], batchSize: number): Batch[] {
  const batches: Batch[] = [];
  for (const window of windows) {
    const last = batches.at(-1);
    if (last && last.nFrames === window.nFrames && last.crops.length < batchSize)
      last.crops.push({ window, from: 0, variation: null });
    else batches.push(wholeWindow(window));
  }
  return batches;
}
