// Groups of points that lie together: k-means (Lloyd 1982) from k-means++ seeds (Arthur and Vassilvitskii 2007).
import type { Random } from '../random.ts';

const ITERATIONS = 8;

/**
 * @param points Float32Array [n x k]
 * @returns Int32Array [n], 0..nClusters - 1; a cluster may be empty
 */
export function kMeans(points: Float32Array, k: number, nClusters: number, random: Random): Int32Array {
  const n = points.length / k;
  const centres = seedCentres(points, k, nClusters, random);
  const cluster = new Int32Array(n);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    for (let i = 0; i < n; i++) cluster[i] = nearest(points, i, centres, k, nClusters);
    moveCentres(points, k, cluster, centres, nClusters);
  }
  return cluster;
}

function seedCentres(points: Float32Array, k: number, nClusters: number, random: Random): Float32Array {
  const n = points.length / k;
  const centres = new Float32Array(nClusters * k);
  const distance = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let chosen = random.below(n);
  for (let c = 0; c < nClusters; c++) {
    centres.set(points.subarray(chosen * k, (chosen + 1) * k), c * k);
    let total = 0;
    for (let i = 0; i < n; i++) {
      distance[i] = Math.min(distance[i]!, squaredDistance(points, i, centres, c, k));
      total += distance[i]!;
    }
    let left = random.next() * total;
    chosen = 0;
    while (chosen < n - 1 && left >= distance[chosen]!) left -= distance[chosen++]!;
  }
  return centres;
}

function nearest(points: Float32Array, i: number, centres: Float32Array, k: number, nClusters: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 0; c < nClusters; c++) {
    const d = squaredDistance(points, i, centres, c, k, least);
    if (d >= least) continue;
    least = d;
    best = c;
  }
  return best;
}

/** An empty cluster's centre stays where it is. */
function moveCentres(points: Float32Array, k: number, cluster: Int32Array, centres: Float32Array, nClusters: number): void {
  const counts = new Int32Array(nClusters);
  const sums = new Float64Array(nClusters * k);
  for (const [i, c] of cluster.entries()) {
    counts[c] = counts[c]! + 1;
    for (let j = 0; j < k; j++) sums[c * k + j] = sums[c * k + j]! + points[i * k + j]!;
  }
  for (let c = 0; c < nClusters; c++) {
    if (counts[c]! > 0) for (let j = 0; j < k; j++) centres[c * k + j] = sums[c * k + j]! / counts[c]!;
  }
}

/** Squared Euclidean distance between row `a` of one matrix and row `b` of another; gives up beyond `limit`. */
export function squaredDistance(
  left: Float32Array,
  a: number,
  right: Float32Array,
  b: number,
  k: number,
  limit = Number.POSITIVE_INFINITY,
): number {
  let sum = 0;
  for (let j = 0, at = a * k, to = b * k; j < k; j++, at++, to++) {
    const difference = left[at]! - right[to]!;
    sum += difference * difference;
    if ((j & 15) === 15 && sum >= limit) return sum;
  }
  return sum;
}
