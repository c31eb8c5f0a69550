// Puts playlists of every kind together, for app.ts.
import type { AppEvents } from './app-events.ts';
import type { AppOptions } from './app-options.ts';
import { createPlaylistFileServices, type PlaylistFileServices } from './app-playlist-files.ts';
import type { LibraryDb } from './db/open.ts';
import type { WorkerPool } from './jobs/worker-pool.ts';
import type { WriteGate } from './library/write-gate.ts';
import { createAutoPlaylists } from './playlists/auto-genre.ts';
import { LibraryPlaylists } from './playlists/library-playlists.ts';
import { KeptPlaylistService } from './services/kept-playlists.ts';
import { PlaylistService } from './services/playlists.ts';
import { PlayService } from './services/plays.ts';
import { RecipeService } from './services/recipes.ts';

export interface PlaylistServices extends PlaylistFileServices {
  playlists: PlaylistService;
  keptPlaylists: KeptPlaylistService;
  recipes: RecipeService;
  plays: PlayService;
}

export interface PlaylistServiceParts {
  options: AppOptions;
  db: LibraryDb;
  events: AppEvents;
  gate: WriteGate;
  pool: WorkerPool;
  all: LibraryPlaylists;
}

/** Lists of tracks read it too, before the services are there. */
export function openPlaylists(db: LibraryDb, { nowMs = Date.now }: AppOptions): LibraryPlaylists {
  const auto = createAutoPlaylists(db, () => db.settings.get().playlistMinConfidence);
  return new LibraryPlaylists(db, auto, nowMs);
}

export function createPlaylistServices({ options, db, events, gate, pool, all }: PlaylistServiceParts): PlaylistServices {
  const { nowMs = Date.now } = options;
  const kept = new KeptPlaylistService({ db, events, gate, playlists: all, nowMs });
  return {
    playlists: new PlaylistService(all),
    ...createPlaylistFileServices({ db, libraryDir: options.libraryDir, playlists: all, kept }),
    keptPlaylists: kept,
    recipes: new RecipeService({
      db,
      pool,
      playlists: all,
      kept,
      minConfidence: () => db.settings.get().playlistMinConfidence,
      nowMs,
    }),
    plays: new PlayService(db, events, nowMs),
  };
}
