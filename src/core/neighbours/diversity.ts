// Answers that are not all the same: maximal marginal relevance.
import { joinDistances, type Neighbour, type SoundQuery } from '../domain/neighbour.ts';
import type { Source } from '../domain/stem.ts';
import { cosineDistance, type UnitOf } from './unit-vector.ts';

/**
 * Takes `limit` of the pool, one by one: always the track with the smallest
 * (1 - diversity) distance to the question - diversity * distance to the nearest one taken before
 * (Carbonell & Goldstein 1998, with distances for similarities). Among each other, tracks are compared by what the question
 * wants them to share. Nearest first.
 */
export function selectDiverse(
  pool: readonly Neighbour[],
  sources: readonly [Source, number][],
  { diversity, limit }: Pick<SoundQuery, 'diversity' | 'limit'>,
  unitOf: UnitOf,
): Neighbour[] {
  const between = distancesBetween(pool, sources, unitOf);
  const toTaken = new Float64Array(pool.length).fill(2);
  const open = new Set(pool.keys());
  const taken: Neighbour[] = [];
  while (taken.length < limit && open.size > 0) {
    let [best, bestCost] = [-1, Number.POSITIVE_INFINITY];
    for (const i of open) {
      const cost = (1 - diversity) * pool[i]!.distance - diversity * toTaken[i]!;
      if (cost < bestCost) [best, bestCost] = [i, cost];
    }
    open.delete(best);
    taken.push(pool[best]!);
    for (const i of open) toTaken[i] = Math.min(toTaken[i]!, between(best, i));
  }
  return taken.sort((a, b) => a.distance - b.distance || a.trackId - b.trackId);
}

/** Distance between two places of the pool, by the sources that the question likes; by the whole sound when it likes none. */
function distancesBetween(
  pool: readonly Neighbour[],
  sources: readonly [Source, number][],
  unitOf: UnitOf,
): (a: number, b: number) => number {
  const liked = sources.filter(([, weight]) => weight > 0);
  const shared: readonly [Source, number][] = liked.length > 0 ? liked : [['mixture', 1]];
  const vectors = pool.map(({ trackId }) => shared.map(([source]) => unitOf(trackId, source)));
  return (a, b) => {
    const bySource: Neighbour['bySource'] = {};
    for (const [s, [source]] of shared.entries()) {
      const [u, v] = [vectors[a]![s], vectors[b]![s]];
      if (u && v) bySource[source] = cosineDistance(u, v);
    }
    return joinDistances(bySource, shared);
  };
}
