// Calibration that is never fitted on the tracks it is judged by: each fold's temperature, neighbours and thresholds come from the others.
import { JOIN_RULES, type JoinRule } from '../../domain/training.ts';
import { softmaxRows } from '../head/head-scores.ts';
import { joinWindows, type Neighbours } from '../head/join-rules.ts';
import { fitTemperature, type ScoredTracks, selectTracks } from '../head/temperature.ts';
import { fitThresholds } from '../head/thresholds.ts';
import { createRandom, shuffledOrder } from '../random.ts';
import { groupedFolds } from './grouped-folds.ts';
import { guessesOf } from './metrics.ts';
import { type Trial, testedTracks } from './trial.ts';

/** Labelled windows kept for the rule of nearest neighbours. */
const MAX_NEIGHBOURS = 1000;

/** Folds of calibration: those of the trial, or two halves when it tests on one held-out part. */
export function calibrationFolds(trial: Trial, seed: number): { folds: Int32Array; nFolds: number } {
  if (trial.nFolds > 1) return trial;
  const tested = testedTracks(trial);
  const [classes, groups] = [trial.classes, trial.groups].map((values) => Int32Array.from(tested, (track) => values[track]!));
  const folds = trial.folds.slice();
  const halves = groupedFolds(classes!, groups!, 2, seed);
  // A track whose genre has one group only can be calibrated by the other half as well as any.
  for (const [i, track] of tested.entries()) folds[track] = Math.max(0, halves[i]!);
  return { folds, nFolds: 2 };
}

/**
 * Calibrated probabilities of every track for each rule, Float32Array [nTracks x nGenres]; rows of NaN for tracks never tested.
 * @param scored windows' scores from fits that had not seen the tracks
 */
export function crossFittedProbabilities(
  scored: ScoredTracks,
  folds: Int32Array,
  nFolds: number,
  seed: number,
): Map<JoinRule, Float32Array> {
  const { nGenres } = scored;
  const joined = new Map(JOIN_RULES.map((rule) => [rule, new Float32Array(scored.classes.length * nGenres).fill(Number.NaN)]));
  for (let fold = 0; fold < nFolds; fold++) {
    const own = [...folds.keys()].filter((track) => folds[track] === fold);
    const others = [...folds.keys()].filter((track) => folds[track] !== fold && folds[track]! >= 0);
    const [ownScores, otherScores] = [selectTracks(scored, own), selectTracks(scored, others)];
    const temperatures = {
      mean: fitTemperature(otherScores, 'mean'),
      geometricMean: fitTemperature(otherScores, 'geometricMean'),
    };
    for (const rule of JOIN_RULES) {
      const temperature = rule === 'geometricMean' ? temperatures.geometricMean : temperatures.mean;
      const neighbours = rule === 'nearestNeighbours' ? neighboursOf(otherScores, temperature, seed) : null;
      const windows = softmaxRows(ownScores.logits.slice(), nGenres, temperature);
      const rows = joinWindows(rule, windows, ownScores.windowStart, nGenres, neighbours);
      for (const [i, track] of own.entries()) {
        joined.get(rule)!.set(rows.subarray(i * nGenres, (i + 1) * nGenres), track * nGenres);
      }
    }
  }
  return joined;
}

/** A random choice of the tracks' windows with their calibrated probabilities, alike for every genre as far as they reach. */
export function neighboursOf(scored: ScoredTracks, temperature: number, seed: number): Neighbours {
  const { windowStart, classes, nGenres } = scored;
  const probabilities = softmaxRows(scored.logits.slice(), nGenres, temperature);
  const wanted = Math.max(1, Math.floor(MAX_NEIGHBOURS / nGenres));
  const left = new Int32Array(nGenres).fill(wanted);
  const chosen: { window: number; label: number }[] = [];
  for (const track of shuffledOrder(classes.length, createRandom(seed))) {
    const label = classes[track]!;
    for (let window = windowStart[track]!; window < windowStart[track + 1]! && left[label]! > 0; window++) {
      left[label] = left[label]! - 1;
      chosen.push({ window, label });
    }
  }
  const scores = new Float32Array(chosen.length * nGenres);
  for (const [i, { window }] of chosen.entries()) {
    scores.set(probabilities.subarray(window * nGenres, (window + 1) * nGenres), i * nGenres);
  }
  return { scores, classes: Int32Array.from(chosen, ({ label }) => label) };
}

/** Guesses that are said, and how right they are, with each fold's thresholds chosen on the others. */
export function crossFittedUnknown(
  probabilities: Float32Array,
  classes: Int32Array,
  folds: Int32Array,
  nFolds: number,
  nGenres: number,
): { unknownShare: number; accuracyOfKnown: number } {
  const guesses = guessesOf(probabilities, nGenres);
  let [nTested, nSaid, nRight] = [0, 0, 0];
  for (let fold = 0; fold < nFolds; fold++) {
    const others = [...folds.keys()].filter((track) => folds[track] !== fold && folds[track]! >= 0);
    const rows = new Float32Array(others.length * nGenres);
    for (const [i, track] of others.entries())
      rows.set(probabilities.subarray(track * nGenres, (track + 1) * nGenres), i * nGenres);
    const thresholds = fitThresholds(
      rows,
      Int32Array.from(others, (track) => classes[track]!),
      nGenres,
    );
    for (const [track, own] of folds.entries()) {
      if (own !== fold) continue;
      nTested++;
      const guess = guesses[track]!;
      if (!(probabilities[track * nGenres + guess]! >= thresholds[guess]!)) continue;
      nSaid++;
      if (guess === classes[track]) nRight++;
    }
  }
  return { unknownShare: nTested > 0 ? 1 - nSaid / nTested : 0, accuracyOfKnown: nSaid > 0 ? nRight / nSaid : 0 };
}
