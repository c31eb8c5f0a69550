// All pairs of genres, and which of them were called distinct or similar before anything was measured.

export type PairKind = 'distinct' | 'similar';

export interface GenrePair {
  /** Places in the list of genres, first < second. */
  first: number;
  second: number;
  kind: PairKind | null;
}

/** Chosen here by what the genres are made of, before any figure was known: the paper's own pairs are not known to this project. */
const KNOWN: Record<PairKind, readonly (readonly [string, string])[]> = {
  distinct: [
    ['classical', 'metal'],
    ['classical', 'hiphop'],
    ['classical', 'disco'],
    ['jazz', 'metal'],
    ['ambient', 'drumandbass'],
  ],
  similar: [
    ['metal', 'rock'],
    ['country', 'rock'],
    ['disco', 'pop'],
    ['hiphop', 'reggae'],
    ['blues', 'jazz'],
    ['country', 'folk'],
  ],
};

/** Every two genres once. */
export function pairsOf(genres: readonly string[]): GenrePair[] {
  return genres.flatMap((name, first) =>
    genres.slice(first + 1).map((other, i) => ({ first, second: first + 1 + i, kind: kindOf(name, other) })),
  );
}

function kindOf(a: string, b: string): PairKind | null {
  const names = [plain(a), plain(b)];
  const isKnown = (kind: PairKind) => KNOWN[kind].some((pair) => pair.every((name) => names.includes(name)));
  if (isKnown('distinct')) return 'distinct';
  return isKnown('similar') ? 'similar' : null;
}

/** "Hip-Hop" and "Drum & Bass" as people write them. */
function plain(genre: string): string {
  return genre
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^a-z]/g, '');
}
