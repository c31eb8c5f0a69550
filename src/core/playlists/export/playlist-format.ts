// What a playlist format is given and gives back.

export interface ExportTrack {
  id: number;
  /** As it is to be written: relative or absolute already. */
  path: string;
  /** For formats that only know absolute places. */
  absolutePath: string;
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

export interface PlaylistFormatWriter {
  /** As a person knows it. */
  name: string;
  /** With its dot. */
  extension: string;
  mediaType: string;
  /** Why this format cannot hold the track; null when it can. */
  obstacle?(track: ExportTrack): string | null;
  write(playlist: ExportPlaylist): string;
}
