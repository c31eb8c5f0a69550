// Linear discriminant analysis with a shrunk covariance: good from very few labels, and fitted without iterations.
import { cholesky, solveCholesky } from './cholesky.ts';
import type { LinearFit } from './logistic-regression.ts';
import { gramMatrix } from './matrix-kernels.ts';

/** What the analysis needs to know of one class. */
export interface ClassMoments {
  n: number;
  /** Float64Array [d] */
  mean: Float64Array;
  /** Covariance divided by n, Float64Array [d x d]. */
  covariance: Float64Array;
}

/** Bias of a class that has no rows: never the answer. */
const ABSENT_BIAS = -50;
/** Part of the mean variance added to the diagonal, so that a covariance without spread can still be inverted. */
const RIDGE = 1e-9;

/**
 * Gaussian classes of one covariance and equal priors (Hastie, Tibshirani & Friedman, "The Elements of Statistical Learning", 4.3;
 * shrinkage towards a multiple of the identity as in Ledoit & Wolf 2004). Equals scikit-learn's lsqr solver.
 * @param rows Float64Array [n x d]
 * @param shrinkage 0..1
 */
export function fitDiscriminant(
  rows: Float64Array,
  d: number,
  classes: Int32Array,
  nClasses: number,
  shrinkage: number,
): LinearFit {
  return discriminantOf(classMoments(rows, d, classes, nClasses), d, shrinkage);
}

/** Count, mean and covariance of every class. */
export function classMoments(rows: Float64Array, d: number, classes: Int32Array, nClasses: number): ClassMoments[] {
  const members: number[][] = Array.from({ length: nClasses }, () => []);
  for (const [i, label] of classes.entries()) members[label]!.push(i);
  return members.map((indices) => momentsOf(rows, d, indices));
}

/** Moments of the rows named. */
export function momentsOf(rows: Float64Array, d: number, indices: readonly number[]): ClassMoments {
  const n = indices.length;
  const mean = new Float64Array(d);
  for (const i of indices) for (let j = 0; j < d; j++) mean[j] = mean[j]! + rows[i * d + j]! / n;
  const centred = new Float64Array(n * d);
  for (const [row, i] of indices.entries()) for (let j = 0; j < d; j++) centred[row * d + j] = rows[i * d + j]! - mean[j]!;
  const covariance = gramMatrix(centred, n, d);
  for (let j = 0; j < covariance.length; j++) covariance[j] = covariance[j]! / Math.max(1, n);
  return { n, mean, covariance };
}

/** The linear scores that follow from the classes' moments: weights = S^-1 mean, bias = -1/2 mean S^-1 mean. */
export function discriminantOf(moments: readonly ClassMoments[], d: number, shrinkage: number): LinearFit {
  const nPresent = moments.filter((moment) => moment.n > 0).length;
  const pooled = new Float64Array(d * d);
  for (const { n, covariance } of moments) {
    if (n > 0) for (let j = 0; j < pooled.length; j++) pooled[j] = pooled[j]! + covariance[j]! / nPresent;
  }
  shrink(pooled, d, shrinkage);
  const lower = cholesky(pooled, d);
  const weights = new Float64Array(moments.length * d);
  const bias = Float64Array.from(moments, ({ n, mean }, c) => {
    if (n === 0) return ABSENT_BIAS;
    const solution = weights.subarray(c * d, (c + 1) * d);
    solution.set(mean);
    solveCholesky(lower, d, solution);
    return -0.5 * mean.reduce((sum, value, j) => sum + value * solution[j]!, 0);
  });
  return { weights, bias };
}

function shrink(covariance: Float64Array, d: number, shrinkage: number): void {
  let trace = 0;
  for (let j = 0; j < d; j++) trace += covariance[j * d + j]!;
  // Without any spread (one row a class) distances count as they are.
  const meanVariance = trace > 0 ? trace / d : 1;
  for (let j = 0; j < covariance.length; j++) covariance[j] = covariance[j]! * (1 - shrinkage);
  for (let j = 0; j < d; j++) covariance[j * d + j] = covariance[j * d + j]! + (shrinkage + RIDGE) * meanVariance;
}
