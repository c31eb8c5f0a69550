// How much each feature tells of the genres: what a kernel's distances weigh it by.
import type { Rows } from './fit-linear.ts';

/** Added to a feature's share, so that one that looks useless by chance keeps a little. */
const FLOOR = 0.1;
/** Features below so much of the mean weight cost time and change little. */
const LEAST_WEIGHT = 0.4;
/** A feature that varies less within the genres is constant. */
const MIN_VARIANCE = 1e-9;

/**
 * F of the analysis of variance for each feature: variance between the classes by variance within them (Fisher 1925), Float64Array [k].
 * Equals scikit-learn's f_classif for whole memberships. 1 each when no class has more than one row.
 * @param memberships Float64Array [n x nClasses] >= 0: what part of a row belongs to each class
 */
export function varianceRatios({ values, k }: Rows, memberships: Float64Array, nClasses: number): Float64Array {
  const { sizes, means, total, mean } = classMeans({ values, k }, memberships, nClasses);
  const nPresent = sizes.reduce((count, size) => count + (size > 0 ? 1 : 0), 0);
  const freedom = total - nPresent;
  if (nPresent < 2 || freedom <= 0) return new Float64Array(k).fill(1);
  const between = new Float64Array(k);
  const around = new Float64Array(k);
  for (let c = 0; c < nClasses; c++)
    for (let j = 0; j < k; j++) between[j] = between[j]! + sizes[c]! * (means[c * k + j]! - mean[j]!) ** 2;
  for (let i = 0, at = 0; at < values.length; i++) {
    let weight = 0;
    for (let c = 0; c < nClasses; c++) weight += memberships[i * nClasses + c]!;
    for (let j = 0; j < k; j++, at++) around[j] = around[j]! + weight * (values[at]! - mean[j]!) ** 2;
  }
  return between.map((sum, j) => {
    const within = (around[j]! - sum) / freedom;
    return within > MIN_VARIANCE ? sum / (nPresent - 1) / within : 0;
  });
}

function classMeans({ values, k }: Rows, memberships: Float64Array, nClasses: number) {
  const sizes = new Float64Array(nClasses);
  const means = new Float64Array(nClasses * k);
  const mean = new Float64Array(k);
  const n = values.length / k;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < nClasses; c++) {
      const weight = memberships[i * nClasses + c]!;
      if (weight === 0) continue;
      sizes[c] = sizes[c]! + weight;
      for (let j = 0; j < k; j++) means[c * k + j] = means[c * k + j]! + weight * values[i * k + j]!;
    }
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  for (let c = 0; c < nClasses; c++) {
    for (let j = 0; j < k; j++) {
      mean[j] = mean[j]! + means[c * k + j]! / total;
      means[c * k + j] = sizes[c]! > 0 ? means[c * k + j]! / sizes[c]! : 0;
    }
  }
  return { sizes, means, total, mean };
}

/** Weights of squared differences, Float32Array [k], which sum to 1 and grow with the ratios; 0 for features that do not matter. */
export function relevanceOf(ratios: Float64Array): Float32Array {
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  const weights = ratios.map((ratio) => (mean > 0 ? ratio / mean + FLOOR : 1));
  const least = (LEAST_WEIGHT * weights.reduce((sum, weight) => sum + weight, 0)) / weights.length;
  const kept = weights.map((weight) => (weight < least ? 0 : weight));
  const total = kept.reduce((sum, weight) => sum + weight, 0);
  return Float32Array.from(kept, (weight) => weight / total);
}
