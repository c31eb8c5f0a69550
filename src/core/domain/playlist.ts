// A playlist as it is listed; auto-playlists are made from the model's guesses and a confidence threshold.

export interface PlaylistSummary {
  /** "genre:jazz": stable between runs. */
  id: string;
  name: string;
  kind: 'auto-genre';
  nTracks: number;
  durationSec: number;
}

export const PLAYLIST_FORMATS = ['m3u8', 'pls', 'xspf', 'jspf', 'csv', 'itunes', 'rekordbox', 'traktor'] as const;
export type PlaylistFormat = (typeof PLAYLIST_FORMATS)[number];

export const PATH_STYLES = ['relative', 'absolute'] as const;
export type PathStyle = (typeof PATH_STYLES)[number];
