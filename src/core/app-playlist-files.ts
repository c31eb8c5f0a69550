// Puts the export and import of playlists together, for app-playlists.ts.
import type { LibraryDb } from './db/open.ts';
import { type LibraryPlaylists, rulesOf } from './playlists/library-playlists.ts';
import type { KeptPlaylistService } from './services/kept-playlists.ts';
import { PlaylistFileService } from './services/playlist-files.ts';

export interface PlaylistFileServices {
  playlistFiles: PlaylistFileService;
}

export interface PlaylistFileServiceParts {
  db: LibraryDb;
  libraryDir: string;
  playlists: LibraryPlaylists;
  kept: KeptPlaylistService;
}

export function createPlaylistFileServices({ db, libraryDir, playlists, kept }: PlaylistFileServiceParts): PlaylistFileServices {
  const playlistFiles = new PlaylistFileService({
    library: {
      playlists,
      rules(id) {
        const stored = playlists.stored(id);
        if (stored?.kind !== 'smart') return null;
        const rules = rulesOf(stored);
        return { ...rules, where: playlists.withNames(rules.where) };
      },
      roots: () => db.roots.all().map(({ path }) => path),
    },
    match: { byPath: (path) => db.tracks.byPath(path), names: () => db.trackNames.all() },
    keep: (name, trackIds) => kept.create(name, trackIds),
    isTaken: (name) => playlists.stored(name) !== null,
    libraryDir,
  });
  return { playlistFiles };
}
