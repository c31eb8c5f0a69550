// A quick guess at what the labels given so far mean for everything else: regularized logistic regression on a few principal
// components. It ranks what to ask next and doubts labels; it is never shown as a model.
import { softmax } from '../../nn/softmax.ts';
import { fitLogistic, type LinearFit } from '../head/logistic-regression.ts';

/** Of the sum of the losses, on features whose two blocks have variance 1 each; measured best for finding wrong labels. */
const PENALTY = 1;
const MAX_ITERATIONS = 40;

/**
 * @param points Float32Array [n x k]
 * @param rows the labelled ones
 * @param classes Int32Array [rows], 0..nGenres - 1; genres weigh the same whatever their number of labels
 */
export function fitLightModel(
  points: Float32Array,
  k: number,
  rows: readonly number[],
  classes: Int32Array,
  nGenres: number,
  start: LinearFit | null = null,
): LinearFit {
  const features = new Float64Array(rows.length * k);
  for (const [i, row] of rows.entries()) features.set(points.subarray(row * k, (row + 1) * k), i * k);
  const counts = countClasses(classes, nGenres);
  const nSeen = counts.reduce((n, count) => n + (count > 0 ? 1 : 0), 0);
  const sampleWeights = Float64Array.from(classes, (c) => rows.length / (nSeen * counts[c]!));
  return fitLogistic(features, k, classes, nGenres, {
    penalty: PENALTY,
    sampleWeights,
    maxIterations: MAX_ITERATIONS,
    tolerance: 1e-4,
    ...(start && start.bias.length === nGenres && { start }),
  });
}

/** Float32Array [nGenres], sums to 1. */
export function lightProbabilities(fit: LinearFit, points: Float32Array, k: number, row: number): Float32Array {
  const logits = Float32Array.from(fit.bias, (bias, c) => {
    let sum = bias;
    for (let j = 0; j < k; j++) sum += fit.weights[c * k + j]! * points[row * k + j]!;
    return sum;
  });
  return softmax(logits, 1);
}

export function countClasses(classes: Iterable<number>, nGenres: number): Float64Array {
  const counts = new Float64Array(nGenres);
  for (const c of classes) if (c >= 0) counts[c] = counts[c]! + 1;
  return counts;
}
