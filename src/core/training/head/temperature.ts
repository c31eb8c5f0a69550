// The one number that turns scores into probabilities that mean what they say.
import type { JoinRule } from '../../domain/training.ts';
import { softmaxRows } from './head-scores.ts';
import { joinWindows } from './join-rules.ts';

const MIN_TEMPERATURE = 0.02;
const MAX_TEMPERATURE = 50;
/** Golden-section steps: the logarithm of the temperature is known to 0.001 after them. */
const STEPS = 20;
/** More tracks do not move a single number any more. */
const MAX_TRACKS = 2500;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const MIN_PROBABILITY = 1e-9;

/** Tracks with their windows' scores: logits Float32Array [nWindows x nGenres], windowStart as in HeadDataset. */
export interface ScoredTracks {
  logits: Float32Array;
  windowStart: Int32Array;
  classes: Int32Array;
  nGenres: number;
}

/**
 * Temperature with the least mean negative log-likelihood of the joined track probabilities (Guo et al., "On calibration of modern
 * neural networks", ICML 2017), by golden-section search on its logarithm. Of each label 1 / (n + 2) is spread over all genres, as
 * Platt (1999) does, so that a few right guesses do not make for certainty. Rules that count votes take the temperature of the mean,
 * because votes hardly depend on it.
 */
export function fitTemperature(tracks: ScoredTracks, rule: JoinRule): number {
  const sample = everyNth(tracks, Math.ceil(tracks.classes.length / MAX_TRACKS));
  if (sample.classes.length === 0) return 1;
  const soft = rule === 'geometricMean' ? rule : 'mean';
  const loss = (log: number) => lossAt(sample, Math.exp(log), soft);
  let [low, high] = [Math.log(MIN_TEMPERATURE), Math.log(MAX_TEMPERATURE)];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [lossLeft, lossRight] = [loss(left), loss(right)];
  for (let step = 0; step < STEPS; step++) {
    if (lossLeft <= lossRight) {
      [high, right, lossRight] = [right, left, lossLeft];
      left = high - GOLDEN * (high - low);
      lossLeft = loss(left);
    } else {
      [low, left, lossLeft] = [left, right, lossRight];
      right = low + GOLDEN * (high - low);
      lossRight = loss(right);
    }
  }
  return Math.exp((low + high) / 2);
}

function lossAt({ logits, windowStart, classes, nGenres }: ScoredTracks, temperature: number, rule: JoinRule): number {
  const windows = softmaxRows(logits.slice(), nGenres, temperature);
  const joined = joinWindows(rule, windows, windowStart, nGenres, null);
  const share = 1 / (classes.length + 2);
  const spread = joined.reduce((sum, p) => sum - Math.log(Math.max(MIN_PROBABILITY, p)), 0) / joined.length;
  return (1 - share) * meanOf(trackLosses(joined, classes, nGenres)) + share * spread;
}

/** Negative log-likelihood of each track's label, nats, Float64Array [n]. */
export function trackLosses(probabilities: Float32Array, classes: Int32Array, nGenres: number): Float64Array {
  return Float64Array.from(classes, (label, i) => -Math.log(Math.max(MIN_PROBABILITY, probabilities[i * nGenres + label]!)));
}

export function meanOf(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function everyNth(tracks: ScoredTracks, n: number): ScoredTracks {
  if (n <= 1) return tracks;
  return selectTracks(
    tracks,
    Array.from({ length: Math.ceil(tracks.classes.length / n) }, (_, i) => i * n),
  );
}

/** The tracks named, with their windows. */
export function selectTracks({ logits, windowStart, classes, nGenres }: ScoredTracks, indices: readonly number[]): ScoredTracks {
  const starts = new Int32Array(indices.length + 1);
  for (const [i, track] of indices.entries()) starts[i + 1] = starts[i]! + windowStart[track + 1]! - windowStart[track]!;
  const selected = new Float32Array(starts[indices.length]! * nGenres);
  for (const [i, track] of indices.entries()) {
    selected.set(logits.subarray(windowStart[track]! * nGenres, windowStart[track + 1]! * nGenres), starts[i]! * nGenres);
  }
  return { logits: selected, windowStart: starts, classes: Int32Array.from(indices, (track) => classes[track]!), nGenres };
}
