// Nearness to landmarks as features: the Gaussian kernel of scaled features that weigh by their relevance.
import { KERNEL_CLIP, type KernelMap } from '../../domain/training.ts';
import { createRandom } from '../random.ts';
import type { Rows } from './fit-linear.ts';
import { multiplyTransposed, rowProducts } from './matrix-kernels.ts';
import { principalComponents } from './principal-components.ts';

/** More landmarks are compared along so many directions: they hold nearly all that tells them apart, in a part of the products. */
export const MAX_DIRECTIONS = 96;

/** What a map reads of a run of features, for instance of the embedding. */
export interface MapPart {
  /** Width of the rows it is given. */
  d: number;
  /** Columns of the rows that have relevance. */
  columns: Int32Array;
  /** Square roots of their relevance. */
  roots: Float64Array;
  /** Place of the first of them among all that have relevance. */
  first: number;
}

/** Places, and half the squared length of each: -1/2 of a squared distance is the product of two less both. */
export interface Points extends Rows {
  /** Float64Array [n] */
  halves: Float64Array;
}

export function nRelevant({ relevance }: Pick<KernelMap, 'relevance'>): number {
  return relevance.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
}

/** Numbers of a landmark. */
export function landmarkSize(map: KernelMap): number {
  const n = nRelevant(map);
  return map.axes ? map.axes.directions.length / n : n;
}

/** The features offset..offset + d - 1 of a map. */
export function mapPart({ relevance }: Pick<KernelMap, 'relevance'>, offset: number, d: number): MapPart {
  const columns = Int32Array.from(relevance.subarray(offset, offset + d).keys()).filter((j) => relevance[offset + j]! > 0);
  const roots = Float64Array.from(columns, (j) => Math.sqrt(relevance[offset + j]!));
  return { d, columns, roots, first: nRelevant({ relevance: relevance.subarray(0, offset) }) };
}

/** Clipped features times the roots of their relevance, Float64Array [n x nColumns]. @param rows scaled, Float64Array [n x d] */
export function weightedRows({ d, columns, roots }: MapPart, rows: Float64Array, n: number): Float64Array {
  const k = columns.length;
  const weighted = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const z = rows[i * d + columns[j]!]!;
      weighted[i * k + j] = roots[j]! * (z > KERNEL_CLIP ? KERNEL_CLIP : z < -KERNEL_CLIP ? -KERNEL_CLIP : z);
    }
  }
  return weighted;
}

/** The directions' entries for a part's columns, Float64Array [k x nColumns]. */
export function partDirections(map: KernelMap, part: MapPart): Float64Array {
  return partColumns(map.axes!.directions, landmarkSize(map), part);
}

/** A part's columns of a matrix [nRows x nRelevant], Float64Array [nRows x nColumns]. */
export function partColumns(values: Float32Array | Float64Array, nRows: number, { columns, first }: MapPart): Float64Array {
  const width = values.length / nRows;
  const k = columns.length;
  const own = new Float64Array(nRows * k);
  for (let i = 0; i < nRows; i++) own.set(values.subarray(i * width + first, i * width + first + k), i * k);
  return own;
}

export function landmarkPoints(map: KernelMap): Points {
  const k = landmarkSize(map);
  if (map.axes) return { values: Float64Array.from(map.landmarks), k, halves: Float64Array.from(map.axes.halves) };
  const { roots } = mapPart(map, 0, map.relevance.length);
  const values = new Float64Array(map.landmarks.length);
  for (let start = 0; start < values.length; start += k)
    for (let j = 0; j < k; j++) values[start + j] = map.landmarks[start + j]! * roots[j]!;
  return pointsOf(values, k);
}

export function pointsOf(values: Float64Array, k: number, n = values.length / k): Points {
  const halves = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let half = 0;
    for (let at = i * k; at < (i + 1) * k; at++) half += 0.5 * values[at]! * values[at]!;
    halves[i] = half;
  }
  return { values, k, halves };
}

/** -1/2 of the squared distances of n points to some, written to `out` [n x nPoints]. */
export function exponents(x: Points, n: number, { values, k, halves }: Points, out: Float64Array): void {
  multiplyTransposed(x.values, values, n, halves.length, k, out);
  subtractHalves(out, x.halves.subarray(0, n), halves);
}

