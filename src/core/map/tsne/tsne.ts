// A map of points: neighbours, start along the principal components, descent.
import { StemscapeError } from '../../domain/errors.ts';
import { leadingPlane } from '../leading-plane.ts';
import { nearestNeighbours } from '../nearest.ts';
import { jointAffinities, neighboursFor } from './affinities.ts';
import { optimise } from './optimise.ts';

export const N_ITERATIONS = 1000;
/** Fewer points have no neighbourhoods to keep: their map is the plane of their principal components. */
const MIN_POINTS = 4;
/** Deviation of the start along the first component, as in scikit-learn. */
const START_DEVIATION = 1e-4;
/** Share of it that the seed moves each point by; also what parts points that are the same. */
const JITTER = 0.01;

export interface TsneSettings {
  perplexity: number;
  seed: number;
  nIterations?: number;
  /** Called at iteration 0 while neighbours are looked for, then every 20 iterations. @returns false to cancel */
  onProgress?: (iteration: number, positions: Float32Array) => boolean;
}

export interface TsneMap {
  /** Float32Array [2 n], x and y of each point, centred. */
  positions: Float32Array;
  /** Kullback-Leibler divergence, nats; 0 for fewer than four points. */
  divergence: number;
  /** What was used: no more than a third of the other points. */
  perplexity: number;
  nIterations: number;
  seconds: number;
}

/** The largest perplexity that n points carry, at most the wanted one: a point needs three times as many neighbours. */
export function perplexityFor(wanted: number, n: number): number {
  return Math.max(1, Math.min(wanted, (n - 1) / 3));
}

/**
 * t-SNE (van der Maaten and Hinton 2008) in two dimensions. The same points and seed on the same machine give the same map.
 * @param points Float32Array [n x dim], finite
 * @throws StemscapeError cancelled | model.failed
 */
export async function tsne(points: Float32Array, n: number, dim: number, settings: TsneSettings): Promise<TsneMap> {
  const began = performance.now();
  const perplexity = perplexityFor(settings.perplexity, n);
  const start = startOf(points, n, dim, settings.seed);
  const report = (iteration: number, positions: Float64Array): boolean =>
    settings.onProgress?.(iteration, Float32Array.from(positions)) !== false;
  const seconds = (): number => (performance.now() - began) / 1000;
  if (n < MIN_POINTS) {
    const positions = Float32Array.from(start, (value) => value / START_DEVIATION);
    return { positions, divergence: 0, perplexity, nIterations: 0, seconds: seconds() };
  }
  const { index, squared } = await nearestNeighbours(points, n, dim, neighboursFor(perplexity, n), {
    onProgress: () => report(0, start),
  });
  const nIterations = settings.nIterations ?? N_ITERATIONS;
  let isCancelled = false;
  const result = await optimise(jointAffinities(index, squared, n, perplexity), start, {
    nIterations,
    onProgress: (iteration, positions) => {
      isCancelled = !report(iteration, positions);
      return !isCancelled;
    },
  });
  if (isCancelled) throw new StemscapeError('cancelled', 'Cancelled.');
  const { divergence, positions } = result;
  return { positions: centred(positions), divergence, perplexity, nIterations, seconds: seconds() };
}

/** The principal plane, brought to the deviation that scikit-learn starts from, each point moved a hundredth of it by the seed. */
function startOf(points: Float32Array, n: number, dim: number, seed: number): Float64Array {
  const plane = leadingPlane(points, n, dim);
  let square = 0;
  for (let i = 0; i < n; i++) square += plane[2 * i]! ** 2 / n;
  const scale = square > 0 ? START_DEVIATION / Math.sqrt(square) : 0;
  return plane.map((value, i) => value * scale + START_DEVIATION * JITTER * noise(seed, i));
}

/** -1..1 from a seed and a place, by the finalizer of MurmurHash3. */
function noise(seed: number, place: number): number {
  let z = Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return ((z ^ (z >>> 16)) >>> 0) / 2 ** 31 - 1;
}

function centred(y: Float64Array): Float32Array {
  const mean = [0, 0];
  for (const [i, value] of y.entries()) mean[i % 2] = mean[i % 2]! + (2 * value) / y.length;
  return Float32Array.from(y, (value, i) => value - mean[i % 2]!);
}
