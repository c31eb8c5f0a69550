// How faithful a map is to the points it shows.
import { NearestSearch } from '../nn/nearest.ts';
import { KdTree } from './kd-tree.ts';
import { centred } from './nearest.ts';

/** Up to here every point is looked at, beyond it a sample of points; they are ranked among all others either way. */
const MAX_EVERY_POINT = 5000;
const SAMPLE = 2000;

export interface MapQuality {
  /** 0..1: 1 where no point has map neighbours that are far from it in truth. */
  trustworthiness: number;
  /** 0..1: share of each point's k true neighbours that are among its k neighbours on the map. */
  preservation: number;
  /** Neighbours looked at: what was asked for, or less than half of the points. */
  k: number;
  /** Points looked at. */
  nSampled: number;
}

/**
 * Trustworthiness (Venna and Kaski 2001, equation 1; as scikit-learn) and neighbour preservation. Large sets are sampled at even
 * distances, so that the answer is always the same.
 * @param points Float32Array [n x dim]
 * @param positions Float32Array [2 n]
 * @throws StemscapeError model.failed
 */
export async function mapQuality(
  points: Float32Array,
  positions: Float32Array,
  n: number,
  dim: number,
  k: number,
): Promise<MapQuality> {
  const width = Math.max(0, Math.min(k, Math.floor((n - 1) / 2)));
  if (width === 0) return { trustworthiness: 1, preservation: 1, k: 0, nSampled: n };
  const nSampled = n <= MAX_EVERY_POINT ? n : SAMPLE;
  const sample = Int32Array.from({ length: nSampled }, (_, i) => Math.floor((i * n) / nSampled));
  const onMap = neighboursOnMap(positions, n, sample, width);
  const all = centred(points, n, dim);
  const queries = new Float32Array(nSampled * dim);
  for (const [s, i] of sample.entries()) queries.set(all.rows.subarray(i * dim, (i + 1) * dim), s * dim);
  let [penalty, kept] = [0, 0];
  const search = await NearestSearch.open();
  try {
    await search.forEachScores(queries, dim, all, (s, scores) => {
      for (const rank of ranksOf(onMap.subarray(s * width, (s + 1) * width), sample[s]!, scores)) {
        if (rank <= width) kept++;
        else penalty += rank - width;
      }
    });
  } finally {
    await search.close();
  }
  const trustworthiness = 1 - (2 * penalty) / (nSampled * width * (2 * n - 3 * width - 1));
  return { trustworthiness, preservation: kept / (nSampled * width), k: width, nSampled };
}

/** Int32Array [sample x k] */
function neighboursOnMap(positions: Float32Array, n: number, sample: Int32Array, k: number): Int32Array {
  const tree = new KdTree(positions, n, 2);
  const result = new Int32Array(sample.length * k);
  const [index, squared] = [new Int32Array(k + 1), new Float64Array(k + 1)];
  for (const [s, i] of sample.entries()) {
    tree.nearest(Float64Array.of(positions[2 * i]!, positions[2 * i + 1]!), 0, k + 1, index, squared);
    const others = Array.from(index, (place) => tree.order[place]!).filter((j) => j !== i);
    result.set(others.slice(0, k), s * k);
  }
  return result;
}

/** Ranks, from 1, of some points among all by their distance to `self`. @param scores Float32Array [n], least is nearest */
function ranksOf(points: Int32Array, self: number, scores: Float32Array): number[] {
  const limits = Float32Array.from(points, (j) => scores[j]!).sort();
  const nNearer = new Int32Array(limits.length);
  for (let j = 0; j < scores.length; j++) {
    if (j === self) continue;
    for (let e = limits.length - 1; e >= 0 && scores[j]! < limits[e]!; e--) nNearer[e] = nNearer[e]! + 1;
  }
  return Array.from(nNearer, (count) => count + 1);
}
