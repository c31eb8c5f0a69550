// Which tracks belong together by their tags: no artist and no album may stand on both sides of a test.
import type { TrackCredits } from '../db/training-rows.ts';
import { genreKey } from '../domain/genre.ts';

/** Names that many unrelated files carry. */
const NOBODY = new Set([
  'various artists',
  'various',
  'va',
  'v.a.',
  'v/a',
  'diverse',
  'unknown',
  'unknown artist',
  'unknown album',
  '<unknown>',
  'artist',
  'album',
  'untitled',
  'n/a',
  '',
]);
/** "Nina feat. Max" is Nina. */
const GUEST = /\s+[([]?(?:feat\.?|ft\.?|featuring)\s.*$/;

/**
 * A group for each track, Int32Array [n], 0..: tracks that share an artist, an album artist or an album are of one group, also
 * over several steps (union-find). A track without such tags is a group of its own; folders do not count.
 */
export function groupTracks(tracks: readonly TrackCredits[]): Int32Array {
  const parents = Int32Array.from(tracks, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (parents[root] !== root) root = parents[root]!;
    for (let at = i; at !== root; ) {
      const next = parents[at]!;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  const firstWith = new Map<string, number>();
  for (const [i, track] of tracks.entries()) {
    for (const key of keysOf(track)) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, i);
      else parents[find(i)] = find(first);
    }
  }
  const numbers = new Map<number, number>();
  return Int32Array.from(tracks, (_, i) => {
    const root = find(i);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

function keysOf({ artist, albumArtist, album }: TrackCredits): string[] {
  const people = [artist, albumArtist].map(personKey).filter((key) => key !== null);
  const albumName = album === null ? '' : genreKey(album);
  const keys = people.map((person) => `artist ${person}`);
  // Albums of one name by two album artists are two albums.
  if (!NOBODY.has(albumName)) keys.push(`album ${albumName}\u0001${albumArtist === null ? '' : genreKey(albumArtist)}`);
  return keys;
}

function personKey(name: string | null): string | null {
  if (name === null) return null;
  const key = genreKey(name).replace(GUEST, '');
  return NOBODY.has(key) ? null : key;
}
