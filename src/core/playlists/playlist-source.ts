// What an export needs of playlists, of whatever kind they are.
import type { ListedRow } from '../db/track-listing.ts';
import type { PlaylistSummary } from '../domain/playlist.ts';

export interface PlaylistSource {
  list(): PlaylistSummary[];
  /** By id ("genre:jazz", "list:12") or by name. @throws StemscapeError playlist.unknown */
  find(idOrName: string): PlaylistSummary;
  /** In playlist order. @throws StemscapeError playlist.unknown */
  tracks(id: string): ListedRow[];
}
