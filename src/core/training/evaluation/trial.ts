// Tracks scored by fits that had not seen them: what every honest figure starts from.
import type { HeadDataset, HeadSettings, JoinRule } from '../../domain/training.ts';
import type { FeatureTable } from '../head/feature-table.ts';
import { type FitRows, fitForUse, fitHead, type HeadFit, headFitScores } from '../head/fit-head.ts';
import { firstColumns, learningSide, type Rows, selectRows, testSide } from '../head/fit-linear.ts';
import { softmaxRows } from '../head/head-scores.ts';
import { joinWindows } from '../head/join-rules.ts';
import type { UnlabelledRows } from '../head/self-training.ts';
import type { ScoredTracks } from '../head/temperature.ts';
import { guessesOf, NO_GUESS } from './metrics.ts';

/** Tracks, the features in use, and who is tested when. */
export interface Trial {
  /** Int32Array [nTracks] */
  classes: Int32Array;
  groups: Int32Array;
  windowStart: Int32Array;
  nGenres: number;
  settings: HeadSettings;
  /** Principal components, or the scaled features themselves for a kernel head. */
  windows: Rows;
  /** Means of the windows: what fits learn from. */
  tracks: Rows;
  /** Tracks without labels. */
  others: UnlabelledRows;
  /** Principal components of the tracks whatever the family, for estimates that fit again and again. */
  components: Rows;
  /** Int32Array [nTracks], 0..nFolds - 1 or NEVER_TESTED */
  folds: Int32Array;
  nFolds: number;
}

/** What the fits of the folds say. */
export interface TrialScores {
  /** One of each fold. */
  fits: HeadFit[];
  /** Window scores, Float32Array [nWindows x nGenres]; NaN for tracks that are never tested. */
  logits: Float32Array;
}

export function createTrial(
  dataset: HeadDataset,
  table: FeatureTable,
  settings: HeadSettings,
  folds: Int32Array,
  nFolds: number,
): Trial {
  const { classes, groups, windowStart, genres } = dataset;
  const components = firstColumns({ values: table.tracks, k: table.k }, settings.nComponents);
  const read =
    settings.family === 'kernel'
      ? table.scaled()
      : {
          windows: firstColumns({ values: table.windows, k: table.k }, settings.nComponents),
          tracks: components,
          others: { values: new Float64Array(0), k: components.k, prior: new Float32Array(0), around: null },
        };
  return { classes, groups, windowStart, nGenres: genres.length, settings, ...read, components, folds, nFolds };
}

/** Tracks that some fold tests. */
export function testedTracks({ folds }: Pick<Trial, 'folds'>): number[] {
  return [...folds.keys()].filter((track) => folds[track]! >= 0);
}

/**
 * Fits every fold on the tracks outside it and scores the fold's windows.
 * @param labels to learn from instead of the trial's, NO_LABEL = none
 * @param starts where the fits begin; without effect on where they end
 */
export function runTrial(
  trial: Trial,
  onFold: (fraction: number) => void = () => {},
  labels: Int32Array = trial.classes,
  starts: readonly HeadFit[] = [],
): TrialScores {
  const { folds, nFolds, windowStart, nGenres } = trial;
  const logits = new Float32Array(windowStart.at(-1)! * nGenres).fill(Number.NaN);
  const fits: HeadFit[] = [];
  for (let fold = 0; fold < nFolds; fold++) {
    const fit = fitTracks(trial, learningSide(folds, labels, fold), labels, starts[fold]);
    const tested = testSide(folds, fold);
    const scores = scoreWindows(trial, fit, tested);
    let at = 0;
    for (const track of tested) {
      const length = (windowStart[track + 1]! - windowStart[track]!) * nGenres;
      logits.set(scores.subarray(at, at + length), windowStart[track]! * nGenres);
      at += length;
    }
    fits.push(fit);
    onFold((fold + 1) / nFolds);
  }
  return { fits, logits };
}

/** A fit on the tracks named. */
export function fitTracks(trial: Trial, learned: readonly number[], labels: Int32Array, start?: HeadFit): HeadFit {
  const classes = Int32Array.from(learned, (track) => labels[track]!);
  const read: FitRows = { rows: selectRows(trial.tracks, learned), others: trial.others };
  return fitHead(trial.settings, read, classes, trial.nGenres, start);
}

/** The fit on every labelled track, for use. */
export function fitAll({ settings, tracks, others, classes, nGenres }: Trial): HeadFit {
  return fitForUse(settings, { rows: tracks, others }, classes, nGenres);
}

/** Scores of all windows of the tracks named, one after another. */
function scoreWindows(trial: Trial, fit: HeadFit, tracks: readonly number[]): Float32Array {
  return Float32Array.from(
    headFitScores(
      fit,
      selectRows(
        trial.windows,
        tracks.flatMap((track) => windowsOf(trial, track)),
      ),
    ),
  );
}

function windowsOf({ windowStart }: Trial, track: number): number[] {
  return Array.from({ length: windowStart[track + 1]! - windowStart[track]! }, (_, i) => windowStart[track]! + i);
}

/** The tracks named, with their scores. */
export function scoredTracks(trial: Trial, logits: Float32Array): ScoredTracks {
  return { logits, windowStart: trial.windowStart, classes: trial.classes, nGenres: trial.nGenres };
}

/** How scores become guesses where no more than the guess matters: neighbours would need scores of their own, so the mean stands in. */
export interface Verdict {
  rule: JoinRule;
  temperature: number;
}

/** Guesses of a fit for the tracks named, Int32Array [n]. */
export function guessTracks(trial: Trial, fit: HeadFit, tracks: readonly number[], { rule, temperature }: Verdict): Int32Array {
  const { windowStart, nGenres } = trial;
  const starts = new Int32Array(tracks.length + 1);
  for (const [i, track] of tracks.entries()) starts[i + 1] = starts[i]! + windowStart[track + 1]! - windowStart[track]!;
  const probabilities = softmaxRows(scoreWindows(trial, fit, tracks), nGenres, temperature);
  return guessesOf(joinWindows(rule, probabilities, starts, nGenres, null), nGenres);
}

/** Guesses of every fold put in the tracks' places, NO_GUESS for tracks that are not tested. */
export function guessFolds(trial: Trial, fitOf: (fold: number) => HeadFit, verdict: Verdict, nFolds = trial.nFolds): Int32Array {
  const guesses = new Int32Array(trial.classes.length).fill(NO_GUESS);
  for (let fold = 0; fold < nFolds; fold++) {
    const tested = testSide(trial.folds, fold);
    const own = guessTracks(trial, fitOf(fold), tested, verdict);
    for (const [i, track] of tested.entries()) guesses[track] = own[i]!;
  }
  return guesses;
}
