// What a read playlist file says, before anything of it is looked for in the library.

export interface PlaylistEntry {
  /** Where the file says it lies, best first: paths or URIs as they stand there. */
  locations: string[];
  /** URIs are percent-encoded, also relative ones. */
  areUris: boolean;
  title: string | null;
  artist: string | null;
  /** "Artist - Title" where the format has one text for both. */
  label: string | null;
  durationSec: number | null;
}

export interface ReadPlaylist {
  /** Null when the file does not say. */
  name: string | null;
  entries: PlaylistEntry[];
}
