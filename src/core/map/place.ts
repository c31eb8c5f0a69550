// New points set among the old ones of a map, which stay where they are.
import { nearestTo } from './nearest.ts';
import { conditional } from './tsne/affinities.ts';
import { MAX_ALL_PAIRS } from './tsne/all-pairs.ts';
import { PointField } from './tsne/point-field.ts';
import { perplexityFor } from './tsne/tsne.ts';

/** A newcomer starts at the median of so many old neighbours: a mean would lie in the gap between two groups. */
const START_NEIGHBOURS = 10;
// As openTSNE 1.0 (Poličar et al. 2024), PartialTSNEEmbedding.optimize.
const N_ITERATIONS = 250;
const EXAGGERATION = 1.5;
const RATE = 0.1;
const MOMENTUM = 0.8;
const MAX_STEP_GRADIENT = 0.25;
const MIN_GAIN = 0.01;

export interface OldMap {
  /** Float32Array [n x dim] */
  points: Float32Array;
  /** Float32Array [2 n] */
  positions: Float32Array;
  n: number;
}

export interface PlaceSettings {
  /** Neighbours that draw a newcomer, about; lowered where the old map is small. */
  perplexity: number;
}

/**
 * Each newcomer starts among its nearest old neighbours and follows the t-SNE gradient towards them, with the field of all old points
 * against it; newcomers do not feel each other, so that their order and number do not matter.
 * @param fresh Float32Array [nFresh x dim]
 * @returns Float32Array [2 nFresh]; all zeros where there is no old point
 * @throws StemscapeError model.failed
 */
export async function placeNewcomers(
  old: OldMap,
  fresh: Float32Array,
  nFresh: number,
  dim: number,
  { perplexity }: PlaceSettings,
): Promise<Float32Array> {
  if (old.n === 0 || nFresh === 0) return new Float32Array(2 * nFresh);
  const lowered = perplexityFor(perplexity, old.n);
  const { k, index, squared } = await nearestTo(old.points, fresh, dim, Math.floor(3 * lowered + 1));
  const weights = new Float64Array(nFresh * k);
  for (let i = 0; i < nFresh; i++) {
    const row = new Float64Array(k);
    conditional(squared.subarray(i * k, (i + 1) * k), lowered, row);
    weights.set(row, i * k);
  }
  const start = startAtNeighbours(old.positions, index, k, nFresh);
  return Float32Array.from(await descend({ index, weights, k }, old, start));
}

function startAtNeighbours(positions: Float32Array, index: Int32Array, k: number, nFresh: number): Float64Array {
  const start = new Float64Array(2 * nFresh);
  for (let i = 0; i < nFresh; i++) {
    const near = index.subarray(i * k, i * k + Math.min(k, START_NEIGHBOURS));
    for (const axis of [0, 1]) {
      const values = Float64Array.from(near, (j) => positions[2 * j + axis]!).sort();
      start[2 * i + axis] = values[Math.floor(values.length / 2)]!;
    }
  }
  return start;
}

interface Pulls {
  index: Int32Array;
  weights: Float64Array;
  k: number;
}

async function descend(pulls: Pulls, old: OldMap, start: Float64Array): Promise<Float64Array> {
  const y = start.slice();
  const anchors = Float64Array.from(old.positions);
  const n = y.length / 2;
  const [force, potential] = [new Float64Array(2 * n), new Float64Array(n)];
  const velocity = new Float64Array(2 * n);
  const gains = new Float64Array(2 * n).fill(1);
  const field = new PointField();
  try {
    const isSmall = old.n <= MAX_ALL_PAIRS;
    if (!isSmall) await field.charge(anchors);
    for (let iteration = 0; iteration < N_ITERATIONS; iteration++) {
      if (isSmall) feelAll(anchors, y, force, potential);
      else field.feel(y, force, potential);
      for (let i = 0; i < n; i++) step(i, y, gradientOf(i, y, anchors, pulls, force, potential[i]!), velocity, gains);
    }
    return y;
  } finally {
    field.close();
  }
}

/** 4 sum_j (p_j|i - q_j|i) (y_i - y_j) / (1 + d^2), no longer than a limit. */
function gradientOf(
  i: number,
  y: Float64Array,
  anchors: Float64Array,
  { index, weights, k }: Pulls,
  force: Float64Array,
  potential: number,
): [number, number] {
  let [x, z] = [0, 0];
  for (let e = i * k; e < (i + 1) * k; e++) {
    const j = 2 * index[e]!;
    const [dx, dy] = [y[2 * i]! - anchors[j]!, y[2 * i + 1]! - anchors[j + 1]!];
    const pull = (EXAGGERATION * weights[e]!) / (1 + dx * dx + dy * dy);
    x += pull * dx;
    z += pull * dy;
  }
  const gradientX = 4 * (x - force[2 * i]! / potential);
  const gradientY = 4 * (z - force[2 * i + 1]! / potential);
  const shorter = Math.min(1, MAX_STEP_GRADIENT / Math.max(1e-12, Math.hypot(gradientX, gradientY)));
  return [gradientX * shorter, gradientY * shorter];
}

function step(i: number, y: Float64Array, gradient: [number, number], velocity: Float64Array, gains: Float64Array): void {
  for (const axis of [0, 1] as const) {
    const at = 2 * i + axis;
    const speed = velocity[at]!;
    const gain = gradient[axis] * speed < 0 ? gains[at]! + 0.2 : Math.max(gains[at]! * 0.8, MIN_GAIN);
    gains[at] = gain;
    velocity[at] = MOMENTUM * speed - RATE * gain * gradient[axis];
    y[at] = y[at]! + velocity[at]!;
  }
}

/** As PointField, for few points by the plain sum. */
function feelAll(anchors: Float64Array, y: Float64Array, force: Float64Array, potential: Float64Array): void {
  for (let i = 0; i < y.length; i += 2) {
    let [x, z, phi] = [0, 0, 0];
    for (let j = 0; j < anchors.length; j += 2) {
      const [dx, dy] = [y[i]! - anchors[j]!, y[i + 1]! - anchors[j + 1]!];
      const q = 1 / (1 + dx * dx + dy * dy);
      phi += q;
      x += q * q * dx;
      z += q * q * dy;
    }
    force[i] = x;
    force[i + 1] = z;
    potential[i / 2] = phi;
  }
}
