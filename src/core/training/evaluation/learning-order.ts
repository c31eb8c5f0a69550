// Which tracks are left when a training may learn from a part of its labels only.
import { createRandom, shuffledOrder } from '../random.ts';

/**
 * Rank of every track: whole groups in random order. The first tracks of a genre by rank are what a smaller collection of labels,
 * by fewer artists, would hold; a smaller part is always within a larger one.
 */
export function learningOrder(groups: Int32Array, seed: number): Int32Array {
  const ids = [...new Set(groups)];
  const order = shuffledOrder(ids.length, createRandom(seed));
  const rankOf = new Map(ids.map((id, i) => [id, order[i]!]));
  const tracks = [...groups.keys()].sort((a, b) => rankOf.get(groups[a]!)! - rankOf.get(groups[b]!)! || a - b);
  const ranks = new Int32Array(groups.length);
  for (const [rank, track] of tracks.entries()) ranks[track] = rank;
  return ranks;
}

/** The first `fraction` of the tracks of each class by rank, at least one of each. */
export function firstOfEachClass(tracks: readonly number[], classes: Int32Array, ranks: Int32Array, fraction: number): number[] {
  const byClass = new Map<number, number[]>();
  for (const track of tracks) {
    const members = byClass.get(classes[track]!) ?? [];
    byClass.set(classes[track]!, members);
    members.push(track);
  }
  return [...byClass.values()]
    .flatMap((members) =>
      members.sort((a, b) => ranks[a]! - ranks[b]!).slice(0, Math.max(1, Math.round(fraction * members.length))),
    )
    .sort((a, b) => a - b);
}
