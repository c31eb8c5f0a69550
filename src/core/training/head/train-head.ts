// A head from labelled tracks, with its honest evaluation: the whole of the quick training.
import { StemscapeError } from '../../domain/errors.ts';
import {
  featureShapeOf,
  type Head,
  type HeadDataset,
  type HeadOptions,
  type HeadTraining,
  type JoinRule,
} from '../../domain/training.ts';
import { joinFigures, preferredJoin } from '../evaluation/choose-join.ts';
import { compareWith } from '../evaluation/comparison.ts';
import { calibrationFolds, crossFittedProbabilities, crossFittedUnknown, neighboursOf } from '../evaluation/cross-fit.ts';
import { evaluate } from '../evaluation/evaluate.ts';
import { labelGains } from '../evaluation/gains.ts';
import { groupedFolds, NEVER_TESTED } from '../evaluation/grouped-folds.ts';
import { learningCurve } from '../evaluation/learning-curve.ts';
import { guessesOf } from '../evaluation/metrics.ts';
import { createTrial, fitAll, runTrial, scoredTracks, type Trial, testedTracks } from '../evaluation/trial.ts';
import { type Candidate, chooseSettings, firstChoice, MAX_COMPONENTS } from './choose-settings.ts';
import { buildFeatureTable, type FeatureTable } from './feature-table.ts';
import { selectRows } from './fit-linear.ts';
import { fitTemperature, type ScoredTracks, selectTracks } from './temperature.ts';
import { fitThresholds } from './thresholds.ts';

/** More folds leave more to learn from where labels are few. */
const FOLDS_OF_FEW = 10;
const FOLDS_OF_MANY = 5;
const FEW_TRACKS = 500;

/** Shares of the whole time at which the stages end. */
const DONE = { table: 0.2, settings: 0.4, folds: 0.65, joins: 0.75, curve: 0.9, gains: 0.95 };

/**
 * Fits a head to all tracks and tests it on folds that had not seen them. Deterministic: the same dataset and options give the same
 * head, bit for bit. Scales and principal components come from labelled and background tracks without their labels, once; everything
 * that learns from labels is fitted again in every fold.
 * @param onProgress 0..1
 * @throws StemscapeError training.tooFewLabels when no genre has tracks of two groups, so that nothing could be tested
 */
export function trainHead(
  dataset: HeadDataset,
  options: HeadOptions,
  onProgress: (fraction: number) => void = () => {},
): HeadTraining {
  const { seed } = options;
  const { folds, nFolds } = splitOf(dataset, options);
  const table = buildFeatureTable(dataset, Math.max(MAX_COMPONENTS, options.settings?.nComponents ?? 0), seed);
  onProgress(DONE.table);
  const candidates = options.settings ? [] : candidatesOf(dataset, table, folds, options);
  const wanted = options.settings ?? candidates[0]?.settings ?? firstChoice(dataset.classes.length);
  const settings = { ...wanted, nComponents: Math.min(wanted.nComponents, table.k) };
  onProgress(DONE.settings);

  const trial = createTrial(dataset, table, settings, folds, nFolds);
  const { fits, logits } = runTrial(trial, within(onProgress, DONE.settings, DONE.folds));
  const calibration = calibrated(trial, scoredTracks(trial, logits), options);
  onProgress(DONE.joins);

  const verdict = { rule: calibration.join, temperature: calibration.temperature };
  const curve = learningCurve(trial, fits, verdict, seed, within(onProgress, DONE.joins, DONE.curve));
  const gains = labelGains(trial, dataset.genres, seed);
  onProgress(DONE.gains);
  const guesses = guessesOf(calibration.outOfFold, trial.nGenres);
  const comparison = options.incumbent ? compareWith(options.incumbent, dataset, table, trial, fits, guesses, verdict) : null;
  const head = finalHead(dataset, table, trial, calibration);
  const evaluation = evaluate(trial, dataset.genres, calibration.outOfFold, head.thresholds, {
    method: options.heldOut ? 'hold-out' : 'cross-validation',
    joins: calibration.joins,
    candidates,
    learningCurve: curve,
    gains,
    unknownShare: calibration.unknownShare,
    accuracyOfKnown: calibration.accuracyOfKnown,
    comparison,
  });
  onProgress(1);
  return { head, evaluation, outOfFold: calibration.outOfFold };
}

