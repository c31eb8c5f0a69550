// Points gathered in the cells of a k-means (Lloyd 1982), so that neighbours are looked for in the cells around only.
import type { Candidates, NearestSearch } from '../nn/nearest.ts';

const POINTS_PER_CELL = 200;
/** More would make finding a point's own cell the longer part. */
const MAX_CELLS = 512;
/** Rows that the centres are learnt from. */
const SAMPLE_PER_CELL = 40;
const ITERATIONS = 6;

export interface Cells {
  nCells: number;
  /** Float32Array [nCells x dim] */
  centres: Float32Array;
  /** Int32Array [nCells + 1]: the points of a cell are rows start[c] .. start[c + 1] of `sorted`. */
  start: Int32Array;
  /** Int32Array [n]: the former row of each sorted one. */
  order: Int32Array;
  sorted: Candidates;
}

/** The same points give the same cells: the first centres are points evenly taken. */
export async function partition(search: NearestSearch, all: Candidates, dim: number): Promise<Cells> {
  const nCells = Math.max(1, Math.min(MAX_CELLS, Math.floor(all.n / POINTS_PER_CELL)));
  const centres = await learnCentres(search, all, dim, nCells);
  const { index: cellOf } = await search.nearest(all.rows, dim, candidates(centres, dim), 1);
  const start = new Int32Array(nCells + 1);
  for (const cell of cellOf) start[cell + 1] = start[cell + 1]! + 1;
  for (let cell = 0; cell < nCells; cell++) start[cell + 1] = start[cell + 1]! + start[cell]!;
  const place = start.slice(0, nCells);
  const order = new Int32Array(all.n);
  for (let i = 0; i < all.n; i++) {
    const cell = cellOf[i]!;
    order[place[cell]!] = i;
    place[cell] = place[cell]! + 1;
  }
  return { nCells, centres, start, order, sorted: taken(all, order, dim) };
}

async function learnCentres(search: NearestSearch, all: Candidates, dim: number, nCells: number): Promise<Float32Array> {
  const nRows = Math.min(all.n, nCells * SAMPLE_PER_CELL);
  const sample = taken(all, evenly(all.n, nRows), dim).rows;
  const centres = new Float32Array(nCells * dim);
  for (const [cell, row] of evenly(nRows, nCells).entries()) {
    centres.set(sample.subarray(row * dim, (row + 1) * dim), cell * dim);
  }
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const { index: cellOf } = await search.nearest(sample, dim, candidates(centres, dim), 1);
    moveCentres(centres, sample, cellOf, dim);
  }
  return centres;
}

/** An empty cell's centre stays where it is. */
function moveCentres(centres: Float32Array, sample: Float32Array, cellOf: Int32Array, dim: number): void {
  const nCells = centres.length / dim;
  const counts = new Int32Array(nCells);
  const sums = new Float64Array(centres.length);
  for (const [i, cell] of cellOf.entries()) {
    counts[cell] = counts[cell]! + 1;
    for (let j = 0; j < dim; j++) sums[cell * dim + j] = sums[cell * dim + j]! + sample[i * dim + j]!;
  }
  for (let cell = 0; cell < nCells; cell++) {
    if (counts[cell]! > 0) for (let j = 0; j < dim; j++) centres[cell * dim + j] = sums[cell * dim + j]! / counts[cell]!;
  }
}

/** `count` of 0..n - 1 at even distances. */
function evenly(n: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}

function taken({ rows, norms }: Candidates, ids: Int32Array, dim: number): Candidates {
  const result = { rows: new Float32Array(ids.length * dim), norms: new Float32Array(ids.length), n: ids.length };
  for (const [to, i] of ids.entries()) {
    result.rows.set(rows.subarray(i * dim, (i + 1) * dim), to * dim);
    result.norms[to] = norms[i]!;
  }
  return result;
}

function candidates(rows: Float32Array, dim: number): Candidates {
  const n = rows.length / dim;
  const norms = Float32Array.from({ length: n }, (_, c) => {
    let norm = 0;
    for (let j = 0; j < dim; j++) norm += rows[c * dim + j]! ** 2;
    return norm;
  });
  return { rows, norms, n };
}

/** The points of the cells nearest to a cell, itself first, until there are enough; `ids` are their former rows. */
export function candidatesOf(cells: Cells, cell: number, enough: number, dim: number): Candidates & { ids: Int32Array } {
  const { start, order, sorted } = cells;
  const near: number[] = [];
  let n = 0;
  for (const c of cellsByDistance(cells, cell, dim)) {
    if (n >= enough) break;
    near.push(c);
    n += start[c + 1]! - start[c]!;
  }
  const result = { rows: new Float32Array(n * dim), norms: new Float32Array(n), n, ids: new Int32Array(n) };
  let at = 0;
  for (const c of near) {
    const [from, to] = [start[c]!, start[c + 1]!];
    result.rows.set(sorted.rows.subarray(from * dim, to * dim), at * dim);
    result.norms.set(sorted.norms.subarray(from, to), at);
    result.ids.set(order.subarray(from, to), at);
    at += to - from;
  }
  return result;
}

function cellsByDistance({ nCells, centres }: Cells, cell: number, dim: number): Int32Array {
  const distance = new Float64Array(nCells);
  for (let c = 0; c < nCells; c++) {
    let sum = 0;
    for (let j = 0; j < dim; j++) sum += (centres[c * dim + j]! - centres[cell * dim + j]!) ** 2;
    distance[c] = sum;
  }
  return Int32Array.from({ length: nCells }, (_, c) => c).sort((a, b) => distance[a]! - distance[b]!);
}
