// Puts playlists of every kind together, for app.ts.
import type { AppEvents } from './app-events.ts';
import type { AppOptions } from './app-options.ts';
import { createPlaylistFileServices, type PlaylistFileServices } from './app-playlist-files.ts';
import type { LibraryDb } from './db/open.ts';
import type { WriteGate } from './library/write-gate.ts';
import type { Neighbours } from './neighbours/neighbours.ts';
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
  neighbours: Neighbours;
  all: LibraryPlaylists;
}

/** Lists of tracks read it too, before the services are there. */
export function openPlaylists(db: LibraryDb, { nowMs = Date.now }: AppOptions): LibraryPlaylists {
  const auto = createAutoPlaylists(db, () => db.settings.get().playlistMinConfidence);
  return new LibraryPlaylists(db, auto, nowMs);
}

export function createPlaylistServices({ options, db, events, gate, neighbours, all }: PlaylistServiceParts): PlaylistServices {
  const { nowMs = Date.now } = options;
  const kept = new KeptPlaylistService({ db, events, gate, playlists: all, nowMs });
  return {
    playlists: new PlaylistService(all),
    ...createPlaylistFileServices({ db, libraryDir: options.libraryDir, playlists: all, kept }),
    keptPlaylists: kept,
    recipes: new RecipeService({ db, playlists: all, kept, neighbours, nowMs }),
    plays: new PlayService(db, events, nowMs),
  };
}
