// One fit of either family, and fits of every fold of a cross-validation.
import type { HeadSettings } from '../../domain/training.ts';
import { balancedWeights, fitLogistic, type LinearFit } from './logistic-regression.ts';
import { multiplyTransposed } from './matrix-kernels.ts';
import { fitDiscriminant } from './shrinkage-discriminant.ts';

/** Rows of features: scaled ones, or along the first `k` principal components. */
export interface Rows {
  /** Float64Array [n x k] */
  values: Float64Array;
  k: number;
  /** Squared distances to tracks without labels, where guesses on those are wanted, Float64Array [n x nOthers]. */
  toOthers?: Rows;
}

/** The label of a track that a fit does not learn from. */
export const NO_LABEL = -1;
/** Enough for figures that do not change in their third digit. */
const TOLERANCE = 3e-4;
const MAX_ITERATIONS = 100;

/** Fits rows to classes; every class weighs the same, however many tracks it has. */
export function fitLinear(
  settings: HeadSettings,
  rows: Rows,
  classes: Int32Array,
  nClasses: number,
  start?: LinearFit,
): LinearFit {
  if (settings.family === 'discriminant') {
    return fitDiscriminant(rows.values, rows.k, classes, nClasses, settings.regularization);
  }
  return fitLogistic(rows.values, rows.k, classes, nClasses, {
    penalty: settings.regularization,
    sampleWeights: balancedWeights(classes, nClasses),
    tolerance: TOLERANCE,
    maxIterations: MAX_ITERATIONS,
    ...(start ? { start } : {}),
  });
}

/** weights x + bias of every row, Float64Array [n x nClasses]. */
export function linearScores(fit: LinearFit, rows: Rows): Float64Array {
  const m = fit.bias.length;
  const n = rows.values.length / rows.k;
  const scores = new Float64Array(n * m);
  multiplyTransposed(rows.values, fit.weights, n, m, rows.k, scores);
  for (let i = 0; i < n; i++) for (let c = 0; c < m; c++) scores[i * m + c] = scores[i * m + c]! + fit.bias[c]!;
  return scores;
}

/** The first k columns. */
export function firstColumns({ values, k: width }: Rows, k: number): Rows {
  if (k >= width) return { values, k: width };
  const n = values.length / width;
  const cut = new Float64Array(n * k);
  for (let i = 0; i < n; i++) cut.set(values.subarray(i * width, i * width + k), i * k);
  return { values: cut, k };
}

/** The rows named, in that order. */
export function selectRows({ values, k, toOthers }: Rows, indices: readonly number[]): Rows {
  const selected = new Float64Array(indices.length * k);
  for (const [i, row] of indices.entries()) selected.set(values.subarray(row * k, (row + 1) * k), i * k);
  return toOthers ? { values: selected, k, toOthers: selectRows(toOthers, indices) } : { values: selected, k };
}

/** Tracks outside the fold that have a label: what its fit learns from. */
export function learningSide(folds: Int32Array, classes: Int32Array, fold: number): number[] {
  const indices: number[] = [];
  for (const [i, label] of classes.entries()) if (folds[i] !== fold && label !== NO_LABEL) indices.push(i);
  return indices;
}

/** Tracks of the fold. */
export function testSide(folds: Int32Array, fold: number): number[] {
  const indices: number[] = [];
  for (const [i, each] of folds.entries()) if (each === fold) indices.push(i);
  return indices;
}
