// The recordings of two genres divided into 70 to learn from and 30 to test, with the same shares of both and no artist on both sides.
import { groupedFolds } from '../../training/evaluation/grouped-folds.ts';
import { createRandom, shuffled } from '../../training/random.ts';
import type { GenrePair } from './genre-pairs.ts';

/** Of one genre and trial: as many as the collection had that the paper tells of. Every pair of a large library would take for ever. */
export const MAX_RECORDINGS = 100;
const N_PARTS = 10;
export const TESTED_SHARE = 0.3;

export interface PairSplit {
  /** Int32Array, places of recordings. */
  learned: Int32Array;
  tested: Int32Array;
}

/**
 * @param classes Int32Array [n], genre of each recording
 * @param groups Int32Array [n], artist of each
 * @returns null where one side would lack a genre: all of it is by one artist
 */
export function splitPair(
  classes: Int32Array,
  groups: Int32Array,
  { first, second }: Pick<GenrePair, 'first' | 'second'>,
  seed: number,
): PairSplit | null {
  const random = createRandom(seed);
  const members = [first, second].flatMap((genre) =>
    shuffled(
      [...classes.keys()].filter((i) => classes[i] === genre),
      random,
    ).slice(0, MAX_RECORDINGS),
  );
  const labels = Int32Array.from(members, (i) => Number(classes[i] === second));
  const own = Int32Array.from(members, (i) => groups[i]!);
  const nParts = Math.min(N_PARTS, ...[0, 1].map((label) => new Set(own.filter((_, i) => labels[i] === label)).size));
  if (nParts < 2) return null;
  const folds = groupedFolds(labels, own, nParts, seed);
  const nTested = Math.max(1, Math.round(TESTED_SHARE * nParts));
  const side = (isTested: boolean) =>
    Int32Array.from(members.filter((_, i) => (folds[i]! >= 0 && folds[i]! < nTested) === isTested).sort((a, b) => a - b));
  const split = { learned: side(false), tested: side(true) };
  const hasBoth = (places: Int32Array) => new Set(Array.from(places, (i) => classes[i])).size === 2;
  return hasBoth(split.learned) && hasBoth(split.tested) ? split : null;
}
