// Playlists as hosts see them: listed, rendered as text for a download, or written to a file.
import type { PathStyle, PlaylistDetail, PlaylistFormat, PlaylistSummary } from '../domain/playlist.ts';
import { exportPlaylist, renderPlaylist } from '../playlists/export-playlist.ts';
import type { LibraryPlaylists } from '../playlists/library-playlists.ts';

export interface WrittenPlaylist {
  /** Null when only the text was made. */
  path: string | null;
  fileName: string;
  text: string | null;
  nTracks: number;
  /** Tracks of the playlist that are not in the file, each with the reason. */
  leftOut: { path: string; reason: string }[];
}

export class PlaylistService {
  readonly #playlists: LibraryPlaylists;
  /** Relative paths of a download are relative to this folder: nobody knows where the browser puts the file. */
  readonly #downloadFolder: () => string;

  constructor(playlists: LibraryPlaylists, downloadFolder: () => string) {
    this.#playlists = playlists;
    this.#downloadFolder = downloadFolder;
  }

  list(): PlaylistSummary[] {
    return this.#playlists.list();
  }

  /** With places from `offset` on. @throws StemscapeError playlist.unknown */
  get(id: string, offset: number, limit: number): PlaylistDetail {
    return this.#playlists.detail(id, offset, limit);
  }

  /** The id of a playlist named by id or name. @throws StemscapeError playlist.unknown */
  find(idOrName: string): string {
    return this.#playlists.find(idOrName).id;
  }

  /** @throws StemscapeError playlist.unknown | playlist.empty */
  render(id: string, format: PlaylistFormat, pathStyle: PathStyle): WrittenPlaylist {
    const { fileName, text, nTracks, leftOut } = renderPlaylist(
      this.#playlists,
      { id, format, pathStyle },
      this.#downloadFolder(),
    );
    return { path: null, fileName, text, nTracks, leftOut };
  }

  /** Replaces an existing file: who names it has been asked. @throws StemscapeError playlist.* | export.failed | disk.full */
  async write(
    id: string,
    format: PlaylistFormat,
    pathStyle: PathStyle,
    outPath: string,
  ): Promise<WrittenPlaylist & { path: string }> {
    const request = { id, format, pathStyle, outPath, overwrite: true };
    const { path, fileName, nTracks, leftOut } = await exportPlaylist(this.#playlists, request);
    return { path, fileName, text: null, nTracks, leftOut };
  }
}
