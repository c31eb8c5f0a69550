// How the calibrated probabilities of a track's windows become those of the track.
import type { Head, JoinRule } from '../../domain/training.ts';
import { multiplyTransposed } from './matrix-kernels.ts';

/** Calibrated window probabilities of labelled windows, and their classes. */
export type Neighbours = NonNullable<Head['neighbours']>;

/** Nearest labelled windows that vote for each window. */
export const N_NEIGHBOURS = 15;
/** Keeps the logarithm of a vanished probability finite. */
const MIN_PROBABILITY = 1e-7;
/** Windows compared with all neighbours at once. */
const BLOCK_ROWS = 64;

/**
 * Probabilities of each track, Float32Array [nTracks x nGenres], every row sums to 1.
 * - mean: of the windows' probabilities.
 * - geometricMean: of them, scaled to sum to 1 (equals the softmax of the mean calibrated logits).
 * - majorityVote: each window votes for its likeliest genre; (votes + mean) / (nWindows + 1), so that a tie goes to the higher mean.
 * - nearestNeighbours: each window's votes are the classes of the N_NEIGHBOURS labelled windows whose probabilities are nearest to its
 *   own by Hellinger distance; (votes + mean) / (nVotes + 1).
 * @param windows Float32Array [nWindows x nGenres]
 * @param windowStart Int32Array [nTracks + 1], as in HeadDataset
 * @param neighbours needed by nearestNeighbours only; without any it is the mean
 */
export function joinWindows(
  rule: JoinRule,
  windows: Float32Array,
  windowStart: Int32Array,
  nGenres: number,
  neighbours: Neighbours | null,
): Float32Array {
  const nTracks = windowStart.length - 1;
  const joined = new Float32Array(nTracks * nGenres);
  const votes = votesOf(rule, windows, nGenres, neighbours);
  for (let t = 0; t < nTracks; t++) {
    const [from, to] = [windowStart[t]!, windowStart[t + 1]!];
    const row = joined.subarray(t * nGenres, (t + 1) * nGenres);
    if (rule === 'geometricMean') geometricMean(windows, from, to, row);
    else mean(windows, from, to, row);
    if (votes) addVotes(votes, from, to, row);
  }
  return joined;
}

/** Votes of each window by genre. */
interface Votes {
  /** Uint8Array [nWindows x nGenres] */
  counts: Uint8Array;
  perWindow: number;
}

function votesOf(rule: JoinRule, windows: Float32Array, nGenres: number, neighbours: Neighbours | null): Votes | null {
  if (rule === 'majorityVote') return winners(windows, nGenres);
  return rule === 'nearestNeighbours' && neighbours && neighbours.classes.length > 0
    ? neighbourVotes(windows, nGenres, neighbours)
    : null;
}

function winners(windows: Float32Array, nGenres: number): Votes {
  const counts = new Uint8Array(windows.length);
  for (let start = 0; start < windows.length; start += nGenres) counts[start + argmax(windows, start, nGenres)] = 1;
  return { counts, perWindow: 1 };
}

/** The row is the track's mean before, and (votes + mean) / (nVotes + 1) after. */
function addVotes({ counts, perWindow }: Votes, from: number, to: number, row: Float32Array): void {
  const m = row.length;
  for (let c = 0; c < m; c++) {
    let sum = row[c]!;
    for (let window = from; window < to; window++) sum += counts[window * m + c]!;
    row[c] = sum / (perWindow * (to - from) + 1);
  }
}

function mean(windows: Float32Array, from: number, to: number, row: Float32Array): void {
  const m = row.length;
  for (let c = 0; c < m; c++) {
    let sum = 0;
    for (let window = from; window < to; window++) sum += windows[window * m + c]!;
    row[c] = sum / (to - from);
  }
}

function geometricMean(windows: Float32Array, from: number, to: number, row: Float32Array): void {
  const m = row.length;
  const logs = new Float64Array(m);
  for (let window = from; window < to; window++) {
    for (let c = 0; c < m; c++) logs[c] = logs[c]! + Math.log(Math.max(MIN_PROBABILITY, windows[window * m + c]!)) / (to - from);
  }
  const max = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sum = logs.reduce((total, log) => total + Math.exp(log - max), 0);
  for (let c = 0; c < m; c++) row[c] = Math.exp(logs[c]! - max) / sum;
}

/** The largest dot product of square roots is the smallest Hellinger distance. */
function neighbourVotes(windows: Float32Array, nGenres: number, neighbours: Neighbours): Votes {
  const roots = Float64Array.from(neighbours.scores, Math.sqrt);
  const n = neighbours.classes.length;
  const k = Math.min(N_NEIGHBOURS, n);
  const counts = new Uint8Array(windows.length);
  const similarities = new Float64Array(BLOCK_ROWS * n);
  for (let start = 0; start < windows.length; start += BLOCK_ROWS * nGenres) {
    const block = Float64Array.from(windows.subarray(start, start + BLOCK_ROWS * nGenres), Math.sqrt);
    const nRows = block.length / nGenres;
    multiplyTransposed(block, roots, nRows, n, nGenres, similarities);
    for (let i = 0; i < nRows; i++) {
      for (const nearest of largest(similarities.subarray(i * n, (i + 1) * n), k)) {
        const at = start + i * nGenres + neighbours.classes[nearest]!;
        counts[at] = counts[at]! + 1;
      }
    }
  }
  return { counts, perWindow: k };
}

/** Places of the k largest values. */
function largest(values: Float64Array, k: number): Int32Array {
  const best = new Float64Array(k).fill(Number.NEGATIVE_INFINITY);
  const places = new Int32Array(k);
  let least = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > least) {
      insert(best, places, values[i]!, i);
      least = best[k - 1]!;
    }
  }
  return places;
}

/** Keeps the list sorted, largest first; of equals the earlier one stays ahead. */
function insert(best: Float64Array, places: Int32Array, value: number, index: number): void {
  let at = best.length - 1;
  for (; at > 0 && best[at - 1]! < value; at--) {
    best[at] = best[at - 1]!;
    places[at] = places[at - 1]!;
  }
  best[at] = value;
  places[at] = index;
}

/** Index of the largest of `length` values from `start`; of equals the first. */
export function argmax(values: Float32Array, start: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (values[start + i]! > values[start + best]!) best = i;
  return best;
}
