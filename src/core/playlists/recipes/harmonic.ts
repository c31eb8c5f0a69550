// Orders that a DJ can mix: each track in a key next to the last one's on the Camelot wheel, and in a tempo near it.
import type { CandidateRow } from '../../db/playlist-candidates.ts';
import { camelotDistance, camelotName, camelotOf, tempoDifference } from '../../domain/camelot.ts';
import type { Mix } from '../../domain/place-reason.ts';
import type { Length } from '../../domain/recipe.ts';
import type { Random } from '../../training/random.ts';

export interface MixRules {
  /** Relative difference of tempi that still mixes; half and double count as the same. */
  tempoTolerance: number;
  spreadArtists: boolean;
}

/** What costs more than this cannot be mixed. */
const UNMIXABLE = 1;
const UNKNOWN_COST = 2;
const SAME_ARTIST_COST = 5;
const PREFERENCE_WEIGHT = 0.5;
const BEAM = 8;
const MAX_POOL = 3000;
const N_STARTS = 12;
const MAX_PASSES = 20;
/** Longer lists are untangled from their best start alone, and only by turning runs around. */
const MAX_ALL_STARTS = 200;
/** Tracks that Or-opt moves together. */
const LONGEST_RUN = 3;

/** Whether two tracks mix: keys that are the same or neighbours, tempi within the tolerance. */
export function mixes(a: CandidateRow, b: CandidateRow, rules: MixRules): boolean {
  return keyCost(a, b) < UNMIXABLE && tempoCost(a, b, rules.tempoTolerance) < UNMIXABLE;
}

/** Cost of one step, symmetric; each part below 1 where it mixes. */
function stepCost(a: CandidateRow, b: CandidateRow, rules: MixRules): number {
  const artist = rules.spreadArtists && isSameArtist(a, b) ? SAME_ARTIST_COST : 0;
  return keyCost(a, b) + tempoCost(a, b, rules.tempoTolerance) + artist;
}

function keyCost(a: CandidateRow, b: CandidateRow): number {
  const [from, to] = [camelotOf(a.key), camelotOf(b.key)];
  if (!from || !to) return UNKNOWN_COST;
  const distance = camelotDistance(from, to);
  return distance <= 1 ? 0.15 * distance : UNMIXABLE + 0.3 * (distance - 2);
}

function tempoCost(a: CandidateRow, b: CandidateRow, tolerance: number): number {
  if (!a.tempoBpm || !b.tempoBpm) return UNKNOWN_COST;
  const part = tempoDifference(a.tempoBpm, b.tempoBpm) / tolerance;
  return part <= 1 ? 0.3 * part : Math.min(3, UNMIXABLE + 0.5 * (part - 1));
}

export function isSameArtist(a: CandidateRow, b: CandidateRow): boolean {
  return a.artist !== null && a.artist === b.artist;
}

/** What a mix goes by. */
export function mixOf({ key, tempoBpm }: CandidateRow): Mix {
  const camelot = camelotOf(key);
  return { camelot: camelot && camelotName(camelot), tempoBpm: tempoBpm ? Math.round(tempoBpm) : null };
}

/**
 * Puts all tracks in an order of little cost: nearest neighbours from several starts, then 2-opt (Croes 1958) and Or-opt (Or 1976) on
 * each; a long list keeps to 2-opt on the best.
 */
export function orderForMixing(tracks: readonly CandidateRow[], rules: MixRules, random: Random): number[] {
  const n = tracks.length;
  if (n < 3) return [...tracks.keys()];
  const cost = costTable(tracks, rules);
  const starts = Array.from({ length: Math.min(n, N_STARTS) }, (_, i) => (n <= N_STARTS ? i : random.below(n)));
  const orders = starts.map((start) => nearestFirst(start, n, cost));
  const shortest = (found: readonly number[][]): number[] =>
    found.reduce((a, b) => (lengthOf(b, n, cost) < lengthOf(a, n, cost) ? b : a));
  const promising = n <= MAX_ALL_STARTS ? orders : [shortest(orders)];
  return shortest(promising.map((order) => untangle(order, n, cost)));
}

function costTable(tracks: readonly CandidateRow[], rules: MixRules): Float32Array {
  const n = tracks.length;
  const cost = new Float32Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) cost[i * n + j] = stepCost(tracks[i]!, tracks[j]!, rules);
  return cost;
}

function nearestFirst(start: number, n: number, cost: Float32Array): number[] {
  const free = new Set(Array.from({ length: n }, (_, i) => i));
  const order = [start];
  free.delete(start);
  while (free.size > 0) {
    const last = order.at(-1)!;
    let best = -1;
    for (const i of free) if (best < 0 || cost[last * n + i]! < cost[last * n + best]!) best = i;
    order.push(best);
    free.delete(best);
  }
  return order;
}

function lengthOf(order: readonly number[], n: number, cost: Float32Array): number {
  return order.reduce((sum, i, at) => (at === 0 ? 0 : sum + cost[order[at - 1]! * n + i]!), 0);
}

/** Turns runs around and moves short ones elsewhere while that shortens the way; the ends are open. */
function untangle(first: readonly number[], n: number, cost: Float32Array): number[] {
  const order = [...first];
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const turned = turnRuns(order, n, cost);
    const moved = n <= MAX_ALL_STARTS && moveRuns(order, n, cost);
    if (!turned && !moved) break;
  }
  return order;
}

function step(a: number | undefined, b: number | undefined, n: number, cost: Float32Array): number {
  return a === undefined || b === undefined ? 0 : cost[a * n + b]!;
}

