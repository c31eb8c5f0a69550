// A kernel head: which features matter, how alike two tracks then are, and what that says of their genres.
import type { KernelMap } from '../../domain/training.ts';
import { cholesky, solveCholesky, solveUpper, whiten } from './cholesky.ts';
import { relevanceOf, varianceRatios } from './feature-relevance.ts';
import { linearScores, type Rows, selectRows } from './fit-linear.ts';
import { softmaxRows } from './head-scores.ts';
import { landmarkKernel, mapFrom, mapRows, shortened } from './kernel-map.ts';
import { balancedWeights, type LinearFit } from './logistic-regression.ts';
import { gramMatrix } from './matrix-kernels.ts';

/** weights phi + bias, phi the kernel with each landmark. */
export interface KernelFit extends LinearFit {
  map: KernelMap;
}

/** Scaled features of tracks without labels; none are needed. */
export interface UnlabelledRows extends Rows {
  /** What squared differences weigh while each class has one row, so that no label tells which features matter, Float32Array [k]. */
  prior: Float32Array;
}

/** More tracks than these are stood for by so many of them: the time to score a library grows with the landmarks. */
export const MAX_LANDMARKS = 384;
/** Of the squared length of a landmark, which is 1: keeps equal landmarks apart. */
const RIDGE = 1e-8;
/** Bias of a class that has no rows: never the answer. */
const ABSENT_BIAS = -50;

/** With fewer labels, guesses on tracks without labels help to tell which features matter. */
const FEW_LABELS = 200;
export const MAX_GUESSED = 400;
/** Guesses on fewer tracks say more of these tracks than of the genres. */
const MIN_GUESSED = 100;
const GUESS_ROUNDS = 2;
/** Beside a label. */
const GUESS_WEIGHT = 0.5;
const GUESS_PENALTY = 0.1;
/** Scores are near 1 for the right class and near 0 for the others. */
const GUESS_TEMPERATURE = 0.1;

/**
 * Kernel ridge regression of the classes' indicators (Saunders, Gammerman & Vovk 1998) with a Gaussian kernel whose squared distances
 * weigh features by their relevance.
 * @param rows scaled features; more than MAX_LANDMARKS are stood for by some of them
 */
export function fitKernel(rows: Rows, others: UnlabelledRows, classes: Int32Array, nClasses: number, penalty: number): KernelFit {
  const map = shortened(chooseMap(rows, others, classes, nClasses));
  return fitOnMap(map, rows, classes, nClasses, [penalty])[0]!;
}

/** Relevance and landmarks from the labels, and while they are few from guesses on other tracks too (self-training, Scudder 1965). */
export function chooseMap(rows: Rows, others: UnlabelledRows, classes: Int32Array, nClasses: number): KernelMap {
  const places = landmarkPlaces(classes, nClasses);
  const landmarks = selectRows(rows, places);
  const labelled = new Float64Array(classes.length * nClasses);
  for (const [i, label] of classes.entries()) labelled[i * nClasses + label] = 1;
  const isTold = classes.length > new Set(classes).size;
  const relevance = isTold ? relevanceOf(varianceRatios(rows, labelled, nClasses)) : others.prior;
  let map = mapFrom(relevance, landmarks);
  if (others.values.length < MIN_GUESSED * others.k || classes.length >= FEW_LABELS) return map;
  const all = { values: joined(rows.values, others.values), k: rows.k };
  for (let round = 0; round < GUESS_ROUNDS; round++) {
    const [fit] = fitOnMap(map, rows, classes, nClasses, [GUESS_PENALTY]);
    const scores = kernelScores(fit!, others);
    const guesses = softmaxRows(Float32Array.from(scores), nClasses, GUESS_TEMPERATURE);
    const memberships = joined(
      labelled,
      Float64Array.from(guesses, (share) => GUESS_WEIGHT * share),
    );
    map = mapFrom(relevanceOf(varianceRatios(all, memberships, nClasses)), landmarks);
  }
  return map;
}

/**
 * Minimizes sum_i s_i (y_i - f(x_i))^2 + penalty |f|^2 over f spanned by the landmarks (subset of regressors, Rasmussen & Williams,
 * "Gaussian Processes for Machine Learning", 8.3.1; kernel ridge regression itself when every row is a landmark); s_i makes every
 * class weigh the same.
 * @returns a fit for each of the penalties
 */
export function fitOnMap(
  map: KernelMap,
  rows: Rows,
  classes: Int32Array,
  nClasses: number,
  penalties: readonly number[],
): KernelFit[] {
  const features = mapRows(map, rows);
  const lower = landmarkFactor(map);
  // In the whitened space |f|^2 is the squared length of the weights.
  whiten(lower, features.values, features.k);
  const sampleWeights = balancedWeights(classes, nClasses);
  const normal = gramMatrix(features.values, classes.length, features.k, sampleWeights);
  const targets = balancedTargets(features, classes, nClasses, sampleWeights);
  return penalties.map((penalty) => ({ ...solveRidge(normal, targets, lower, penalty), map }));
}

/** sum_i s_i phi_i (y_i - bias) of each class, and the biases: equal shares of the classes that have rows. */
function balancedTargets({ values, k: m }: Rows, classes: Int32Array, nClasses: number, sampleWeights: Float64Array): LinearFit {
  const present = new Set(classes);
  const bias = new Float64Array(nClasses).fill(ABSENT_BIAS);
  const sums = new Float64Array(nClasses * m);
  for (const label of present) {
    bias[label] = 1 / present.size;
    for (const [i, own] of classes.entries()) {
      const target = sampleWeights[i]! * ((own === label ? 1 : 0) - bias[label]!);
      for (let j = 0; j < m; j++) sums[label * m + j] = sums[label * m + j]! + target * values[i * m + j]!;
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

/** All rows, or of every class as many as there is room for, spread over its rows. */
function landmarkPlaces(classes: Int32Array, nClasses: number): number[] {
  if (classes.length <= MAX_LANDMARKS) return [...classes.keys()];
  const members: number[][] = Array.from({ length: nClasses }, () => []);
  for (const [i, label] of classes.entries()) members[label]!.push(i);
  let room = MAX_LANDMARKS;
  const places: number[] = [];
  const bySize = members.filter(({ length }) => length > 0).sort((a, b) => a.length - b.length);
  for (const [i, own] of bySize.entries()) {
    const n = Math.min(own.length, Math.floor(room / (bySize.length - i)));
    for (let q = 0; q < n; q++) places.push(own[Math.floor((q * own.length) / n)]!);
    room -= n;
  }
  return places.sort((a, b) => a - b);
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
