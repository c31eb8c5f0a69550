// What a playlist format is given and gives back.
import type { SmartRules } from '../../domain/smart-rules.ts';

export interface ExportTrack {
  id: number;
  /** As it is to be written: relative or absolute already. */
  path: string;
  /** For formats that only know absolute places. */
  absolutePath: string;
  /** Below its music folder, with '/'; null when it lies in none. */
  pathInRoot: string | null;
  title: string | null;
  artist: string | null;
  album: string | null;
  genre: string | null;
  durationSec: number | null;
  tempoBpm: number | null;
  /** "A minor", "F# major". */
  key: string | null;
}

export interface ExportPlaylist {
  name: string;
  tracks: readonly ExportTrack[];
}

interface Format {
  /** As a person knows it. */
  name: string;
  /** Why this format cannot hold the track; null when it can. */
  obstacle?(track: ExportTrack): string | null;
  /** What a person should know of what the format loses: sentences. */
  notes?(playlist: ExportPlaylist): string[];
}

/** A format of one text file. */
export interface PlaylistFormatWriter extends Format {
  /** With its dot. */
  extension: string;
  mediaType: string;
  /** It may begin with a byte order mark. */
  takesBom?: true;
  /** It may be in another encoding than UTF-8: `canWrite` then says what that can hold. */
  takesEncoding?: true;
  write(playlist: ExportPlaylist, canWrite?: (text: string) => boolean): string;
  /** Live rules as rules; null when the format cannot say any of them. */
  writeRules?(name: string, rules: SmartRules, roots: readonly string[]): { text: string; notes: string[] } | null;
}

export interface PlaylistFile {
  /** Below the chosen folder, with '/'. */
  path: string;
  bytes: Uint8Array;
}

/** A format of several files in folders. */
export interface PlaylistTreeWriter extends Format {
  files(playlist: ExportPlaylist): PlaylistFile[];
}
