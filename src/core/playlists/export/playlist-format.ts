// What a playlist format is given and gives back.

export interface ExportTrack {
  /** As it is to be written: relative or absolute already. */
  path: string;
  title: string | null;
  artist: string | null;
  durationSec: number | null;
}

export interface ExportPlaylist {
  name: string;
  tracks: readonly ExportTrack[];
}

export interface PlaylistFormatWriter {
  /** With its dot. */
  extension: string;
  mediaType: string;
  write(playlist: ExportPlaylist): string;
}