/** @returns whether the order became better */
function turnRuns(order: number[], n: number, cost: Float32Array): boolean {
  let improved = false;
  for (let i = 0; i < n - 1; i++) {
    for (let j = i + 1; j < n; j++) {
      const [before, from, to, after] = [order[i - 1], order[i], order[j], order[j + 1]];
      const now = step(before, from, n, cost) + step(to, after, n, cost);
      if (step(before, to, n, cost) + step(from, after, n, cost) >= now - 1e-6) continue;
      order.splice(i, j - i + 1, ...order.slice(i, j + 1).reverse());
      improved = true;
    }
  }
  return improved;
}

/** @returns whether the order became better */
function moveRuns(order: number[], n: number, cost: Float32Array): boolean {
  let improved = false;
  for (let length = 1; length <= Math.min(LONGEST_RUN, n - 1); length++) {
    for (let i = 0; i + length <= n; i++) improved = moveRun(order, i, length, n, cost) || improved;
  }
  return improved;
}

/** Moves the run to where it costs least, either way round. */
function moveRun(order: number[], i: number, length: number, n: number, cost: Float32Array): boolean {
  const run = order.slice(i, i + length);
  const rest = [...order.slice(0, i), ...order.slice(i + length)];
  const costAt = (at: number, head: number, tail: number): number =>
    step(rest[at - 1], head, n, cost) + step(tail, rest[at], n, cost) - step(rest[at - 1], rest[at], n, cost);
  const [head, tail] = [run[0]!, run.at(-1)!];
  let best = { at: i, isTurned: false, cost: costAt(i, head, tail) - 1e-6 };
  for (let at = 0; at <= rest.length; at++) {
    for (const isTurned of [false, true]) {
      const there = isTurned ? costAt(at, tail, head) : costAt(at, head, tail);
      if (there < best.cost) best = { at, isTurned, cost: there };
    }
  }
  if (best.at === i && !best.isTurned) return false;
  rest.splice(best.at, 0, ...(best.isTurned ? run.reverse() : run));
  order.splice(0, n, ...rest);
  return true;
}

interface Chain {
  order: number[];
  used: Set<number>;
  cost: number;
  totalSec: number;
}

/** Builds a mix of a length from a pool, best liked first: a beam search that keeps the cheapest chains. */
export function chooseForMixing(pool: readonly CandidateRow[], rules: MixRules, length: Length, random: Random): number[] {
  const tracks = pool.slice(0, MAX_POOL);
  const starts = Array.from({ length: Math.min(BEAM, tracks.length) }, (_, i) => (i === 0 ? 0 : random.below(tracks.length)));
  const seconds = tracks.map(({ durationSec }) => durationSec ?? 0);
  let chains = [...new Set(starts)].map((i): Chain => ({ order: [i], used: new Set([i]), cost: 0, totalSec: seconds[i]! }));
  let nearest = chains[0];
  for (;;) {
    const done = chains.filter((chain) => isLongEnough(chain, length));
    if (done.length > 0) return done.reduce((a, b) => (b.cost / b.order.length < a.cost / a.order.length ? b : a)).order;
    const next = extend(chains, tracks, seconds, { rules, length });
    if (next.length === 0) return (nearest ?? chains[0])?.order ?? [];
    chains = next;
    nearest = [...chains, ...(nearest ? [nearest] : [])].reduce((a, b) => (shortOf(b, length) < shortOf(a, length) ? b : a));
  }
}

function isLongEnough({ order, totalSec }: Chain, length: Length): boolean {
  if (length.by === 'tracks') return order.length >= length.n;
  return Math.abs(totalSec - 60 * length.minutes) <= length.toleranceSec;
}

function shortOf({ order, totalSec }: Chain, length: Length): number {
  return Math.abs(length.by === 'tracks' ? length.n - order.length : 60 * length.minutes - totalSec);
}

/** The cheapest chains that are one longer. Those that overrun are dropped, and those that no track could finish come last. */
function extend(
  chains: readonly Chain[],
  tracks: readonly CandidateRow[],
  seconds: readonly number[],
  { rules, length }: { rules: MixRules; length: Length },
): Chain[] {
  const found: Longer[] = [];
  const shortest = Math.min(...seconds);
  for (const chain of chains) {
    const last = tracks[chain.order.at(-1)!]!;
    for (let i = 0; i < tracks.length; i++) {
      if (chain.used.has(i)) continue;
      let cost = chain.cost + stepCost(last, tracks[i]!, rules) + (PREFERENCE_WEIGHT * i) / tracks.length;
      if (length.by === 'minutes') {
        const left = 60 * length.minutes - chain.totalSec - seconds[i]!;
        if (left < -length.toleranceSec) continue;
        if (left > length.toleranceSec && left < shortest - length.toleranceSec) cost += UNKNOWN_COST;
        if (Math.abs(left) <= length.toleranceSec) cost -= PREFERENCE_WEIGHT;
      }
      keepCheapest(found, { chain, i, cost });
    }
  }
  return found.map(({ chain, i, cost }) => ({
    order: [...chain.order, i],
    used: new Set(chain.used).add(i),
    cost,
    totalSec: chain.totalSec + seconds[i]!,
  }));
}

interface Longer {
  chain: Chain;
  i: number;
  cost: number;
}

/** Keeps a short list sorted. */
function keepCheapest(found: Longer[], one: Longer): void {
  if (found.length === BEAM && one.cost >= found.at(-1)!.cost) return;
  const at = found.findIndex(({ cost }) => cost > one.cost);
  found.splice(at < 0 ? found.length : at, 0, one);
  if (found.length > BEAM) found.pop();
}
