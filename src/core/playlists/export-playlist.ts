// Writes a playlist to a file, whole or not at all, or hands out its text for a download.
import { randomBytes } from 'node:crypto';
import { access, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ListedRow } from '../db/track-listing.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { PathStyle, PlaylistFormat } from '../domain/playlist.ts';
import type { ExportTrack } from './export/playlist-format.ts';
import { PLAYLIST_WRITERS } from './export/registry.ts';
import { writePath } from './paths.ts';
import type { PlaylistSource } from './playlist-source.ts';

export interface ExportRequest {
  /** A playlist's id or name. */
  id: string;
  format: PlaylistFormat;
  pathStyle: PathStyle;
  forceSlash?: boolean;
}

export interface ExportedText {
  fileName: string;
  text: string;
  nTracks: number;
  /** Tracks of the playlist that are not in the file, each with the reason. */
  leftOut: { path: string; reason: string }[];
}

export interface ExportToFile extends ExportRequest {
  outPath: string;
  /** Without it an existing file is refused with `export.exists`. */
  overwrite: boolean;
}

/** Relative paths are relative to `folder`. Throws `playlist.unknown`, `playlist.empty`. */
export function renderPlaylist(playlists: PlaylistSource, request: ExportRequest, folder: string): ExportedText {
  const playlist = playlists.find(request.id);
  const rows = playlists.tracks(playlist.id);
  const writer = PLAYLIST_WRITERS[request.format];
  const writing = { style: request.pathStyle, folder, forceSlash: request.forceSlash ?? false };
  const leftOut: ExportedText['leftOut'] = [];
  const tracks = [];
  for (const row of rows) {
    const track = exportTrack(row, writePath(row.path, writing));
    const reason = reasonToLeaveOut(row) ?? writer.obstacle?.(track) ?? null;
    if (reason === null) tracks.push(track);
    else leftOut.push({ path: row.path, reason });
  }
  if (tracks.length === 0) {
    const why = leftOut.length > 0 ? `none of its tracks can be written (${leftOut[0]!.reason})` : 'it has no tracks';
    throw new StemscapeError('playlist.empty', `The playlist ${playlist.name} was not written: ${why}.`);
  }
  const text = writer.write({ name: playlist.name, tracks });
  return { fileName: fileNameOf(playlist.name) + writer.extension, text, nTracks: tracks.length, leftOut };
}

function exportTrack(row: ListedRow, path: string): ExportTrack {
  const { id, title, artist, album, genre_name: genre, duration_sec: durationSec, tempo_bpm: tempoBpm, music_key: key } = row;
  return { id, path, absolutePath: row.path, title, artist, album, genre, durationSec, tempoBpm, key };
}

function reasonToLeaveOut(row: ListedRow): string | null {
  if (row.is_missing) return 'Its file is missing.';
  return /[\r\n]/.test(row.path) ? 'A line break in its path cannot be written in a playlist.' : null;
}

/** Throws also `export.exists`, `export.failed`. */
export async function exportPlaylist(playlists: PlaylistSource, request: ExportToFile): Promise<ExportedText & { path: string }> {
  const path = resolve(request.outPath);
  const rendered = renderPlaylist(playlists, request, dirname(path));
  if (!request.overwrite && (await exists(path))) {
    throw new StemscapeError('export.exists', `${path} exists already. Choose another name or allow it to be replaced.`);
  }
  await writeWhole(path, rendered.text);
  return { ...rendered, path, fileName: basename(path) };
}

/** A playlist's name as a file name that every system accepts. */
export function fileNameOf(name: string): string {
  const cleaned = name
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[<>:"/\\|?*\u0000-\u001f]+/g, '-')
    .replace(/[. ]+$/, '')
    .trim();
  return cleaned === '' ? 'playlist' : cleaned;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/** Temporary file in the same folder, fsync, rename: a reader sees the old file or the new one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.stemscape-part`);
  try {
    if ((await exists(path)) && (await stat(path)).isDirectory()) throw new Error('it is a folder');
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw exportFailure(path, error);
  }
}

function exportFailure(path: string, error: unknown): StemscapeError {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC') return new StemscapeError('disk.full', `The disk is full: ${path} was not written.`, { cause: error });
  const why =
    code === 'ENOENT'
      ? 'its folder does not exist'
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? 'its folder may not be written by this user'
        : error instanceof Error
          ? error.message
          : String(error);
  return new StemscapeError('export.failed', `The playlist could not be written to ${path}: ${why}.`, { cause: error });
}
