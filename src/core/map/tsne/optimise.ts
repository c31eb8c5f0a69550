// Gradient descent of t-SNE with momentum and gains, as in van der Maaten and Hinton 2008 and in scikit-learn:
// early exaggeration 12 for 250 iterations with momentum 0.5, then 0.8; learning rate n / 12 / 4 (Belkina et al. 2019).
import { setImmediate } from 'node:timers/promises';
import type { Affinities } from './affinities.ts';
import { Repulsion } from './repulsion.ts';

export interface TsneOptions {
  nIterations: number;
  /** Called now and then with the present positions. @returns false to stop */
  onProgress?: (iteration: number, positions: Float64Array) => boolean;
}

export interface TsneResult {
  /** Float64Array [2 n] */
  positions: Float64Array;
  /** Kullback-Leibler divergence of the last iteration. */
  divergence: number;
  nIterations: number;
}

export const EARLY_ITERATIONS = 250;
const EARLY_EXAGGERATION = 12;
const EARLY_MOMENTUM = 0.5;
const MOMENTUM = 0.8;
const MIN_RATE = 50;
const MIN_GAIN = 0.01;
const PROGRESS_EVERY = 20;

/** @param start Float64Array [2 n], small: a deviation of about 1e-4 */
export async function optimise(affinities: Affinities, start: Float64Array, options: TsneOptions): Promise<TsneResult> {
  const y = start.slice();
  const n = affinities.nPoints;
  const rate = Math.max(n / EARLY_EXAGGERATION / 4, MIN_RATE);
  const repulsion = new Repulsion();
  const repelled = new Float64Array(2 * n);
  const attracted = new Float64Array(2 * n);
  const velocity = new Float64Array(2 * n);
  const gains = new Float64Array(2 * n).fill(1);
  let iteration = 0;
  let z = 1;
  try {
    for (; iteration < options.nIterations; iteration++) {
      if (iteration % PROGRESS_EVERY === 0) {
        // Messages, a cancel among them, are heard only when the computation lets go.
        await setImmediate();
        if (options.onProgress?.(iteration, y) === false) break;
      }
      attract(affinities, y, attracted);
      z = await repulsion.apply(y, repelled);
      const [exaggeration, momentum] = iteration < EARLY_ITERATIONS ? [EARLY_EXAGGERATION, EARLY_MOMENTUM] : [1, MOMENTUM];
      if (iteration === EARLY_ITERATIONS) {
        velocity.fill(0);
        gains.fill(1);
      }
      for (let i = 0; i < y.length; i++) {
        const gradient = 4 * (exaggeration * attracted[i]! - repelled[i]! / z);
        const speed = velocity[i]!;
        const gain = gradient * speed < 0 ? gains[i]! + 0.2 : Math.max(gains[i]! * 0.8, MIN_GAIN);
        gains[i] = gain;
        velocity[i] = momentum * speed - rate * gain * gradient;
        y[i] = y[i]! + velocity[i]!;
      }
    }
    z = await repulsion.apply(y, repelled);
    return { positions: y, divergence: divergence(affinities, y, z), nIterations: iteration };
  } finally {
    repulsion.close();
  }
}

/** force_i = sum_j p_ij (y_i - y_j) / (1 + d_ij^2) */
function attract({ nPoints, start, other, weight }: Affinities, y: Float64Array, force: Float64Array): void {
  force.fill(0);
  for (let i = 0; i < nPoints; i++) {
    const x0 = y[2 * i]!;
    const y0 = y[2 * i + 1]!;
    let sumX = 0;
    let sumY = 0;
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const j = 2 * other[e]!;
      const dx = x0 - y[j]!;
      const dy = y0 - y[j + 1]!;
      const pull = weight[e]! / (1 + dx * dx + dy * dy);
      sumX += pull * dx;
      sumY += pull * dy;
      force[j] = force[j]! - pull * dx;
      force[j + 1] = force[j + 1]! - pull * dy;
    }
    force[2 * i] = force[2 * i]! + sumX;
    force[2 * i + 1] = force[2 * i + 1]! + sumY;
  }
}

/** KL(P || Q) over the neighbour pairs, with the normalizer Z of Q. */
function divergence({ nPoints, start, other, weight }: Affinities, y: Float64Array, z: number): number {
  let sum = 0;
  for (let i = 0; i < nPoints; i++) {
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const j = other[e]!;
      const dx = y[2 * i]! - y[2 * j]!;
      const dy = y[2 * i + 1]! - y[2 * j + 1]!;
      const p = weight[e]!;
      if (p > 0) sum += 2 * p * Math.log(p * z * (1 + dx * dx + dy * dy));
    }
  }
  return sum;
}
