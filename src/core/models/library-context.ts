// Context of every track of the library in the genres of one model.
import type { LibraryDb } from '../db/open.ts';
import { contextPriors } from './context.ts';
import { type GenreParents, rollUpTo } from './genre-rollup.ts';

/**
 * Float32Array [nTracks x nGenres], see contextPriors; even rows for tracks that are not analysed.
 * @param labels the person's primary genre by track
 */
export function priorsOf(
  db: Pick<LibraryDb, 'trainingRows'>,
  genres: readonly string[],
  parents: GenreParents,
  labels: ReadonlyMap<number, string>,
  trackIds: Int32Array,
): Float32Array {
  const rolled = rollUpTo([...labels.values()], genres, parents);
  const classes = new Map([...labels.keys()].map((id, i) => [id, rolled[i] ? genres.indexOf(rolled[i]) : -1]));
  const places = db.trainingRows.places();
  const neighbours = places.map(({ trackId, path, artist, albumArtist, album }) => ({
    ...{ trackId, path, album },
    artist: albumArtist ?? artist,
    label: classes.get(trackId) ?? -1,
  }));
  const all = contextPriors(neighbours, genres.length);
  const rows = new Map(places.map(({ trackId }, row) => [trackId, row]));
  const chosen = new Float32Array(trackIds.length * genres.length).fill(1 / genres.length);
  for (const [i, id] of trackIds.entries()) {
    const row = rows.get(id);
    if (row !== undefined) chosen.set(all.subarray(row * genres.length, (row + 1) * genres.length), i * genres.length);
  }
  return chosen;
}
