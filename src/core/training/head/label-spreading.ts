// Labels that spread to the tracks that sound most alike: local and global consistency (Zhou, Bousquet, Lal, Weston & Schölkopf 2004).
import type { Rows } from './fit-linear.ts';

/** Undirected links between nodes, each listed once. */
export interface Links {
  from: Int32Array;
  to: Int32Array;
  /** 0..1 */
  affinities: Float64Array;
}

/** How the unlabelled tracks lie among themselves: the same whatever the labels. */
export interface Neighbourhood {
  links: Links;
  /** Squared distance of each to its SCALE_RANK-th nearest, Float64Array [n]. */
  scales: Float64Array;
}

/** Every track is linked to so many others. */
const N_LINKS = 10;
/** The neighbour that tells how dense it is around a track (Zelnik-Manor & Perona 2004). */
const SCALE_RANK = 7;
/** Share of what a track's neighbours say, beside its own label. */
const ALPHA = 0.5;
/** What is left to come is less than ALPHA to this power. */
const N_ROUNDS = 15;

/** @param distances squared, Float64Array [n x n] */
export function neighbourhoodOf(distances: Rows): Neighbourhood {
  const n = distances.k;
  const apart = distances.values.slice();
  for (let i = 0; i < n; i++) apart[i * n + i] = Number.POSITIVE_INFINITY;
  const scales = localScales({ values: apart, k: n });
  const nearest = nearestLinks({ values: apart, k: n }, scales, scales);
  const isFirst = (e: number) => {
    const [a, b] = [nearest.from[e]!, nearest.to[e]!];
    return a < b || !isAmong(nearest, b, a);
  };
  return { links: chosenLinks(nearest, isFirst), scales };
}

/**
 * @param distances squared, of labelled tracks to the unlabelled ones, Float64Array [nLabelled x n]
 * @returns what reaches each unlabelled track of each class, >= 0, Float64Array [n x nClasses]
 */
export function spreadLabels(around: Neighbourhood, distances: Rows, classes: Int32Array, nClasses: number): Float64Array {
  const nLabelled = classes.length;
  const bridges = nearestLinks(distances, localScales(distances), around.scales);
  const links: Links = {
    from: Int32Array.of(...bridges.from, ...around.links.from.map((i) => nLabelled + i)),
    to: Int32Array.of(...bridges.to.map((i) => nLabelled + i), ...around.links.to.map((i) => nLabelled + i)),
    affinities: Float64Array.of(...bridges.affinities, ...around.links.affinities),
  };
  const own = new Float64Array((nLabelled + around.scales.length) * nClasses);
  for (const [i, label] of classes.entries()) own[i * nClasses + label] = 1;
  return spread(links, own, nClasses).subarray(nLabelled * nClasses);
}

/** F = ALPHA S F + (1 - ALPHA) Y, S the affinities divided by the roots of both nodes' sums. @param own Y, Float64Array [n x nClasses] */
export function spread({ from, to, affinities }: Links, own: Float64Array, nClasses: number): Float64Array {
  const sums = new Float64Array(own.length / nClasses);
  for (let e = 0; e < affinities.length; e++) {
    sums[from[e]!] = sums[from[e]!]! + affinities[e]!;
    sums[to[e]!] = sums[to[e]!]! + affinities[e]!;
  }
  const shares = affinities.map((value, e) => (value > 0 ? (ALPHA * value) / Math.sqrt(sums[from[e]!]! * sums[to[e]!]!) : 0));
  const start = own.map((value) => (1 - ALPHA) * value);
  let now = start;
  for (let round = 0; round < N_ROUNDS; round++) {
    const next = start.slice();
    for (let e = 0; e < shares.length; e++) {
      const [a, b] = [from[e]! * nClasses, to[e]! * nClasses];
      for (let c = 0; c < nClasses; c++) {
        next[a + c] = next[a + c]! + shares[e]! * now[b + c]!;
        next[b + c] = next[b + c]! + shares[e]! * now[a + c]!;
      }
    }
    now = next;
  }
  return now;
}

function localScales({ values, k }: Rows): Float64Array {
  const rank = Math.min(SCALE_RANK, k) - 1;
  return Float64Array.from({ length: values.length / k }, (_, i) => values.slice(i * k, (i + 1) * k).sort()[rank]!);
}

/** From every row to the columns nearest to it. */
function nearestLinks({ values, k }: Rows, rowScales: Float64Array, columnScales: Float64Array): Links {
  const n = Math.min(N_LINKS, k);
  const places = Array.from(rowScales, (_, i) =>
    nearestColumns(values.subarray(i * k, (i + 1) * k), rowScales[i]!, columnScales, n),
  );
  const from = Int32Array.from({ length: n * places.length }, (_, e) => Math.floor(e / n));
  const to = Int32Array.from(places.flat());
  const affinities = Float64Array.from(to, (j, e) =>
    affinity(values[from[e]! * k + j]!, rowScales[from[e]!]! * columnScales[j]!),
  );
  return { from, to, affinities };
}

function nearestColumns(distances: Float64Array, scale: number, columnScales: Float64Array, n: number): number[] {
  const affinities = distances.map((distance, j) => affinity(distance, scale * columnScales[j]!));
  return [...distances.keys()]
    .sort((a, b) => affinities[b]! - affinities[a]! || distances[a]! - distances[b]! || a - b)
    .slice(0, n);
}

/** exp(-d^2 / (s_i s_j)) of squared d and s; 1 between copies. */
function affinity(distance: number, scaleProduct: number): number {
  return distance === 0 ? 1 : Math.exp(-distance / Math.sqrt(scaleProduct));
}

function isAmong({ from, to }: Links, a: number, b: number): boolean {
  for (let e = from.indexOf(a); e >= 0 && from[e] === a; e++) if (to[e] === b) return true;
  return false;
}

function chosenLinks({ from, to, affinities }: Links, isChosen: (e: number) => boolean): Links {
  const kept = [...from.keys()].filter(isChosen);
  return {
    from: Int32Array.from(kept, (e) => from[e]!),
    to: Int32Array.from(kept, (e) => to[e]!),
    affinities: Float64Array.from(kept, (e) => affinities[e]!),
  };
}
