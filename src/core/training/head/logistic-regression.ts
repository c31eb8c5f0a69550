// Multinomial logistic regression with an L2 penalty.
import { minimize } from './lbfgs.ts';
import { addOuterProducts, multiplyTransposed } from './matrix-kernels.ts';

/** logits = weights x + bias */
export interface LinearFit {
  /** Float64Array [nClasses x nFeatures] */
  weights: Float64Array;
  /** Float64Array [nClasses] */
  bias: Float64Array;
}

export interface LogisticOptions {
  /** Of sum_i s_i loss_i + penalty / 2 |weights|^2; the bias is free. scikit-learn's 1 / C. */
  penalty: number;
  /** s_i, Float64Array [n]; 1 each when left out. */
  sampleWeights?: Float64Array;
  /** Begins here instead of at zero. */
  start?: LinearFit;
  maxIterations?: number;
  /** Stop when no entry of the gradient, divided by the sum of the sample weights, is larger. */
  tolerance?: number;
}

const DEFAULT_ITERATIONS = 200;
const DEFAULT_TOLERANCE = 1e-5;
/** Rows whose scores are held at once. */
const BLOCK_ROWS = 256;

/**
 * Minimizes the penalized cross-entropy of softmax(weights x + bias) with L-BFGS (Bishop, "Pattern Recognition and Machine Learning",
 * eqs. 4.108, 4.109).
 * @param rows Float64Array [n x nFeatures]
 * @param classes Int32Array [n], 0..nClasses - 1; a class without rows only gets a low bias
 */
export function fitLogistic(
  rows: Float64Array,
  nFeatures: number,
  classes: Int32Array,
  nClasses: number,
  options: LogisticOptions,
): LinearFit {
  const n = classes.length;
  const sampleWeights = options.sampleWeights ?? new Float64Array(n).fill(1);
  const nWeights = nClasses * nFeatures;
  const x = new Float64Array(nWeights + nClasses);
  if (options.start) {
    x.set(options.start.weights);
    x.set(options.start.bias, nWeights);
  }
  const loss = crossEntropy(rows, nFeatures, classes, nClasses, sampleWeights);
  const evaluate = (at: Float64Array, gradient: Float64Array): number => {
    let value = loss(at, gradient);
    for (let i = 0; i < nWeights; i++) {
      value += 0.5 * options.penalty * at[i]! ** 2;
      gradient[i] = gradient[i]! + options.penalty * at[i]!;
    }
    return value;
  };
  const total = sampleWeights.reduce((sum, weight) => sum + weight, 0);
  minimize(evaluate, x, {
    maxIterations: options.maxIterations ?? DEFAULT_ITERATIONS,
    gradientTolerance: (options.tolerance ?? DEFAULT_TOLERANCE) * total,
    inverseDiagonal: inverseCurvature(rows, nFeatures, nClasses, sampleWeights, options.penalty),
  });
  return { weights: x.slice(0, nWeights), bias: x.slice(nWeights) };
}

/** sum_i s_i loss_i at (weights, bias); its gradient is written. */
function crossEntropy(rows: Float64Array, d: number, classes: Int32Array, m: number, sampleWeights: Float64Array) {
  const residuals = new Float64Array(BLOCK_ROWS * m);
  return (x: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    const bias = x.subarray(m * d);
    const biasGradient = gradient.subarray(m * d);
    let loss = 0;
    for (let start = 0; start < classes.length; start += BLOCK_ROWS) {
      const n = Math.min(BLOCK_ROWS, classes.length - start);
      const block = rows.subarray(start * d, (start + n) * d);
      multiplyTransposed(block, x, n, m, d, residuals);
      for (let i = 0; i < n; i++) {
        loss += toResidual(residuals, i * m, bias, classes[start + i]!, sampleWeights[start + i]!, biasGradient);
      }
      addOuterProducts(residuals, block, n, m, d, gradient);
    }
    return loss;
  };
}

/** One row of scores becomes s (softmax - onehot), added to the bias's gradient too; returns s times its cross-entropy. */
function toResidual(
  scores: Float64Array,
  at: number,
  bias: Float64Array,
  label: number,
  sampleWeight: number,
  biasGradient: Float64Array,
): number {
  const m = bias.length;
  let max = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < m; c++) {
    const score = scores[at + c]! + bias[c]!;
    scores[at + c] = score;
    if (score > max) max = score;
  }
  const labelScore = scores[at + label]! - max;
  let sum = 0;
  for (let c = 0; c < m; c++) {
    const e = Math.exp(scores[at + c]! - max);
    scores[at + c] = e;
    sum += e;
  }
  const factor = sampleWeight / sum;
  for (let c = 0; c < m; c++) {
    const residual = scores[at + c]! * factor - (c === label ? sampleWeight : 0);
    scores[at + c] = residual;
    biasGradient[c] = biasGradient[c]! + residual;
  }
  return sampleWeight * (Math.log(sum) - labelScore);
}

/** 1 / diagonal of the Hessian at equal probabilities (Boehning 1992): what makes L-BFGS arrive in a dozen steps. */
function inverseCurvature(rows: Float64Array, d: number, m: number, sampleWeights: Float64Array, penalty: number): Float64Array {
  const n = sampleWeights.length;
  const p = (1 / m) * (1 - 1 / m);
  const squares = new Float64Array(d + 1);
  for (let i = 0; i < n; i++) {
    const s = sampleWeights[i]!;
    for (let j = 0; j < d; j++) squares[j] = squares[j]! + s * rows[i * d + j]! ** 2;
    squares[d] = squares[d]! + s;
  }
  const inverse = new Float64Array(m * (d + 1));
  for (let c = 0; c < m; c++) for (let j = 0; j < d; j++) inverse[c * d + j] = 1 / (p * squares[j]! + penalty + Number.EPSILON);
  inverse.fill(1 / (p * squares[d]! + Number.EPSILON), m * d);
  return inverse;
}

/** n / (nPresent n_c) for a row of class c: every class that is present weighs the same, and the weights sum to n. */
export function balancedWeights(classes: Int32Array, nClasses: number): Float64Array {
  const counts = new Float64Array(nClasses);
  for (const label of classes) counts[label] = counts[label]! + 1;
  const nPresent = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return Float64Array.from(classes, (label) => classes.length / (nPresent * counts[label]!));
}
