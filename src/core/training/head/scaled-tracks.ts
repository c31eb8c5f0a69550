// Labelled tracks, and some without labels, as rows of scaled features: what a kernel head's fit sees.
import { type FeatureShape, type HeadDataset, KERNEL_CLIP, nTrackFeatures } from '../../domain/training.ts';
import { createRandom, shuffledOrder } from '../random.ts';
import { type FeatureScale, standardizeRow } from './feature-scale.ts';
import type { Rows } from './fit-linear.ts';
import { squaredDistances } from './kernel-map.ts';
import { neighbourhoodOf } from './label-spreading.ts';
import { FEW_LABELS, MAX_GUESSED, MIN_GUESSED, type UnlabelledRows } from './self-training.ts';

/** Values within -KERNEL_CLIP..KERNEL_CLIP; a missing feature is 0. */
export interface ScaledTracks {
  /** Embedding and its track's own features of every window. */
  windows: Rows;
  /** Means of the tracks' windows. */
  tracks: Rows;
  /** A random choice of the background. */
  others: UnlabelledRows;
}

export function scaleTracks(dataset: HeadDataset, scale: FeatureScale, seed: number): ScaledTracks {
  const { embeddingSize, windowStart, background } = dataset;
  const k = embeddingSize + nTrackFeatures(dataset);
  const nTracks = windowStart.length - 1;
  const windows = new Float64Array(windowStart[nTracks]! * k);
  for (let t = 0; t < nTracks; t++) {
    for (let window = windowStart[t]!; window < windowStart[t + 1]!; window++)
      scaleInto(windows, window, dataset, window, t, scale);
  }
  const nOthers = embeddingSize > 0 ? background.embeddings.length / embeddingSize : 0;
  const chosen = shuffledOrder(nOthers, createRandom(seed)).slice(0, MAX_GUESSED);
  const others = new Float64Array(chosen.length * k);
  for (const [i, track] of chosen.entries()) scaleInto(others, i, { ...dataset, ...background }, track, track, scale);
  const tracks = trackMeans(windows, windowStart, k);
  return { windows: { values: windows, k }, ...withDistances({ values: tracks, k }, { values: others, k }, equalKinds(dataset)) };
}

/** Distances are measured only where guesses help. */
function withDistances(tracks: Rows, others: Rows, prior: Float32Array): Pick<ScaledTracks, 'tracks' | 'others'> {
  const [nTracks, nOthers] = [tracks, others].map(({ values, k }) => values.length / k);
  if (nTracks! >= FEW_LABELS || nOthers! < MIN_GUESSED) return { tracks, others: { ...others, prior, around: null } };
  return {
    tracks: { ...tracks, toOthers: squaredDistances(prior, tracks, others) },
    others: { ...others, prior, around: neighbourhoodOf(squaredDistances(prior, others, others)) },
  };
}

/** Every kind of features weighs the same, whatever its number. */
function equalKinds({ embeddingSize, nDescriptors, nStemFeatures }: FeatureShape): Float32Array {
  const kinds = [embeddingSize, nDescriptors, nStemFeatures].filter((size) => size > 0);
  return Float32Array.of(...kinds.flatMap((size) => new Array<number>(size).fill(1 / kinds.length / size)));
}

type Features = Pick<HeadDataset, 'embeddings' | 'trackFeatures' | keyof FeatureShape>;

function scaleInto(out: Float64Array, row: number, from: Features, window: number, track: number, scale: FeatureScale): void {
  const { embeddings, embeddingSize, trackFeatures } = from;
  const nOwn = nTrackFeatures(from);
  const k = embeddingSize + nOwn;
  standardizeRow(embeddings, window, embeddingSize, scale, 0, out, row * k);
  standardizeRow(trackFeatures, track, nOwn, scale, embeddingSize, out, row * k + embeddingSize);
  for (let at = row * k; at < (row + 1) * k; at++) out[at] = Math.max(-KERNEL_CLIP, Math.min(KERNEL_CLIP, out[at]!));
}

/** Mean of each track's windows, Float64Array [nTracks x k]. */
export function trackMeans(windows: Float64Array, windowStart: Int32Array, k: number): Float64Array {
  const nTracks = windowStart.length - 1;
  const means = new Float64Array(nTracks * k);
  for (let t = 0; t < nTracks; t++) {
    const [from, to] = [windowStart[t]!, windowStart[t + 1]!];
    for (let window = from; window < to; window++) {
      for (let j = 0; j < k; j++) means[t * k + j] = means[t * k + j]! + windows[window * k + j]! / (to - from);
    }
  }
  return means;
}
