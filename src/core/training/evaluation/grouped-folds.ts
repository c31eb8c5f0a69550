// Splits tracks into folds for testing: no group (artist, album) on both sides, the shares of the genres alike in all folds.
import { createRandom, shuffled } from '../random.ts';

/** Fold of a track that cannot be tested and stays with the learning side of every fold. */
export const NEVER_TESTED = -1;

interface Group {
  tracks: number[];
  /** Tracks by class. */
  counts: Map<number, number>;
}

/**
 * Stratified grouped folds: groups, largest first, each go where their genres are rarest so far (after scikit-learn's
 * StratifiedGroupKFold). A genre all of whose tracks are of one group cannot be learned and tested at once: that group is never
 * tested. No fold takes all the groups of a genre. Same seed, same folds.
 * @param classes Int32Array [n]
 * @param groups Int32Array [n]
 * @param nFolds 2 or more
 * @returns Int32Array [n], 0..nFolds - 1 or NEVER_TESTED
 */
export function groupedFolds(classes: Int32Array, groups: Int32Array, nFolds: number, seed: number): Int32Array {
  const all = groupsOf(classes, groups);
  const open = unplacedGroups(all);
  const totals = new Map<number, number>();
  for (const label of classes) totals.set(label, (totals.get(label) ?? 0) + 1);
  const folds = new Int32Array(classes.length).fill(NEVER_TESTED);
  const state = new FoldState(nFolds, totals, open);
  const order = shuffled(
    all.filter((group) => !hasLoneClass(group, open)),
    createRandom(seed),
  ).sort((a, b) => b.tracks.length - a.tracks.length);
  for (const group of all.filter((each) => hasLoneClass(each, open))) state.keepForLearning(group);
  for (const group of order) {
    const fold = state.place(group);
    for (const track of group.tracks) folds[track] = fold;
  }
  return folds;
}

function groupsOf(classes: Int32Array, groups: Int32Array): Group[] {
  const byId = new Map<number, Group>();
  for (const [track, id] of groups.entries()) {
    const group: Group = byId.get(id) ?? { tracks: [], counts: new Map() };
    byId.set(id, group);
    group.tracks.push(track);
    const label = classes[track]!;
    group.counts.set(label, (group.counts.get(label) ?? 0) + 1);
  }
  return [...byId.values()];
}

/** Groups by class. */
function unplacedGroups(all: readonly Group[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const group of all) for (const label of group.counts.keys()) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

function hasLoneClass(group: Group, nGroups: ReadonlyMap<number, number>): boolean {
  return [...group.counts.keys()].some((label) => nGroups.get(label) === 1);
}

class FoldState {
  /** Tracks by fold and class. */
  readonly #counts: Map<number, number>[];
  readonly #sizes: number[];
  readonly #totals: ReadonlyMap<number, number>;
  /** Groups by class that have no place yet. */
  readonly #unplaced: Map<number, number>;
  /** Classes that some learning side already has for good, and the folds that hold each class. */
  readonly #kept = new Set<number>();
  readonly #foldsOfClass = new Map<number, Set<number>>();

  constructor(nFolds: number, totals: ReadonlyMap<number, number>, nGroups: ReadonlyMap<number, number>) {
    this.#counts = Array.from({ length: nFolds }, () => new Map());
    this.#sizes = new Array<number>(nFolds).fill(0);
    this.#totals = totals;
    this.#unplaced = new Map(nGroups);
  }

  keepForLearning(group: Group): void {
    for (const label of group.counts.keys()) {
      this.#kept.add(label);
      this.#unplaced.set(label, this.#unplaced.get(label)! - 1);
    }
  }

  place(group: Group): number {
    const allowed = this.#sizes.map((_, fold) => fold).filter((fold) => !this.#wouldHoldAll(group, fold));
    if (allowed.length === 0) {
      this.keepForLearning(group);
      return NEVER_TESTED;
    }
    const costs = new Map(allowed.map((fold) => [fold, this.#cost(group, fold)]));
    const fold = allowed.reduce((best, each) => {
      const difference = costs.get(each)! - costs.get(best)!;
      return difference < 0 || (difference === 0 && this.#sizes[each]! < this.#sizes[best]!) ? each : best;
    });
    for (const [label, n] of group.counts) {
      this.#counts[fold]!.set(label, (this.#counts[fold]!.get(label) ?? 0) + n);
      this.#unplaced.set(label, this.#unplaced.get(label)! - 1);
      this.#foldsOfClass.set(label, (this.#foldsOfClass.get(label) ?? new Set<number>()).add(fold));
    }
    this.#sizes[fold] = this.#sizes[fold]! + group.tracks.length;
    return fold;
  }

  /** Whether this group is the last of a genre whose other groups are all in the fold. */
  #wouldHoldAll(group: Group, fold: number): boolean {
    return [...group.counts.keys()].some((label) => {
      if (this.#kept.has(label) || this.#unplaced.get(label)! > 1) return false;
      const folds = this.#foldsOfClass.get(label);
      return !folds || (folds.size === 1 && folds.has(fold));
    });
  }

  /** Growth of the squared shares of the group's genres in the fold. */
  #cost(group: Group, fold: number): number {
    let cost = 0;
    for (const [label, n] of group.counts) {
      const before = this.#counts[fold]!.get(label) ?? 0;
      cost += ((before + n) ** 2 - before ** 2) / this.#totals.get(label)! ** 2;
    }
    return cost;
  }
}
