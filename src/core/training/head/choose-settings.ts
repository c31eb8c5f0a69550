// Which family, strength and number of components suit these labels: cross-validation over a small grid.
import type { Evaluation, HeadSettings } from '../../domain/training.ts';
import { groupedFolds, NEVER_TESTED } from '../evaluation/grouped-folds.ts';
import { accuracyOf } from '../evaluation/metrics.ts';
import { createRandom, shuffledOrder } from '../random.ts';
import { type HeadFit, headFitScores } from './fit-head.ts';
import { firstColumns, fitLinear, learningSide, type Rows, selectRows, testSide } from './fit-linear.ts';
import { softmaxRows } from './head-scores.ts';
import { argmax } from './join-rules.ts';
import { fitOnMap } from './kernel-regression.ts';
import type { LinearFit } from './logistic-regression.ts';
import type { ScaledTracks } from './scaled-tracks.ts';
import { planKernel } from './self-training.ts';
import { fitTemperature, meanOf, type ScoredTracks, trackLosses } from './temperature.ts';

export type Candidate = Evaluation['candidates'][number];

/** With the log-loss of every tested track. */
type Measured = Candidate & { losses: Float64Array };

const KERNEL_PENALTIES = [0.3, 0.1, 0.03];
/** Strongest first, so that every fit can start from the one before. */
const LOGISTIC_PENALTIES = [3, 1, 0.3, 0.1];
const DISCRIMINANT_SHRINKAGES = [0.8, 0.5, 0.2];
const COMPONENTS = [64, 128];
export const MAX_COMPONENTS = 128;
/** A kernel head of more tracks takes too long to learn, and linear heads have enough to learn from. */
const MAX_KERNEL_TRACKS = 2000;
/** More tracks take longer and choose the same. */
const MAX_TRACKS = 2000;
const MIN_TRACKS = 20;
const FEW_TRACKS = 500;

/** Proven on so many labels; another candidate must be better than chance explains to take its place. */
export function firstChoice(nTracks: number): HeadSettings {
  return nTracks <= MAX_KERNEL_TRACKS
    ? { family: 'kernel', regularization: 0.1, nComponents: MAX_COMPONENTS }
    : { family: 'logistic', regularization: 3, nComponents: MAX_COMPONENTS };
}

type ScaledRows = Pick<ScaledTracks, 'tracks' | 'others'>;

/** The labelled tracks, as each family reads them. */
export interface LabelledRows {
  components: Rows;
  scaled: () => ScaledRows;
  /** Int32Array [n] */
  classes: Int32Array;
  groups: Int32Array;
  nGenres: number;
}

/**
 * Every candidate with its cross-validated figures, the chosen one first, the others by log-loss after calibration. Chosen is the one
 * with the least log-loss, unless the first choice is within one standard error of it (Breiman et al. 1984, section 3.4.3).
 * Empty when no genre has tracks of two groups.
 */
export function chooseSettings(
  { components, scaled, classes, groups, nGenres }: LabelledRows,
  seed: number,
  onProgress: (fraction: number) => void = () => {},
): Candidate[] {
  const sample = settingsSample(classes, nGenres, seed);
  const pick = (values: Int32Array) => Int32Array.from(sample, (i) => values[i]!);
  const labels = pick(classes);
  const nFolds = sample.length <= FEW_TRACKS ? 10 : 3;
  const folds = groupedFolds(labels, pick(groups), nFolds, seed);
  if (folds.every((fold) => fold === NEVER_TESTED)) return [];
  const split = { classes: labels, folds, nFolds, nGenres };
  const all = selectRows(components, sample);
  const sizes = [...new Set(COMPONENTS.map((k) => Math.min(k, all.k)))];
  const measured = sizes.flatMap((k, i) => {
    const found = linearCandidates(firstColumns(all, k), split);
    onProgress((i + 1) / (sizes.length + 1));
    return found;
  });
  if (classes.length <= MAX_KERNEL_TRACKS) {
    const { tracks, others } = scaled();
    measured.push(...kernelCandidates({ tracks: selectRows(tracks, sample), others }, split, Math.max(...sizes)));
  }
  onProgress(1);
  measured.sort((a, b) => a.logLoss - b.logLoss);
  const chosen = withinOneError(measured, firstChoice(classes.length));
  return [chosen, ...measured.filter((each) => each !== chosen)].map(({ settings, accuracy, logLoss }) => ({
    settings,
    accuracy,
    logLoss,
  }));
}