function subtractHalves(products: Float64Array, rowHalves: Float64Array, columnHalves: Float64Array): void {
  const m = columnHalves.length;
  for (const [i, half] of rowHalves.entries())
    for (let l = 0; l < m; l++) products[i * m + l] = products[i * m + l]! - half - columnHalves[l]!;
}

/** Squared distances of rows to others, features weighed by `relevance`, Float64Array [n x nOthers]. */
export function squaredDistances(relevance: Float32Array, rows: Rows, others: Rows): Rows {
  const part = mapPart({ relevance }, 0, relevance.length);
  const [from, to] = [rows, others].map(({ values, k }) => {
    const n = values.length / k;
    return pointsOf(weightedRows(part, values, n), part.columns.length, n);
  });
  const [n, m] = [from!.halves.length, to!.halves.length];
  const out = new Float64Array(n * m);
  exponents(from!, n, to!, out);
  return { values: out.map((value) => Math.max(0, -2 * value)), k: m };
}

/** The kernel of every row with every landmark, 0..1, Float64Array [n x nLandmarks]. */
export function mapRows(map: KernelMap, { values, k }: Rows): Rows {
  const n = values.length / k;
  const part = mapPart(map, 0, k);
  const whole = pointsOf(weightedRows(part, values, n), part.columns.length, n);
  const points = landmarkPoints(map);
  const placed = map.axes
    ? { values: along(whole.values, n, partDirections(map, part), part, points.k), k: points.k, halves: whole.halves }
    : whole;
  const out = new Float64Array(n * points.halves.length);
  exponents(placed, n, points, out);
  return kernelOf(out, points.halves.length);
}

/** Float64Array [n x k] @param directions Float64Array [k x nColumns] */
export function along(
  weighted: Float64Array,
  n: number,
  directions: Float64Array,
  { columns }: MapPart,
  k: number,
): Float64Array {
  const out = new Float64Array(n * k);
  multiplyTransposed(weighted, directions, n, k, columns.length, out);
  return out;
}

/** The landmarks' kernel with each other, Float64Array [n x n]. */
export function landmarkKernel(map: KernelMap): Rows {
  const { values, k, halves } = landmarkPoints(map);
  const out = new Float64Array(halves.length ** 2);
  rowProducts(values, halves.length, k, out);
  subtractHalves(out, halves, halves);
  return kernelOf(out, halves.length);
}

/** In place; rounding may have made a distance of zero negative. */
function kernelOf(values: Float64Array, k: number): Rows {
  for (let i = 0; i < values.length; i++) values[i] = Math.exp(Math.min(0, values[i]!));
  return { values, k };
}

/** A map whose landmarks are rows of scaled features. */
export function mapFrom(relevance: Float32Array, { values, k }: Rows): KernelMap {
  const columns = Int32Array.from(relevance.keys()).filter((j) => relevance[j]! > 0);
  const n = values.length / k;
  const landmarks = new Float32Array(n * columns.length);
  for (let i = 0; i < n; i++) {
    for (let at = 0; at < columns.length; at++) {
      const z = values[i * k + columns[at]!]!;
      landmarks[i * columns.length + at] = Math.max(-KERNEL_CLIP, Math.min(KERNEL_CLIP, z));
    }
  }
  return { relevance, landmarks, axes: null };
}

/** Products along the landmarks' principal directions, where there are more landmarks than those. */
export function shortened(map: KernelMap): KernelMap {
  const { values, k, halves } = landmarkPoints(map);
  const n = halves.length;
  if (n <= MAX_DIRECTIONS || k <= MAX_DIRECTIONS) return map;
  const { directions } = principalComponents(values.slice(), k, MAX_DIRECTIONS, createRandom(0));
  const landmarks = new Float64Array((n * directions.length) / k);
  multiplyTransposed(values, directions, n, directions.length / k, k, landmarks);
  const axes = { directions: Float32Array.from(directions), halves: Float32Array.from(halves) };
  return { relevance: map.relevance, landmarks: Float32Array.from(landmarks), axes };
}
