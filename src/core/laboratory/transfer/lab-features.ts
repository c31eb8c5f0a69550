// Features of some tracks out of those of many.
import type { LabFeatures } from '../../domain/laboratory.ts';
import { nTrackFeatures } from '../../domain/training.ts';
import { pick } from '../rows.ts';

/** The tracks named, with their windows. */
export function selectFeatures(features: LabFeatures, ids: Int32Array): LabFeatures {
  const { windowStart, embeddings, embeddingSize, trackFeatures } = features;
  const windows: number[] = [];
  const starts = new Int32Array(ids.length + 1);
  for (const [i, id] of ids.entries()) {
    for (let window = windowStart[id]!; window < windowStart[id + 1]!; window++) windows.push(window);
    starts[i + 1] = windows.length;
  }
  return {
    ...features,
    windowStart: starts,
    embeddings: pick(embeddings, embeddingSize, Int32Array.from(windows)),
    trackFeatures: pick(trackFeatures, nTrackFeatures(features), ids),
  };
}

/** Every track with its middle window only. */
export function middleWindows(features: LabFeatures): LabFeatures {
  const { windowStart, embeddings, embeddingSize } = features;
  const nTracks = windowStart.length - 1;
  const middle = Int32Array.from({ length: nTracks }, (_, i) => (windowStart[i]! + windowStart[i + 1]! - 1) >> 1);
  return {
    ...features,
    windowStart: Int32Array.from({ length: nTracks + 1 }, (_, i) => i),
    embeddings: pick(embeddings, embeddingSize, middle),
  };
}

/** Mean of each track's windows, Float32Array [nTracks x embeddingSize]. */
export function meanEmbeddings({ windowStart, embeddings, embeddingSize }: LabFeatures): Float32Array {
  const means = new Float32Array((windowStart.length - 1) * embeddingSize);
  for (let track = 0; track + 1 < windowStart.length; track++) {
    const [from, to] = [windowStart[track]!, windowStart[track + 1]!];
    for (let j = 0; j < embeddingSize; j++) {
      let sum = 0;
      for (let window = from; window < to; window++) sum += embeddings[window * embeddingSize + j]!;
      means[track * embeddingSize + j] = sum / (to - from);
    }
  }
  return means;
}
