// How much a track stands for others: the inverse of its mean distance to its nearest neighbours (Hacohen, Dekel and Weinshall,
// "Active learning on a budget", 2022, equation 1). Neighbours are sought in a sample, so that the cost grows with the tracks only.
import { type Random, shuffledOrder } from '../random.ts';
import { squaredDistance } from './k-means.ts';

const N_NEIGHBOURS = 10;
const MAX_SAMPLE = 600;

/**
 * @param points Float32Array [n x k]
 * @returns Float32Array [n], larger for tracks in crowded places; 1 for all when there are too few to tell
 */
export function typicality(points: Float32Array, k: number, random: Random): Float32Array {
  const n = points.length / k;
  const sample = shuffledOrder(n, random).slice(0, MAX_SAMPLE);
  const nNeighbours = Math.min(N_NEIGHBOURS, sample.length - 1);
  if (nNeighbours < 1) return new Float32Array(n).fill(1);
  const nearest = new Float64Array(nNeighbours);
  return Float32Array.from({ length: n }, (_, i) => {
    nearest.fill(Number.POSITIVE_INFINITY);
    for (const other of sample) {
      if (other !== i) insert(nearest, squaredDistance(points, i, points, other, k, nearest[nNeighbours - 1]!));
    }
    const mean = nearest.reduce((sum, squared) => sum + Math.sqrt(squared), 0) / nNeighbours;
    return 1 / Math.max(mean, 1e-6);
  });
}

/** Keeps the smallest values, ascending. */
function insert(smallest: Float64Array, value: number): void {
  let at = smallest.length - 1;
  if (value >= smallest[at]!) return;
  for (; at > 0 && smallest[at - 1]! > value; at--) smallest[at] = smallest[at - 1]!;
  smallest[at] = value;
}
