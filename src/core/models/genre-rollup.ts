// Which genre of a model each label counts for: its own, or the nearest genre above it that has enough tracks.
import { genreKey } from '../domain/genre.ts';
import { MIN_TRACKS_PER_GENRE } from '../domain/training.ts';

/** Parent's name by the key of a genre's name; absent or null at the top. */
export type GenreParents = ReadonlyMap<string, string | null>;

/** A genre and everything above it, nearest first. A circle ends where it closes. */
export function lineOf(genre: string, parents: GenreParents): string[] {
  const line: string[] = [];
  const seen = new Set<string>();
  for (let name: string | null = genre; name !== null && !seen.has(genreKey(name)); name = parents.get(genreKey(name)) ?? null) {
    seen.add(genreKey(name));
    line.push(name);
  }
  return line;
}

/** For every label the chosen genre at or above it, null when there is none. */
export function rollUpTo(labels: readonly string[], chosen: readonly string[], parents: GenreParents): (string | null)[] {
  const names = new Map(chosen.map((name) => [genreKey(name), name]));
  return labels.map((label) => {
    for (const name of lineOf(label, parents)) {
      const found = names.get(genreKey(name));
      if (found !== undefined) return found;
    }
    return null;
  });
}

/** Genres with too few labels lend them to the genre above, deepest first; those at the top keep what they have. */
export function rollUpSmall(labels: readonly string[], parents: GenreParents): string[] {
  const rolled = [...labels];
  const depth = (name: string) => lineOf(name, parents).length;
  for (;;) {
    const counts = new Map<string, number>();
    for (const name of rolled) counts.set(name, (counts.get(name) ?? 0) + 1);
    const small = [...counts.keys()]
      .filter((name) => counts.get(name)! < MIN_TRACKS_PER_GENRE && lineOf(name, parents).length > 1)
      .sort((a, b) => depth(b) - depth(a) || (a < b ? -1 : 1));
    const moved = small[0];
    if (moved === undefined) return rolled;
    const parent = lineOf(moved, parents)[1]!;
    for (const [i, name] of rolled.entries()) if (name === moved) rolled[i] = parent;
  }
}
