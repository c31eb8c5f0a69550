// A head applied: features of windows in, calibrated probabilities of tracks out.

import type { ModelGuess } from '../../domain/track.ts';
import { type Head, type HeadDataset, nTrackFeatures } from '../../domain/training.ts';
import { standardizeRow } from './feature-scale.ts';
import { joinWindows } from './join-rules.ts';
import { createKernelScorer } from './kernel-scores.ts';
import { multiplyTransposed } from './matrix-kernels.ts';

/** Tracks to score: windowStart, embeddings and trackFeatures as in HeadDataset. */
export type ScoredFeatures = Pick<HeadDataset, 'windowStart' | 'embeddings' | 'trackFeatures'>;

export interface HeadScorer {
  /** Scores before calibration, Float32Array [nWindows x nGenres]. */
  windowLogits(tracks: ScoredFeatures): Float32Array;
  /** Calibrated, Float32Array [nWindows x nGenres], rows sum to 1. */
  windowProbabilities(tracks: ScoredFeatures): Float32Array;
  /** Calibrated and joined by the head's rule, Float32Array [nTracks x nGenres], rows sum to 1. */
  trackProbabilities(tracks: ScoredFeatures): Float32Array;
}

/** Guesses shown for a track. */
const N_GUESSES = 3;
const BLOCK_ROWS = 64;

/** Prepares a head for many tracks; give it some thousands a call, and call it as often as needed. */
export function createHeadScorer(head: Head): HeadScorer {
  const nGenres = head.genres.length;
  const windowLogits = head.kernel ? createKernelScorer(head) : createLinearScorer(head);
  const windowProbabilities = (tracks: ScoredFeatures) => softmaxRows(windowLogits(tracks), nGenres, head.temperature);
  const trackProbabilities = (tracks: ScoredFeatures) =>
    joinWindows(head.join, windowProbabilities(tracks), tracks.windowStart, nGenres, head.neighbours);
  return { windowLogits, windowProbabilities, trackProbabilities };
}

/** What a track's own features give is computed once. */
function createLinearScorer(head: Head): (tracks: ScoredFeatures) => Float32Array {
  const nGenres = head.genres.length;
  const fromEmbeddings = partScores(head, 0, head.embeddingSize);
  const fromTracks = partScores(head, head.embeddingSize, nTrackFeatures(head));
  return ({ windowStart, embeddings, trackFeatures }) => {
    const nTracks = windowStart.length - 1;
    const logits = fromEmbeddings(embeddings, windowStart[nTracks]!);
    const shared = fromTracks(trackFeatures, nTracks);
    for (let t = 0; t < nTracks; t++) {
      for (let window = windowStart[t]!; window < windowStart[t + 1]!; window++) {
        for (let c = 0; c < nGenres; c++) {
          const at = window * nGenres + c;
          logits[at] = logits[at]! + shared[t * nGenres + c]! + head.bias[c]!;
        }
      }
    }
    return logits;
  };
}

/** weights z of the features offset..offset + d - 1, for n rows at a time, Float32Array [n x nGenres]. */
function partScores(head: Head, offset: number, d: number): (rows: Float32Array, n: number) => Float32Array {
  const m = head.genres.length;
  const nFeatures = head.embeddingSize + nTrackFeatures(head);
  const weights = new Float64Array(m * d);
  for (let c = 0; c < m; c++) weights.set(head.weights.subarray(c * nFeatures + offset, c * nFeatures + offset + d), c * d);
  const z = new Float64Array(BLOCK_ROWS * d);
  const scores = new Float64Array(BLOCK_ROWS * m);
  return (rows, n) => {
    const out = new Float32Array(n * m);
    for (let start = 0; start < n && d > 0; start += BLOCK_ROWS) {
      const nBlock = Math.min(BLOCK_ROWS, n - start);
      for (let i = 0; i < nBlock; i++) standardizeRow(rows, start + i, d, head, offset, z, i * d);
      multiplyTransposed(z, weights, nBlock, m, d, scores);
      out.set(scores.subarray(0, nBlock * m), start * m);
    }
    return out;
  };
}

/** softmax(logits / temperature) of each row of m, in place. */
export function softmaxRows(logits: Float32Array, m: number, temperature: number): Float32Array {
  for (let start = 0; start < logits.length; start += m) {
    let max = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < m; c++) max = Math.max(max, logits[start + c]!);
    let sum = 0;
    for (let c = 0; c < m; c++) {
      const e = Math.exp((logits[start + c]! - max) / temperature);
      logits[start + c] = e;
      sum += e;
    }
    for (let c = 0; c < m; c++) logits[start + c] = logits[start + c]! / sum;
  }
  return logits;
}

/** Probabilities of the tracks, Float32Array [nTracks x nGenres]; for one call only, otherwise keep a scorer. */
export function trackProbabilities(head: Head, tracks: ScoredFeatures): Float32Array {
  return createHeadScorer(head).trackProbabilities(tracks);
}

/**
 * The three likeliest genres of one track, and whether the likeliest stays below its threshold.
 * @param probabilities Float32Array [nGenres]
 */
export function bestGuess(probabilities: Float32Array, head: Pick<Head, 'genres' | 'thresholds'>): ModelGuess {
  const order = Array.from(probabilities, (_, i) => i).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  const best = order[0]!;
  return {
    genres: order.slice(0, N_GUESSES).map((i) => ({ name: head.genres[i]!, probability: probabilities[i]! })),
    isUnknown: probabilities[best]! < head.thresholds[best]!,
  };
}
