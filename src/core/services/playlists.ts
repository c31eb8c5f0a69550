// Playlists as hosts see them: listed, named, looked into.
import type { PlaylistDetail, PlaylistSummary } from '../domain/playlist.ts';
import type { LibraryPlaylists } from '../playlists/library-playlists.ts';

export class PlaylistService {
  readonly #playlists: LibraryPlaylists;

  constructor(playlists: LibraryPlaylists) {
    this.#playlists = playlists;
  }

  list(): PlaylistSummary[] {
    return this.#playlists.list();
  }

  /** A playlist named by id or name. @throws StemscapeError playlist.unknown */
  summary(idOrName: string): PlaylistSummary {
    return this.#playlists.find(idOrName);
  }

  /** Whether a person keeps one of this id or name. */
  has(idOrName: string): boolean {
    return this.#playlists.stored(idOrName) !== null;
  }

  /** With places from `offset` on. @throws StemscapeError playlist.unknown */
  get(id: string, offset: number, limit: number): PlaylistDetail {
    return this.#playlists.detail(id, offset, limit);
  }

  /** The id of a playlist named by id or name. @throws StemscapeError playlist.unknown */
  find(idOrName: string): string {
    return this.#playlists.find(idOrName).id;
  }
}