/** Tracks to measure on: all, or a random part in which rare genres keep what they need. */
export function settingsSample(classes: Int32Array, nGenres: number, seed: number): number[] {
  const order = shuffledOrder(classes.length, createRandom(seed));
  const counts = new Float64Array(nGenres);
  for (const label of classes) counts[label] = counts[label]! + 1;
  const share = Math.min(1, MAX_TRACKS / classes.length);
  const left = counts.map((count) => Math.min(count, Math.max(MIN_TRACKS, Math.round(share * count))));
  const taken = order.filter((track) => {
    const label = classes[track]!;
    left[label] = left[label]! - 1;
    return left[label]! >= 0;
  });
  return Array.from(taken).sort((a, b) => a - b);
}

/** @param measured best first */
function withinOneError(measured: readonly Measured[], { family, regularization }: HeadSettings): Measured {
  const best = measured[0]!;
  const first = measured.find((each) => each.settings.family === family && each.settings.regularization === regularization);
  if (!first) return best;
  const differences = first.losses.map((loss, i) => loss - best.losses[i]!);
  const n = differences.length;
  const mean = differences.reduce((a, b) => a + b, 0) / n;
  const error = Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n);
  return mean < error ? first : best;
}

interface Split {
  classes: Int32Array;
  folds: Int32Array;
  nFolds: number;
  nGenres: number;
}

/** Every penalty on the same maps. */
function kernelCandidates({ tracks, others }: ScaledRows, split: Split, nComponents: number): Measured[] {
  const grid = KERNEL_PENALTIES.map((regularization) => ({ family: 'kernel' as const, regularization, nComponents }));
  return crossMeasured(grid, tracks, split, (rows, classes) => {
    const { map, lesson } = planKernel(rows, others, classes, split.nGenres);
    return fitOnMap(map, lesson, KERNEL_PENALTIES);
  });
}

function linearCandidates(rows: Rows, split: Split): Measured[] {
  const of = (family: 'logistic' | 'discriminant', strengths: readonly number[]) =>
    strengths.map((regularization) => ({ family, regularization, nComponents: rows.k }));
  const grid = [...of('logistic', LOGISTIC_PENALTIES), ...of('discriminant', DISCRIMINANT_SHRINKAGES)];
  return crossMeasured(grid, rows, split, (learned, classes) => {
    let start: LinearFit | undefined;
    return grid.map((settings) => {
      const fit = fitLinear(settings, learned, classes, split.nGenres, start);
      if (settings.family === 'logistic') start = fit;
      return fit;
    });
  });
}

/** @param fitAll one fit for each of the settings */
function crossMeasured(
  grid: readonly HeadSettings[],
  rows: Rows,
  { classes, folds, nFolds, nGenres }: Split,
  fitAll: (rows: Rows, classes: Int32Array) => HeadFit[],
): Measured[] {
  const logits = grid.map(() => new Float32Array(classes.length * nGenres));
  for (let fold = 0; fold < nFolds; fold++) {
    const learned = learningSide(folds, classes, fold);
    const own = testSide(folds, fold);
    const testedRows = selectRows(rows, own);
    const fits = fitAll(
      selectRows(rows, learned),
      Int32Array.from(learned, (i) => classes[i]!),
    );
    for (const [g, fit] of fits.entries()) {
      const scores = headFitScores(fit, testedRows);
      for (const [i, track] of own.entries()) logits[g]!.set(scores.subarray(i * nGenres, (i + 1) * nGenres), track * nGenres);
    }
  }
  const tested = [...folds.keys()].filter((i) => folds[i]! >= 0);
  return grid.map((settings, g) => ({ settings, ...figuresOf(logits[g]!, classes, tested, nGenres) }));
}

function figuresOf(logits: Float32Array, classes: Int32Array, tested: readonly number[], nGenres: number) {
  const scored: ScoredTracks = {
    logits: new Float32Array(tested.length * nGenres),
    windowStart: Int32Array.from({ length: tested.length + 1 }, (_, i) => i),
    classes: Int32Array.from(tested, (i) => classes[i]!),
    nGenres,
  };
  for (const [i, track] of tested.entries()) {
    scored.logits.set(logits.subarray(track * nGenres, (track + 1) * nGenres), i * nGenres);
  }
  const guesses = Int32Array.from(tested, (_, i) => argmax(scored.logits, i * nGenres, nGenres));
  const probabilities = softmaxRows(scored.logits.slice(), nGenres, fitTemperature(scored, 'mean'));
  const losses = trackLosses(probabilities, scored.classes, nGenres);
  return { accuracy: accuracyOf(scored.classes, guesses), logLoss: meanOf(losses), losses };
}
