// How the calibrated probabilities of a track's windows become those of the track.
import type { Head, JoinRule } from '../../domain/training.ts';

/** Calibrated window probabilities of labelled windows, and their classes. */
export type Neighbours = NonNullable<Head['neighbours']>;

/** Nearest labelled windows that vote for each window. */
export const N_NEIGHBOURS = 15;
/** Keeps the logarithm of a vanished probability finite. */
const MIN_PROBABILITY = 1e-7;

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
  const vote = voteOf(rule, windows, nGenres, neighbours);
  for (let t = 0; t < nTracks; t++) {
    const [from, to] = [windowStart[t]!, windowStart[t + 1]!];
    const row = joined.subarray(t * nGenres, (t + 1) * nGenres);
    if (rule === 'geometricMean') geometricMean(windows, from, to, row);
    else mean(windows, from, to, row);
    if (vote) addVotes(vote, from, to, row);
  }
  return joined;
}

/** Adds one window's votes to `votes` and returns how many they were. */
type Vote = (window: number, votes: Float64Array) => number;

function voteOf(rule: JoinRule, windows: Float32Array, nGenres: number, neighbours: Neighbours | null): Vote | null {
  if (rule === 'majorityVote') {
    return (window, votes) => {
      const winner = argmax(windows, window * nGenres, nGenres);
      votes[winner] = votes[winner]! + 1;
      return 1;
    };
  }
  return rule === 'nearestNeighbours' && neighbours && neighbours.classes.length > 0
    ? neighbourVote(windows, nGenres, neighbours)
    : null;
}

function addVotes(vote: Vote, from: number, to: number, row: Float32Array): void {
  const votes = new Float64Array(row.length);
  let nVotes = 0;
  for (let window = from; window < to; window++) nVotes += vote(window, votes);
  for (let c = 0; c < row.length; c++) row[c] = (votes[c]! + row[c]!) / (nVotes + 1);
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
function neighbourVote(windows: Float32Array, nGenres: number, neighbours: Neighbours): Vote {
  const roots = Float64Array.from(neighbours.scores, Math.sqrt);
  const n = neighbours.classes.length;
  const k = Math.min(N_NEIGHBOURS, n);
  const similarity = new Float64Array(k);
  const nearest = new Int32Array(k);
  const own = new Float64Array(nGenres);
  return (window, votes) => {
    for (let c = 0; c < nGenres; c++) own[c] = Math.sqrt(windows[window * nGenres + c]!);
    similarity.fill(Number.NEGATIVE_INFINITY);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let c = 0, at = i * nGenres; c < nGenres; c++, at++) sum += own[c]! * roots[at]!;
      if (sum > similarity[k - 1]!) insert(similarity, nearest, sum, i);
    }
    for (const i of nearest) {
      const label = neighbours.classes[i]!;
      votes[label] = votes[label]! + 1;
    }
    return k;
  };
}

/** Keeps the list sorted, largest first; of equals the earlier one stays ahead. */
function insert(similarity: Float64Array, nearest: Int32Array, value: number, index: number): void {
  let at = similarity.length - 1;
  for (; at > 0 && similarity[at - 1]! < value; at--) {
    similarity[at] = similarity[at - 1]!;
    nearest[at] = nearest[at - 1]!;
  }
  similarity[at] = value;
  nearest[at] = index;
}

/** Index of the largest of `length` values from `start`; of equals the first. */
export function argmax(values: Float32Array, start: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (values[start + i]! > values[start + best]!) best = i;
  return best;
}
