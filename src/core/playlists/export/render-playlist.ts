// A playlist as the files of a format, and what of it could not be written.
import { StemscapeError } from '../../domain/errors.ts';
import { type ExportChoice, type LeftOut, PLAYLIST_ENCODINGS } from '../../domain/playlist-files.ts';
import type { SmartRules } from '../../domain/smart-rules.ts';
import { type WrittenPath, writePath } from '../paths.ts';
import type { PlaylistSource } from '../playlist-source.ts';
import { canEncode, encodeText, pathObstacle } from './encoding.ts';
import { fileNameOf } from './file-name.ts';
import { pathInRoot } from './navidrome-rules.ts';
import type { ExportTrack, PlaylistFile, PlaylistFormatWriter, PlaylistTreeWriter } from './playlist-format.ts';
import { writerOf } from './registry.ts';

/** What an export needs of a library. */
export interface ExportLibrary {
  playlists: PlaylistSource;
  /** Live rules of a playlist, playlists in them named by name; null when it has none. */
  rules(id: string): SmartRules | null;
  /** The music folders. */
  roots(): string[];
}

export interface RenderedPlaylist {
  name: string;
  /** One with the file's name, or several below a folder. */
  files: PlaylistFile[];
  isTree: boolean;
  mediaType: string;
  nTracks: number;
  leftOut: LeftOut[];
  /** Sentences on what the format loses. */
  notes: string[];
}

type Row = ReturnType<PlaylistSource['tracks']>[number];

/** Relative paths are relative to `folder`. @throws StemscapeError playlist.unknown | playlist.empty | input.invalid */
export function renderPlaylist(library: ExportLibrary, id: string, choice: ExportChoice, folder: string): RenderedPlaylist {
  const writer = writerOf(choice.format);
  const { encoding, bom } = textForm(writer, choice);
  const playlist = library.playlists.find(id);
  const roots = library.roots();
  const rules = library.rules(playlist.id);
  if (!('files' in writer) && rules !== null) {
    const ruled = writer.writeRules?.(playlist.name, rules, roots) ?? null;
    if (ruled !== null) {
      const files = [{ path: fileNameOf(playlist.name) + writer.extension, bytes: encodeText(ruled.text, encoding, bom) }];
      const { name, nTracks } = playlist;
      return { name, files, isTree: false, mediaType: writer.mediaType, nTracks, leftOut: [], notes: ruled.notes };
    }
  }
  const place = (row: Row) => writePath(row.path, { style: choice.pathStyle, folder, ...choice });
  const obstacle = (track: ExportTrack) => pathObstacle(track.path, encoding) ?? writer.obstacle?.(track) ?? null;
  const { tracks, leftOut, nLocal } = sort(library.playlists.tracks(playlist.id), place, roots, obstacle);
  if (tracks.length === 0) throw nothingToWrite(playlist.name, leftOut);
  const list = { name: playlist.name, tracks };
  const lostRules = rules !== null && 'writeRules' in writer;
  const notes = [
    ...(lostRules ? [`${writer.name}: none of the rules can be said there, so the tracks of today were written.`] : []),
    ...(choice.rewrites.length > 0 ? localNote(nLocal) : []),
    ...(writer.notes?.(list) ?? []),
  ];
  const counted = { name: playlist.name, nTracks: tracks.length, leftOut, notes };
  if ('files' in writer) return { ...counted, files: writer.files(list), isTree: true, mediaType: 'application/octet-stream' };
  const bytes = encodeText(
    writer.write(list, (text) => canEncode(text, encoding)),
    encoding,
    bom,
  );
  const file = { path: fileNameOf(playlist.name) + writer.extension, bytes };
  return { ...counted, files: [file], isTree: false, mediaType: writer.mediaType };
}

function textForm(writer: PlaylistFormatWriter | PlaylistTreeWriter, choice: ExportChoice) {
  const text: Partial<PlaylistFormatWriter> = 'files' in writer ? {} : writer;
  if (choice.encoding !== null && choice.encoding !== 'utf-8' && !text.takesEncoding) {
    throw new StemscapeError('input.invalid', `${writer.name} has an encoding of its own; only M3U comes in others.`);
  }
  const encoding = text.takesEncoding ? (choice.encoding ?? PLAYLIST_ENCODINGS[0]) : 'utf-8';
  if (choice.bom && (!text.takesBom || encoding !== 'utf-8')) {
    throw new StemscapeError('input.invalid', 'A byte order mark is for M3U8, M3U, PLS and CSV in UTF-8.');
  }
  return { encoding, bom: choice.bom } as const;
}

function sort(
  rows: readonly Row[],
  place: (row: Row) => WrittenPath,
  roots: readonly string[],
  obstacle: (track: ExportTrack) => string | null,
): { tracks: ExportTrack[]; leftOut: LeftOut[]; nLocal: number } {
  const tracks: ExportTrack[] = [];
  const leftOut: LeftOut[] = [];
  let nLocal = 0;
  for (const row of rows) {
    const written = place(row);
    const track = exportTrack(row, written, roots);
    const reason = reasonToLeaveOut(row) ?? written.obstacle ?? obstacle(track);
    if (reason !== null) leftOut.push({ path: row.path, reason });
    else {
      tracks.push(track);
      if (!written.isRewritten) nLocal++;
    }
  }
  return { tracks, leftOut, nLocal };
}

/** A track as it is where it lies. */
export function trackHere(row: Row): ExportTrack {
  return exportTrack(row, { path: row.path, absolutePath: row.path }, []);
}

function exportTrack(
  row: Row,
  { path, absolutePath }: Pick<WrittenPath, 'path' | 'absolutePath'>,
  roots: readonly string[],
): ExportTrack {
  const { id, title, artist, album, genre_name: genre, duration_sec: durationSec, tempo_bpm: tempoBpm, music_key: key } = row;
  const inRoot = pathInRoot(row.path, roots);
  return { id, path, absolutePath, pathInRoot: inRoot, title, artist, album, genre, durationSec, tempoBpm, key };
}

function reasonToLeaveOut(row: Row): string | null {
  if (row.is_missing) return 'Its file is missing.';
  return /[\r\n]/.test(row.path) ? 'A line break in its path cannot be written in a playlist.' : null;
}

function localNote(nLocal: number): string[] {
  if (nLocal === 0) return [];
  const tracks = nLocal === 1 ? '1 track lies' : `${nLocal} tracks lie`;
  return [`${tracks} outside the rewritten folders; the path is that of this machine.`];
}

function nothingToWrite(name: string, leftOut: readonly LeftOut[]): StemscapeError {
  const why = leftOut.length > 0 ? `none of its tracks can be written (${leftOut[0]!.reason})` : 'it has no tracks';
  return new StemscapeError('playlist.empty', `The playlist ${name} was not written: ${why}.`);
}
