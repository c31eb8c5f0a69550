// Distances to landmarks as features: the Gaussian kernel of scaled features that weigh by their relevance.
import { KERNEL_CLIP, type KernelMap } from '../../domain/training.ts';
import type { Rows } from './fit-linear.ts';
import { multiplyTransposed } from './matrix-kernels.ts';

/** A run of features, for instance the embedding's, and what the landmarks have in it. */
export interface KernelPart {
  /** Width of the rows it is given. */
  d: number;
  nLandmarks: number;
  /** Columns of the rows that have relevance. */
  columns: Int32Array;
  /** Square roots of their relevance. */
  roots: Float64Array;
  /** Times the roots, Float64Array [nLandmarks x nColumns]. */
  landmarks: Float64Array;
  /** Half the squared length of each landmark, Float64Array [nLandmarks]. */
  halves: Float64Array;
}

export function nRelevant({ relevance }: KernelMap): number {
  return relevance.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
}

/** The features offset..offset + d - 1 of a map. */
export function kernelPart(map: KernelMap, offset: number, d: number): KernelPart {
  const { relevance } = map;
  const columns = Int32Array.from(relevance.subarray(offset, offset + d).keys()).filter((j) => relevance[offset + j]! > 0);
  const width = nRelevant(map);
  const before = relevance.subarray(0, offset).reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  const nLandmarks = map.landmarks.length / width;
  const roots = Float64Array.from(columns, (j) => Math.sqrt(relevance[offset + j]!));
  const k = columns.length;
  const landmarks = new Float64Array(nLandmarks * k);
  const halves = new Float64Array(nLandmarks);
  for (let i = 0; i < nLandmarks; i++) {
    for (let j = 0; j < k; j++) {
      const value = roots[j]! * map.landmarks[i * width + before + j]!;
      landmarks[i * k + j] = value;
      halves[i] = halves[i]! + 0.5 * value * value;
    }
  }
  return { d, nLandmarks, columns, roots, landmarks, halves };
}

/**
 * -1/2 of the squared distances within the part, written to `out` [n x nLandmarks].
 * @param rows scaled features, Float64Array [n x d]
 */
export function partExponents(part: KernelPart, rows: Float64Array, n: number, out: Float64Array): void {
  const { d, nLandmarks: m, columns, roots, landmarks, halves } = part;
  const k = columns.length;
  const weighted = new Float64Array(n * k);
  const lengths = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const z = rows[i * d + columns[j]!]!;
      const value = roots[j]! * (z > KERNEL_CLIP ? KERNEL_CLIP : z < -KERNEL_CLIP ? -KERNEL_CLIP : z);
      weighted[i * k + j] = value;
      lengths[i] = lengths[i]! + 0.5 * value * value;
    }
  }
  multiplyTransposed(weighted, landmarks, n, m, k, out);
  for (let i = 0; i < n; i++) for (let l = 0; l < m; l++) out[i * m + l] = out[i * m + l]! - lengths[i]! - halves[l]!;
}

/** The kernel of every row with every landmark, 0..1, Float64Array [n x nLandmarks]. */
export function mapRows(map: KernelMap, { values, k }: Rows): Rows {
  const part = kernelPart(map, 0, k);
  const n = values.length / k;
  const out = new Float64Array(n * part.nLandmarks);
  partExponents(part, values, n, out);
  // Rounding may make a distance of zero negative.
  for (let i = 0; i < out.length; i++) out[i] = Math.exp(Math.min(0, out[i]!));
  return { values: out, k: part.nLandmarks };
}

/** A map whose landmarks are rows of scaled features. */
export function mapFrom(relevance: Float32Array, { values, k }: Rows): KernelMap {
  const columns = Int32Array.from(relevance.keys()).filter((j) => relevance[j]! > 0);
  const n = values.length / k;
  const landmarks = new Float32Array(n * columns.length);
  for (let i = 0; i < n; i++) {
    for (const [at, j] of columns.entries())
      landmarks[i * columns.length + at] = Math.max(-KERNEL_CLIP, Math.min(KERNEL_CLIP, values[i * k + j]!));
  }
  return { relevance, landmarks };
}
