// Kernel ridge regression on landmarks: scores of genres from how alike a track is to each of them.
import type { KernelMap } from '../../domain/training.ts';
import { cholesky, solveCholesky, solveUpper, whiten } from './cholesky.ts';
import { linearScores, type Rows } from './fit-linear.ts';
import { landmarkKernel, mapRows } from './kernel-map.ts';
import type { LinearFit } from './logistic-regression.ts';
import { gramMatrix } from './matrix-kernels.ts';

/** weights phi + bias, phi the kernel with each landmark. */
export interface KernelFit extends LinearFit {
  map: KernelMap;
}

/** What a fit learns from: tracks with labels, and perhaps with guesses. */
export interface Lesson {
  rows: Rows;
  /** What part of each row belongs to which class, Float64Array [n x nClasses], every row's sum 1. */
  memberships: Float64Array;
  /** Of the rows, Float64Array [n] > 0. */
  weights: Float64Array;
  nClasses: number;
}

/** Of the squared length of a landmark, which is 1: keeps equal landmarks apart. */
const RIDGE = 1e-8;
/** Bias of a class that has no rows: never the answer. */
const ABSENT_BIAS = -50;

/**
 * Minimizes sum_i s_i (y_i - f(x_i))^2 + penalty |f|^2 over f spanned by the landmarks (subset of regressors, Rasmussen & Williams,
 * "Gaussian Processes for Machine Learning", 8.3.1; kernel ridge regression itself when every row is a landmark); s are the lesson's
 * weights, y its memberships.
 * @param map its landmarks are some of the lesson's rows, or all, in their order
 * @returns a fit for each of the penalties
 */
export function fitOnMap(map: KernelMap, lesson: Lesson, penalties: readonly number[]): KernelFit[] {
  const lower = landmarkFactor(map);
  const features = whitenedRows(map, lower, lesson);
  const normal = gramMatrix(features.values, lesson.weights.length, features.k, lesson.weights);
  const targets = weightedTargets(features, lesson);
  return penalties.map((penalty) => ({ ...solveRidge(normal, targets, lower, penalty), map }));
}

/** The rows where |f|^2 is the squared length of the weights: L^-1 phi of each, which is L itself where every row is a landmark. */
function whitenedRows(map: KernelMap, lower: Float64Array, { rows, weights }: Lesson): Rows {
  const m = Math.sqrt(lower.length);
  if (m === weights.length) return { values: lower, k: m };
  const { values } = mapRows(map, rows);
  whiten(lower, values, m);
  return { values, k: m };
}

/** sum_i s_i phi_i (y_i - bias) of each class, and the biases: equal shares of the classes that have rows. */
function weightedTargets({ values, k: m }: Rows, { memberships, weights, nClasses }: Lesson): LinearFit {
  const present = new Set<number>();
  for (let at = 0; at < memberships.length; at++) if (memberships[at]! > 0) present.add(at % nClasses);
  const bias = new Float64Array(nClasses).fill(ABSENT_BIAS);
  const sums = new Float64Array(nClasses * m);
  for (const c of present) {
    bias[c] = 1 / present.size;
    for (let i = 0; i < weights.length; i++) {
      const target = weights[i]! * (memberships[i * nClasses + c]! - bias[c]!);
      for (let j = 0; j < m; j++) sums[c * m + j] = sums[c * m + j]! + target * values[i * m + j]!;
    }
  }
  return { weights: sums, bias };
}

function solveRidge(normal: Float64Array, { weights: sums, bias }: LinearFit, lower: Float64Array, penalty: number): LinearFit {
  const m = Math.sqrt(normal.length);
  const penalized = normal.slice();
  for (let i = 0; i < m; i++) penalized[i * m + i] = penalized[i * m + i]! + penalty;
  const factor = cholesky(penalized, m);
  const weights = sums.slice();
  for (let start = 0; start < weights.length; start += m) {
    const solution = weights.subarray(start, start + m);
    solveCholesky(factor, m, solution);
    solveUpper(lower, m, solution);
  }
  return { weights, bias };
}

/** Factor of the landmarks' kernel with each other. */
function landmarkFactor(map: KernelMap): Float64Array {
  const { values, k: m } = landmarkKernel(map);
  for (let i = 0; i < m; i++) values[i * m + i] = values[i * m + i]! + RIDGE;
  return cholesky(values, m);
}

/** Float64Array [n x nClasses] */
export function kernelScores(fit: KernelFit, rows: Rows): Float64Array {
  if (fit.map.landmarks.length > 0) return linearScores(fit, mapRows(fit.map, rows));
  const m = fit.bias.length;
  return Float64Array.from({ length: (rows.values.length / rows.k) * m }, (_, at) => fit.bias[at % m]!);
}
