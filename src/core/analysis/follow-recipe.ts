// Follows a recipe, and finds the library's moods, in a worker: both read every track.
import { type LibraryDb, openLibrary } from '../db/open.ts';
import type { PlaylistDraft } from '../domain/playlist.ts';
import type { Mood } from '../domain/recipe.ts';
import type { FindMoodsTask, FollowRecipeTask } from '../domain/recipe-tasks.ts';
import { SILENT_LOGGER } from '../logger.ts';
import { createNeighbours } from '../neighbours/neighbours.ts';
import { createAutoPlaylists } from '../playlists/auto-genre.ts';
import { LibraryPlaylists } from '../playlists/library-playlists.ts';
import { makePlaylist } from '../playlists/recipes/make-playlist.ts';
import { moodsOf } from '../playlists/recipes/moods.ts';

/** @throws StemscapeError track.unknown | track.notAnalysed | input.invalid | playlist.unknown | library.* */
export function followRecipe({ libraryFile, recipe, nowMs, minConfidence }: FollowRecipeTask): PlaylistDraft {
  return withLibrary(libraryFile, (db) => {
    const now = () => nowMs;
    const auto = createAutoPlaylists(db, () => minConfidence);
    const kitchen = { db, neighbours: createNeighbours(db), playlists: new LibraryPlaylists(db, auto, now), nowMs: now };
    return makePlaylist(kitchen, recipe);
  });
}

/** Groups of tracks alike in mood, largest first. @throws StemscapeError library.* */
export function findMoods({ libraryFile, seed }: FindMoodsTask): Mood[] {
  return withLibrary(libraryFile, (db) => moodsOf(db.playlistCandidates.all(), seed));
}

function withLibrary<T>(file: string, work: (db: LibraryDb) => T): T {
  const db = openLibrary(file, { logger: SILENT_LOGGER });
  try {
    return work(db);
  } finally {
    db.close();
  }
}
