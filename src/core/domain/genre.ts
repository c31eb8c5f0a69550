// A person's own genres: a tree of names, each with the key that sets it while labelling.

export interface Genre {
  id: number;
  name: string;
  /** The genre this one is a kind of; null at the top. */
  parentId: number | null;
  /** The number key 1..9 that sets it in the labelling queue; null when it has none. */
  hotkey: number | null;
  /** Tracks whose primary label it is, by hand, import or tag. */
  nTracks: number;
}

export const MAX_GENRE_NAME = 100;

/** One name for "Hip-Hop ", "hip-hop" and their Unicode variants: two genres may not share it. */
export function genreKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Each genre once, in its first spelling and place. */
export function uniqueGenres(names: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names) if (!byKey.has(genreKey(name))) byKey.set(genreKey(name), name);
  return [...byKey.values()];
}

/** A genre and everything below it. */
export function withDescendants(genres: readonly Genre[], id: number): number[] {
  const found = [id];
  for (const parent of found) for (const genre of genres) if (genre.parentId === parent) found.push(genre.id);
  return found;
}
