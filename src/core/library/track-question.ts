// What may be asked of a list of tracks.
import type { FacetChoice, RangeChoice } from '../domain/facet.ts';
import type { TrackSort, TrackStatus } from '../domain/track.ts';

export interface TrackQuery {
  /** Word prefixes in any order, over title, artist, album, genre and path. */
  search: string;
  genre: string | null;
  status: TrackStatus | null;
  playlistId: string | null;
  facets?: FacetChoice;
  ranges?: RangeChoice;
  /** Only these, in this order with the sort `position`; a track may be there twice. */
  ids?: readonly number[] | null;
  sort: TrackSort;
  descending: boolean;
  offset: number;
  limit: number;
}

/** What is found, whatever the page and the order. */
export type FacetQuery = Pick<TrackQuery, 'search' | 'genre' | 'status' | 'facets' | 'ranges'>;
