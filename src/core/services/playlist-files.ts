// Playlists to and from files of other programs: rendered for a download, written, put into a folder as links or copies, read.
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { zipSync } from 'fflate';
import { StemscapeError } from '../domain/errors.ts';
import { MAX_PLAYLIST_NAME, type PathStyle, type PlaylistSummary } from '../domain/playlist.ts';
import type { ExportChoice, ImportedPlaylist, LeftOut, LinkKind, PlaylistEncoding } from '../domain/playlist-files.ts';
import { fileNameOf } from '../playlists/export/file-name.ts';
import { type FilledFolder, type FolderListeners, fillFolder } from '../playlists/export/fill-folder.ts';
import { type ExportLibrary, renderPlaylist, trackHere } from '../playlists/export/render-playlist.ts';
import { exportPlaylist } from '../playlists/export-playlist.ts';
import { EntryMatcher, type MatchLibrary } from '../playlists/import/match-entries.ts';
import type { ReadPlaylist } from '../playlists/import/playlist-entry.ts';
import { MAX_PLAYLIST_BYTES, readPlaylist } from '../playlists/import/read-playlist.ts';

export interface PlaylistFileParts {
  library: ExportLibrary;
  match: MatchLibrary;
  /** Keeps a list of tracks. */
  keep(name: string, trackIds: readonly number[]): Promise<PlaylistSummary>;
  isTaken(name: string): boolean;
  libraryDir: string;
}

export interface WrittenPlaylist {
  /** What was written; empty when only the bytes were made. */
  paths: string[];
  nTracks: number;
  leftOut: LeftOut[];
  /** Sentences on what the format loses. */
  notes: string[];
}

export interface PlaylistDownload extends WrittenPlaylist {
  fileName: string;
  mediaType: string;
  /** Whether the host should ask for a folder rather than a file. */
  isTree: boolean;
  bytes: Uint8Array;
}

export interface FolderExport {
  folder: string;
  kind: LinkKind;
  style: PathStyle;
  withPlaylist: boolean;
  /** Also inside a music folder. */
  insideMusic: boolean;
}

export interface PlaylistImport {
  /** A file on this machine, or the bytes of one from elsewhere. */
  file: { path: string } | { name: string; bytes: Uint8Array };
  /** Instead of the file's own name. */
  name: string | null;
  /** For files without a mark of their own; null = UTF-8, else as Windows wrote it. */
  encoding: PlaylistEncoding | null;
  /** Only tells what would be found. */
  isTrial: boolean;
}

export class PlaylistFileService {
  readonly #parts: PlaylistFileParts;

  constructor(parts: PlaylistFileParts) {
    this.#parts = parts;
  }

  /** Several files come as one ZIP. Relative paths start from the first music folder: nobody knows where a download ends up. */
  render(id: string, choice: ExportChoice): PlaylistDownload {
    const { library, libraryDir } = this.#parts;
    const { files, name, ...rendered } = renderPlaylist(library, id, choice, library.roots()[0] ?? libraryDir);
    const [first] = files;
    if (files.length === 1) return { ...rendered, paths: [], fileName: basename(first!.path), bytes: first!.bytes };
    const bytes = zipSync(Object.fromEntries(files.map((file) => [file.path, file.bytes])));
    return { ...rendered, paths: [], fileName: `${fileNameOf(name)}.zip`, mediaType: 'application/zip', bytes };
  }

  /** @throws StemscapeError playlist.* | input.invalid | export.* | disk.full */
  async write(id: string, choice: ExportChoice, outPath: string, overwrite: boolean): Promise<WrittenPlaylist> {
    const { paths, nTracks, leftOut, notes } = await exportPlaylist(this.#parts.library, id, choice, { outPath, overwrite });
    return { paths, nTracks, leftOut, notes };
  }

  /** A folder named after the playlist. */
  folderIn(parent: string, id: string): string {
    return join(parent, fileNameOf(this.#parts.library.playlists.find(id).name));
  }

  /** @throws StemscapeError playlist.unknown | playlist.empty | input.invalid | export.failed | disk.full | cancelled */
  async fill(id: string, request: FolderExport, listeners: FolderListeners = {}): Promise<FilledFolder> {
    const { library } = this.#parts;
    const playlist = library.playlists.find(id);
    const tracks = library.playlists.tracks(playlist.id).map(trackHere);
    if (tracks.length === 0) throw new StemscapeError('playlist.empty', `The playlist ${playlist.name} has no tracks.`);
    const roots = request.insideMusic ? [] : library.roots();
    return fillFolder(playlist.name, tracks, { ...request, roots }, listeners);
  }

  /** One playlist, or of an iTunes library all. @throws StemscapeError file.missing | file.unreadable | input.invalid */
  async import({ file, name, encoding, isTrial }: PlaylistImport): Promise<ImportedPlaylist[]> {
    const fromDisk = 'path' in file;
    const fileName = fromDisk ? basename(file.path) : file.name;
    const bytes = fromDisk ? await readPlaylistFile(file.path) : file.bytes;
    const read = readPlaylist(fileName, bytes, encoding);
    const folders = fromDisk ? [dirname(resolve(file.path))] : this.#parts.library.roots();
    const matcher = new EntryMatcher(this.#parts.match, folders);
    const imported: ImportedPlaylist[] = [];
    for (const playlist of read) {
      const wanted = nameOf(playlist, fileName, name, read.length);
      const { matched, unmatched } = matcher.match(playlist.entries);
      const isKept = !isTrial && matched.length > 0;
      const trackIds = matched.map(({ trackId }) => trackId);
      const kept = isKept ? await this.#parts.keep(this.#freeName(wanted), trackIds) : null;
      imported.push({ name: kept?.name ?? wanted, id: kept?.id ?? null, matched, unmatched });
    }
    return imported;
  }

  #freeName(name: string): string {
    if (!this.#parts.isTaken(name)) return name;
    for (let i = 2; ; i++) {
      const numbered = `${name.slice(0, MAX_PLAYLIST_NAME - 8)} (${i})`;
      if (!this.#parts.isTaken(numbered)) return numbered;
    }
  }
}

function nameOf(playlist: ReadPlaylist, fileName: string, asked: string | null, nPlaylists: number): string {
  const own = playlist.name ?? (basename(fileName, extname(fileName)) || 'Imported');
  const name = asked === null ? own : nPlaylists === 1 ? asked : `${asked} / ${own}`;
  const clean = name.replace(/\s+/g, ' ').trim().slice(0, MAX_PLAYLIST_NAME).toWellFormed().trim();
  return clean === '' ? 'Imported' : clean;
}

async function readPlaylistFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MAX_PLAYLIST_BYTES) throw new StemscapeError('file.unreadable', `${path} is too large for a playlist.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof StemscapeError) throw error;
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) throw new StemscapeError('file.missing', `There is no file ${path}.`, { cause: error });
    throw new StemscapeError('file.unreadable', `The file ${path} cannot be read.`, { cause: error });
  }
}
