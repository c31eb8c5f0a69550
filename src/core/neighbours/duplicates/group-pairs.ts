// From pairs to groups: files with the same recording together, and beside each other what is nearly the same.
import { bestFirst, type DuplicateFile, type DuplicateGroup, type DuplicatePair, whyBest } from '../../domain/duplicate.ts';

/** Groups with the most files first, then by the best copy's id. @param fileOf of every track in the pairs */
export function groupDuplicates(pairs: readonly DuplicatePair[], fileOf: (trackId: number) => DuplicateFile): DuplicateGroup[] {
  const same = pairs.filter(({ kind }) => kind === 'same');
  const copies = connected(same).map((ids) => bestFirst(ids.map(fileOf)));
  const standsFor = new Map(copies.flatMap((files) => files.map(({ trackId }) => [trackId, files[0]!.trackId] as const)));
  const near = pairs
    .filter(({ kind }) => kind === 'near')
    .map((pair) => ({ ...pair, a: standsFor.get(pair.a) ?? pair.a, b: standsFor.get(pair.b) ?? pair.b }))
    .filter(({ a, b }) => a !== b);
  const versions = connected(near).map((ids) => bestFirst(ids.map(fileOf)));
  return [...copies.map((files) => groupOf('same', files, same)), ...versions.map((files) => groupOf('near', files, near))];
}

function groupOf(kind: DuplicateGroup['kind'], files: DuplicateFile[], pairs: readonly DuplicatePair[]): DuplicateGroup {
  const ids = new Set(files.map(({ trackId }) => trackId));
  const agreements = pairs.filter(({ a, b }) => ids.has(a) && ids.has(b)).map(({ agreement }) => agreement);
  return { kind, files, reason: whyBest(files), agreement: Math.min(...agreements) };
}

/** Sets of ids that pairs connect, by their smallest id. */
function connected(pairs: readonly { a: number; b: number }[]): number[][] {
  const parent = new Map<number, number>();
  const rootOf = (id: number): number => {
    let root = id;
    while ((parent.get(root) ?? root) !== root) root = parent.get(root)!;
    parent.set(id, root);
    return root;
  };
  for (const { a, b } of pairs) {
    const [x, y] = [rootOf(a), rootOf(b)];
    parent.set(Math.max(x, y), Math.min(x, y));
  }
  const sets = Map.groupBy(
    [...parent.keys()].sort((a, b) => a - b),
    rootOf,
  );
  return [...sets.values()];
}
