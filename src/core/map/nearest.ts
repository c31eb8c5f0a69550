// The k nearest neighbours of every point of a set: exact up to a size, beyond it among the points of the cells around.
import { StemscapeError } from '../domain/errors.ts';
import { type Candidates, type Found, NearestSearch } from '../nn/nearest.ts';
import { type Cells, candidatesOf, partition } from './cells.ts';

/** Up to here every point is compared with every other one; beyond it each one is compared with about as many. */
export const EXACT_LIMIT = 36_000;
/** Below this share of the squared lengths a difference of rounded numbers says little: the distance is computed anew. */
const DOUBTFUL_SHARE = 0.01;

export interface NearestNeighbours {
  /** Neighbours of each point: what was asked for, or one less than there are points. */
  k: number;
  /** Int32Array [n x k], nearest first, without the point itself. */
  index: Int32Array;
  /** Float32Array [n x k], squared Euclidean distances, ascending. */
  squared: Float32Array;
}

export interface NearestOptions {
  /** Called with the share done, 0..1. @returns false to cancel */
  onProgress?: (fraction: number) => boolean;
  /** Points up to which the search is exact. */
  exactLimit?: number;
}

/**
 * Euclidean nearest neighbours. Exact up to `exactLimit` points; of more, each point is compared with at least `exactLimit` others, those in
 * the k-means cells nearest to its own, so that time grows with n (recall: see bench/map.ts). The same points give the same answer.
 * @param points Float32Array [n x dim], finite
 * @throws StemscapeError cancelled | model.failed
 */
export async function nearestNeighbours(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  { onProgress, exactLimit = EXACT_LIMIT }: NearestOptions = {},
): Promise<NearestNeighbours> {
  const width = Math.max(0, Math.min(k, n - 1));
  const result = { k: width, index: new Int32Array(n * width), squared: new Float32Array(n * width) };
  if (width === 0) return result;
  const report = (nDone: number): void => {
    if (onProgress?.(nDone / n) === false) throw new StemscapeError('cancelled', 'Cancelled.');
  };
  const all = centred(points, n, dim);
  const search = await NearestSearch.open();
  try {
    report(0);
    if (n <= exactLimit) {
      const found = await search.nearest(all.rows, dim, all, width + 1, report);
      for (let i = 0; i < n; i++) takeRow({ result, all, dim }, i, i, found, i);
    } else {
      await searchCells(search, await partition(search, all, dim), exactLimit, { result, all, dim }, report);
    }
    return result;
  } finally {
    await search.close();
  }
}

/**
 * The k points nearest to each query, exact.
 * @param points Float32Array [n x dim]
 * @param queries Float32Array [m x dim]
 * @returns index and squared distances, [m x k], ascending; k is at most n
 */
export async function nearestTo(points: Float32Array, queries: Float32Array, dim: number, k: number): Promise<NearestNeighbours> {
  const n = points.length / dim;
  const m = queries.length / dim;
  const width = Math.min(k, n);
  const result = { k: width, index: new Int32Array(m * width), squared: new Float32Array(m * width) };
  if (width === 0 || m === 0) return result;
  const together = new Float32Array(points.length + queries.length);
  together.set(points);
  together.set(queries, points.length);
  const all = centred(together, n + m, dim);
  const search = await NearestSearch.open();
  try {
    const old = { rows: all.rows.subarray(0, n * dim), norms: all.norms.subarray(0, n), n };
    const found = await search.nearest(all.rows.subarray(n * dim), dim, old, width);
    for (let i = 0; i < m; i++) takeRow({ result, all, dim }, i, n + i, found, i);
    return result;
  } finally {
    await search.close();
  }
}

/** Points around their mean, where differences of squares keep more digits. @param points Float32Array [n x dim] */
export function centred(points: Float32Array, n: number, dim: number): Candidates {
  const mean = new Float64Array(dim);
  for (let i = 0; i < n; i++) for (let j = 0; j < dim; j++) mean[j] = mean[j]! + points[i * dim + j]! / n;
  const rows = new Float32Array(n * dim);
  const norms = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    let norm = 0;
    for (let j = 0; j < dim; j++) {
      const value = Math.fround(points[i * dim + j]! - mean[j]!);
      rows[i * dim + j] = value;
      norm += value * value;
    }
    norms[i] = norm;
  }
  return { rows, norms, n };
}

/** Where rows go, and what they are rows of. */
interface Table {
  result: NearestNeighbours;
  all: Candidates;
  dim: number;
}

async function searchCells(
  search: NearestSearch,
  cells: Cells,
  nCandidates: number,
  table: Table,
  report: (nDone: number) => void,
): Promise<void> {
  const { dim, result } = table;
  for (let cell = 0; cell < cells.nCells; cell++) {
    const [from, to] = [cells.start[cell]!, cells.start[cell + 1]!];
    if (from === to) continue;
    const near = candidatesOf(cells, cell, nCandidates, dim);
    const found = await search.nearest(cells.sorted.rows.subarray(from * dim, to * dim), dim, near, result.k + 1);
    for (let q = 0; q < to - from; q++) {
      const i = cells.order[from + q]!;
      takeRow(table, i, i, found, q, near.ids);
    }
    report(to);
  }
}

/**
 * One query's neighbours into row `to` of the result: the point itself goes, doubtful distances are computed anew, and the row is put
 * in order (stable, by insertion: it nearly is).
 * @param self the query's row in `all`
 * @param ids rows in `all` of the candidates, where these are not the same
 */
function takeRow({ result, all, dim }: Table, to: number, self: number, found: Found, query: number, ids?: Int32Array): void {
  const { k, index, squared } = result;
  const start = to * k;
  let end = start;
  for (let e = query * found.k; e < (query + 1) * found.k && end < start + k; e++) {
    const id = ids ? ids[found.index[e]!]! : found.index[e]!;
    if (id === self) continue;
    const lengths = all.norms[self]! + all.norms[id]!;
    let distance = found.scores[e]! + all.norms[self]!;
    if (distance < DOUBTFUL_SHARE * lengths) distance = squaredDistance(all.rows, self, id, dim);
    let at = end++;
    for (; at > start && squared[at - 1]! > distance; at--) {
      squared[at] = squared[at - 1]!;
      index[at] = index[at - 1]!;
    }
    squared[at] = distance;
    index[at] = id;
  }
}

function squaredDistance(rows: Float32Array, a: number, b: number, dim: number): number {
  let sum = 0;
  for (let j = 0, at = a * dim, to = b * dim; j < dim; j++, at++, to++) {
    const difference = rows[at]! - rows[to]!;
    sum += difference * difference;
  }
  return sum;
}
