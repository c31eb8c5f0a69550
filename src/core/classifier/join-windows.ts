// One verdict per track from many windows: the mean of the windows' calibrated probabilities and of their embeddings.
import { softmax } from '../nn/softmax.ts';
import type { WindowVerdict } from './classifier.ts';

export interface TrackVerdict {
  /** Float32Array [embeddingSize] */
  embedding: Float32Array;
  /** Float32Array [nGenres], sums to 1. */
  probabilities: Float32Array;
}

/** @param verdicts at least one */
export function joinWindows(verdicts: readonly WindowVerdict[], temperature: number): TrackVerdict {
  return {
    embedding: meanVector(verdicts.map((verdict) => verdict.embedding)),
    probabilities: meanVector(verdicts.map((verdict) => softmax(verdict.logits, temperature))),
  };
}

/** Mean of vectors of one length, Float32Array [n]. */
export function meanVector(rows: readonly Float32Array[]): Float32Array {
  const sum = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + row[i]!;
  return Float32Array.from(sum, (value) => value / rows.length);
}
