// An arc of tempo and energy: how high a playlist lies at each place, and which tracks make it so.
import type { CandidateRow } from '../../db/playlist-candidates.ts';
import type { Length, Order } from '../../domain/recipe.ts';

export type ArcOrder = Extract<Order, { kind: 'arc' }>;

const WAVES = 2;
/** A track's place in the preferences against how well it fits the arc, both 0..1. */
const PREFERENCE_WEIGHT = 0.1;
const MAX_POOL = 20_000;
const MAX_ROUNDS = 30;

/** Heights 0..1 at n places. */
export function arcHeights({ shape, points }: ArcOrder, n: number): number[] {
  return Array.from({ length: n }, (_, i) => {
    const x = n === 1 ? 0 : i / (n - 1);
    if (shape === 'rising') return x;
    if (shape === 'falling') return 1 - x;
    if (shape === 'wave') return 0.5 - 0.5 * Math.cos(2 * Math.PI * WAVES * x);
    const place = x * (points.length - 1);
    const left = Math.min(points.length - 2, Math.floor(place));
    return points[left]! + (place - left) * (points[left + 1]! - points[left]!);
  });
}

/**
 * How high tracks lie, 0 = the calmest or slowest twentieth, 1 = the opposite; NaN where it is not known. Tempi count by their
 * logarithm.
 */
export function heightsOf(tracks: readonly CandidateRow[], field: ArcOrder['field']): Float64Array {
  const energies = scaled(tracks.map(({ energy }) => energy));
  const tempi = scaled(tracks.map(({ tempoBpm }) => (tempoBpm === null || tempoBpm <= 0 ? null : Math.log2(tempoBpm))));
  if (field === 'energy') return energies;
  if (field === 'tempo') return tempi;
  return energies.map((energy, i) => (energy + tempi[i]!) / 2);
}

function scaled(values: readonly (number | null)[]): Float64Array {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const low = known[Math.floor(known.length / 20)] ?? 0;
  const high = known[Math.ceil((known.length - 1) * 0.95)] ?? 1;
  const scale = high > low ? 1 / (high - low) : 0;
  return Float64Array.from(values, (value) =>
    value === null ? Number.NaN : scale === 0 ? 0.5 : Math.min(1, Math.max(0, (value - low) * scale)),
  );
}

export interface AlongArc {
  /** Positions in the pool, in the order they are to be heard. */
  order: number[];
  /** Height of the arc at each of them. */
  wanted: number[];
}

/**
 * Chooses from a pool, best liked first, and puts in order. Where everything is taken, the order alone makes the arc: the k-th
 * lowest track goes to the k-th lowest place, which is the closest fit (rearrangement inequality).
 * @param heights of the pool, NaN = unknown: such tracks are left out
 */
export function chooseAlongArc(
  pool: readonly CandidateRow[],
  heights: Float64Array,
  order: ArcOrder,
  length: Length | null,
): AlongArc {
  const usable = [...heights.keys()].filter((i) => !Number.isNaN(heights[i]!)).slice(0, MAX_POOL);
  const duration = (i: number) => pool[i]!.durationSec ?? 0;
  const n =
    length === null ? usable.length : length.by === 'tracks' ? length.n : likelyCount(usable.map(duration), 60 * length.minutes);
  let chosen = fitting(usable, heights, arcHeights(order, Math.min(n, usable.length)));
  if (length?.by === 'minutes') chosen = fitTime(chosen, { usable, heights, duration, order, length });
  const wanted = arcHeights(order, chosen.length);
  return { order: matchRanks(chosen, heights, wanted), wanted };
}

function likelyCount(durations: readonly number[], targetSec: number): number {
  const mean = durations.reduce((sum, sec) => sum + sec, 0) / Math.max(1, durations.length);
  return Math.max(1, Math.round(targetSec / Math.max(1, mean)));
}

/** For every place the free track that fits best. */
function fitting(usable: readonly number[], heights: Float64Array, wanted: readonly number[]): number[] {
  if (wanted.length >= usable.length) return [...usable];
  const free = new Set(usable);
  const rank = new Map(usable.map((i, at) => [i, at / usable.length]));
  return wanted.map((height) => {
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (const i of free) {
      const cost = Math.abs(heights[i]! - height) + PREFERENCE_WEIGHT * rank.get(i)!;
      if (cost < least) [best, least] = [i, cost];
    }
    free.delete(best);
    return best;
  });
}

interface Fit {
  usable: readonly number[];
  heights: Float64Array;
  duration: (i: number) => number;
  order: ArcOrder;
  length: Extract<Length, { by: 'minutes' }>;
}

/** Another count of tracks where that is nearer, then tracks exchanged for others of another length at about the same height. */
function fitTime(first: number[], { usable, heights, duration, order, length }: Fit): number[] {
  const targetSec = 60 * length.minutes;
  const gapOf = (chosen: readonly number[]) => targetSec - chosen.reduce((sum, i) => sum + duration(i), 0);
  let chosen = nearestCount(first, gapOf, (n) => fitting(usable, heights, arcHeights(order, Math.min(n, usable.length))));
  for (let round = 0; round < MAX_ROUNDS && Math.abs(gapOf(chosen)) > length.toleranceSec; round++) {
    const better = exchange(chosen, gapOf(chosen), { usable, heights, duration, toleranceSec: length.toleranceSec });
    if (better === null) break;
    chosen = better;
  }
  return chosen;
}

/** Steps towards the length until the gap changes its sign; every count of tracks makes another choice. */
function nearestCount(first: number[], gapOf: (chosen: readonly number[]) => number, choose: (n: number) => number[]): number[] {
  let best = first;
  const step = Math.sign(gapOf(first));
  if (step === 0) return first;
  for (let n = first.length + step; n >= 1 && Math.abs(n - first.length) <= MAX_ROUNDS; n += step) {
    const next = choose(n);
    if (next.length !== n) break;
    if (Math.abs(gapOf(next)) < Math.abs(gapOf(best))) best = next;
    if (Math.sign(gapOf(next)) !== step) break;
  }
  return best;
}

/** The exchange that comes nearest to the length; among those within the tolerance, the one that bends the arc least. */
function exchange(
  chosen: readonly number[],
  gapSec: number,
  { usable, heights, duration, toleranceSec }: Omit<Fit, 'order' | 'length'> & { toleranceSec: number },
): number[] | null {
  const used = new Set(chosen);
  let [at, best, leastGap, leastBend] = [-1, -1, Math.abs(gapSec), Number.POSITIVE_INFINITY];
  for (const [slot, old] of chosen.entries()) {
    for (const i of usable) {
      if (used.has(i)) continue;
      const gap = Math.max(toleranceSec, Math.abs(gapSec - (duration(i) - duration(old))));
      const bend = Math.abs(heights[i]! - heights[old]!);
      if (gap > leastGap || (gap === leastGap && bend >= leastBend)) continue;
      [at, best, leastGap, leastBend] = [slot, i, gap, bend];
    }
  }
  return at < 0 ? null : chosen.with(at, best);
}

function matchRanks(chosen: readonly number[], heights: Float64Array, wanted: readonly number[]): number[] {
  const tracks = chosen.toSorted((a, b) => heights[a]! - heights[b]!);
  const places = [...wanted.keys()].sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const order = new Array<number>(chosen.length);
  for (const [rank, place] of places.entries()) order[place] = tracks[rank]!;
  return order;
}