function within(onProgress: (fraction: number) => void, from: number, to: number): (fraction: number) => void {
  return (fraction) => onProgress(from + (to - from) * fraction);
}

/** Folds, or the one held-out part. */
function splitOf(dataset: HeadDataset, { seed, heldOut }: HeadOptions): { folds: Int32Array; nFolds: number } {
  const { classes, groups } = dataset;
  if (heldOut) {
    const folds = new Int32Array(classes.length).fill(NEVER_TESTED);
    for (const track of heldOut) folds[track] = 0;
    return { folds, nFolds: 1 };
  }
  const wanted = classes.length <= FEW_TRACKS ? FOLDS_OF_FEW : FOLDS_OF_MANY;
  const nFolds = Math.max(2, Math.min(wanted, new Set(groups).size));
  const folds = groupedFolds(classes, groups, nFolds, seed);
  if (folds.every((fold) => fold === NEVER_TESTED)) {
    throw new StemscapeError(
      'training.tooFewLabels',
      'No genre has labels of two artists or albums, so nothing could be tested.',
    );
  }
  return { folds, nFolds };
}

/** Settings are never chosen on tracks held out for the test. */
function candidatesOf(dataset: HeadDataset, table: FeatureTable, folds: Int32Array, { seed, heldOut }: HeadOptions): Candidate[] {
  const known = [...folds.keys()].filter((track) => !heldOut || folds[track] === NEVER_TESTED);
  const [classes, groups] = [dataset.classes, dataset.groups].map((values) => Int32Array.from(known, (track) => values[track]!));
  const labelled = {
    components: selectRows({ values: table.tracks, k: table.k }, known),
    scaled: () => ({ tracks: selectRows(table.scaled().tracks, known), others: table.scaled().others }),
    classes: classes!,
    groups: groups!,
    nGenres: dataset.genres.length,
  };
  return chooseSettings(labelled, seed);
}

/** What turns scores into probabilities, and what it is worth. */
interface Calibration {
  join: JoinRule;
  joins: HeadTraining['evaluation']['joins'];
  /** Of the final head, from all scores out of fold. */
  temperature: number;
  thresholds: Float32Array;
  neighbours: Head['neighbours'];
  /** With each fold's own temperature, Float32Array [nTracks x nGenres]. */
  outOfFold: Float32Array;
  unknownShare: number;
  accuracyOfKnown: number;
}

function calibrated(trial: Trial, scored: ScoredTracks, { seed, join: wanted }: HeadOptions): Calibration {
  const { nGenres, classes } = trial;
  const tested = testedTracks(trial);
  const { folds, nFolds } = calibrationFolds(trial, seed);
  const byRule = crossFittedProbabilities(scored, folds, nFolds, seed);
  const joins = joinFigures(byRule, tested, classes, nGenres);
  const join = wanted === 'auto' ? preferredJoin(byRule, joins, tested, classes, nGenres) : wanted;
  const outOfFold = byRule.get(join)!;
  const testedScores = selectTracks(scored, tested);
  const temperature = fitTemperature(testedScores, join);
  const rows = new Float32Array(tested.length * nGenres);
  for (const [i, track] of tested.entries()) rows.set(outOfFold.subarray(track * nGenres, (track + 1) * nGenres), i * nGenres);
  return {
    join,
    joins,
    temperature,
    thresholds: fitThresholds(rows, testedScores.classes, nGenres),
    neighbours: join === 'nearestNeighbours' ? neighboursOf(testedScores, temperature, seed) : null,
    outOfFold,
    ...crossFittedUnknown(outOfFold, classes, folds, nFolds, nGenres),
  };
}

/** Fitted to every labelled track. */
function finalHead(dataset: HeadDataset, table: FeatureTable, trial: Trial, calibration: Calibration): Head {
  const { join, temperature, thresholds, neighbours } = calibration;
  const parts = table.toHead(fitAll(trial));
  return {
    genres: dataset.genres,
    ...featureShapeOf(dataset),
    ...parts,
    temperature,
    thresholds,
    join,
    neighbours,
    settings: trial.settings,
  };
}
