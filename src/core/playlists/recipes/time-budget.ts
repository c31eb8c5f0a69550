// Fills a length of time with tracks: the subset whose total lies within the tolerance and that prefers the first ones.
// Subset sum by dynamic programming (Bellman 1957) over time cut into steps, checked with the exact lengths.

export interface Filled {
  /** Positions of the chosen, ascending. */
  chosen: number[];
  totalSec: number;
  isMet: boolean;
}

const MAX_STEPS = 20_000;
const MAX_CELLS = 40_000_000;
/** So many times the tracks that are needed are looked at, and so many more. */
const POOL_FACTOR = 3;
const POOL_EXTRA = 30;
const MAX_TRIES = 200;

/**
 * @param durationsSec in order of preference
 * @returns `isMet` is false where no choice of the first few times as many tracks as needed comes within the tolerance: then
 * what comes nearest
 */
export function fillTime(durationsSec: readonly number[], targetSec: number, toleranceSec: number): Filled {
  const pool = durationsSec.slice(0, poolSize(durationsSec, targetSec));
  const all = filled(
    pool,
    pool.map((_, i) => i),
    targetSec,
    toleranceSec,
  );
  if (all.totalSec <= targetSec) return all;
  const nSteps = Math.min(MAX_STEPS, Math.floor(MAX_CELLS / pool.length));
  const stepSec = (targetSec + toleranceSec) / nSteps;
  const sizes = pool.map((duration) => Math.max(1, Math.round(duration / stepSec)));
  const { cost, taken } = cheapestSums(sizes, nSteps);
  let nearest: Filled | null = null;
  for (const steps of bySuitability(cost, targetSec / stepSec, toleranceSec / stepSec)) {
    const found = filled(pool, chosenFor(steps, sizes, taken, nSteps), targetSec, toleranceSec);
    if (found.isMet) return found;
    if (!nearest || Math.abs(found.totalSec - targetSec) < Math.abs(nearest.totalSec - targetSec)) nearest = found;
  }
  return nearest ?? filled(pool, [], targetSec, toleranceSec);
}

function poolSize(durationsSec: readonly number[], targetSec: number): number {
  let total = 0;
  const needed = durationsSec.findIndex((duration) => {
    total += duration;
    return total > targetSec;
  });
  return needed < 0 ? durationsSec.length : POOL_FACTOR * (needed + 1) + POOL_EXTRA;
}

function filled(pool: readonly number[], chosen: number[], targetSec: number, toleranceSec: number): Filled {
  const totalSec = chosen.reduce((sum, i) => sum + pool[i]!, 0);
  return { chosen, totalSec, isMet: Math.abs(totalSec - targetSec) <= toleranceSec };
}

/** Least cost of every sum; a track costs its place in the order times its length, so that many short ones pay no more than a long one. */
function cheapestSums(sizes: readonly number[], nSteps: number): { cost: Float64Array; taken: Uint8Array } {
  const cost = new Float64Array(nSteps + 1).fill(Number.POSITIVE_INFINITY);
  const taken = new Uint8Array(sizes.length * (nSteps + 1));
  cost[0] = 0;
  for (const [i, size] of sizes.entries()) {
    const own = i * size;
    const row = i * (nSteps + 1);
    for (let sum = nSteps; sum >= size; sum--) {
      const with_ = cost[sum - size]! + own;
      if (with_ >= cost[sum]!) continue;
      cost[sum] = with_;
      taken[row + sum] = 1;
    }
  }
  return { cost, taken };
}

/** Sums within the tolerance, cheapest first; then the others, nearest to the target first. */
function bySuitability(cost: Float64Array, target: number, tolerance: number): number[] {
  const reachable = Array.from(cost.keys()).filter((sum) => sum > 0 && cost[sum]! < Number.POSITIVE_INFINITY);
  const inside = reachable.filter((sum) => Math.abs(sum - target) <= tolerance).sort((a, b) => cost[a]! - cost[b]!);
  const outside = reachable.filter((sum) => Math.abs(sum - target) > tolerance);
  const nearest = outside.sort((a, b) => Math.abs(a - target) - Math.abs(b - target)).slice(0, MAX_TRIES);
  return [...inside.slice(0, MAX_TRIES), ...nearest];
}

function chosenFor(steps: number, sizes: readonly number[], taken: Uint8Array, nSteps: number): number[] {
  const chosen: number[] = [];
  let sum = steps;
  for (let i = sizes.length - 1; i >= 0 && sum > 0; i--) {
    if (taken[i * (nSteps + 1) + sum] === 0) continue;
    chosen.push(i);
    sum -= sizes[i]!;
  }
  return chosen.reverse();
}
