// One playlist per predicted genre: the tracks whose best genre it is with enough confidence, surest first.
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { PlaylistSummary } from '../domain/playlist.ts';
import type { PlaylistSource } from './playlist-source.ts';

export const AUTO_GENRE_PREFIX = 'genre:';

/** "Drum & Bass" -> "drum-bass"; letters of every script stay. */
export function slugOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return words === null ? encodeURIComponent(name) : words.join('-');
}

export function autoGenreId(name: string): string {
  return AUTO_GENRE_PREFIX + slugOf(name);
}

/** The genre a playlist id stands for; throws `playlist.unknown`. */
export function parseAutoGenreId(id: string, genres: readonly { name: string }[]): string {
  const found = genres.find(({ name }) => autoGenreId(name) === id);
  if (found) return found.name;
  throw new StemscapeError('playlist.unknown', `There is no playlist ${id}. No track is in that genre with enough confidence.`);
}

/** Accepts an id ("genre:jazz") or a genre's name; tracks most confident first. */
export type AutoPlaylists = PlaylistSource;

export function createAutoPlaylists(db: LibraryDb, minConfidence: () => number): AutoPlaylists {
  const genres = () => db.listing.predictedGenres(minConfidence());
  const list = (): PlaylistSummary[] =>
    genres().map(({ name, nTracks, durationSec }) => ({ id: autoGenreId(name), name, kind: 'auto-genre', nTracks, durationSec }));
  return {
    list,
    find(idOrName) {
      const wanted = idOrName.startsWith(AUTO_GENRE_PREFIX) ? idOrName : autoGenreId(idOrName);
      const name = parseAutoGenreId(wanted, genres());
      return list().find((playlist) => playlist.name === name)!;
    },
    tracks(id) {
      const ids = db.listing.predictedIds(parseAutoGenreId(id, genres()), minConfidence());
      return ids.map((trackId) => db.listing.one(trackId)).filter((row) => row !== undefined);
    },
  };
}
