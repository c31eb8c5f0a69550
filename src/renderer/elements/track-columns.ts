// The columns of a track list: the sort each stands for, their widths, and which ones fit. `lib/column-words.ts` names them.
import type { TrackSort } from '../../contract/index.ts';

export type ColumnId =
  | 'title'
  | 'artist'
  | 'album'
  | 'genre'
  | 'confidence'
  | 'origin'
  | 'duration'
  | 'tempo'
  | 'key'
  | 'camelot'
  | 'loudness'
  | 'energy'
  | 'year'
  | 'added'
  | 'plays'
  | 'lastPlayed'
  | 'codec'
  | 'bitRate'
  | 'path'
  | 'status'
  | 'place'
  | 'reason';

export interface TrackColumn {
  id: ColumnId;
  sort: TrackSort | null;
  minPx: number;
  /** Share of the room that is left; 0 keeps the column at its least width. */
  grow: number;
  numeric: boolean;
  /** The largest leaves first when the list is narrow. */
  leaves: number;
}

export const TRACK_COLUMNS: readonly TrackColumn[] = [
  { id: 'title', sort: 'title', minPx: 160, grow: 2.4, numeric: false, leaves: 0 },
  { id: 'artist', sort: 'artist', minPx: 110, grow: 1.5, numeric: false, leaves: 1 },
  { id: 'album', sort: 'album', minPx: 110, grow: 1.4, numeric: false, leaves: 6 },
  { id: 'genre', sort: 'genre', minPx: 128, grow: 0, numeric: false, leaves: 0 },
  { id: 'confidence', sort: 'confidence', minPx: 84, grow: 0, numeric: false, leaves: 2 },
  { id: 'duration', sort: 'durationSec', minPx: 52, grow: 0, numeric: true, leaves: 3 },
  { id: 'tempo', sort: 'tempoBpm', minPx: 48, grow: 0, numeric: true, leaves: 4 },
  { id: 'key', sort: 'key', minPx: 70, grow: 0, numeric: false, leaves: 5 },
  { id: 'loudness', sort: 'loudnessLufs', minPx: 52, grow: 0, numeric: true, leaves: 8 },
  { id: 'energy', sort: 'energy', minPx: 64, grow: 0, numeric: false, leaves: 7 },
  { id: 'status', sort: 'status', minPx: 66, grow: 0, numeric: false, leaves: 9 },
];

/** Hidden until a person asks for them. */
const FURTHER_COLUMNS: readonly TrackColumn[] = [
  { id: 'year', sort: 'year', minPx: 44, grow: 0, numeric: true, leaves: 10 },
  {
    id: 'camelot',
    sort: 'camelot',
    minPx: 60,
    grow: 0,
    numeric: false,
    leaves: 10,
  },
  { id: 'origin', sort: 'origin', minPx: 60, grow: 0, numeric: false, leaves: 10 },
  { id: 'added', sort: 'addedAt', minPx: 86, grow: 0, numeric: true, leaves: 10 },
  { id: 'plays', sort: 'nPlays', minPx: 46, grow: 0, numeric: true, leaves: 10 },
  {
    id: 'lastPlayed',
    sort: 'lastPlayedAt',
    minPx: 86,
    grow: 0,
    numeric: true,
    leaves: 10,
  },
  { id: 'codec', sort: 'codec', minPx: 64, grow: 0, numeric: false, leaves: 10 },
  { id: 'bitRate', sort: 'bitRate', minPx: 52, grow: 0, numeric: true, leaves: 10 },
  { id: 'path', sort: 'path', minPx: 160, grow: 2, numeric: false, leaves: 10 },
];

/** What a person can choose from for the library. */
export const LIBRARY_COLUMNS: readonly TrackColumn[] = [...TRACK_COLUMNS, ...FURTHER_COLUMNS];

const [TITLE, ARTIST, , GENRE] = TRACK_COLUMNS;
const byId = (id: ColumnId): TrackColumn => TRACK_COLUMNS.find((column) => column.id === id)!;

/** An open playlist: its places, and why each track is there. */
export const PLAYLIST_COLUMNS: readonly TrackColumn[] = [
  { id: 'place', sort: 'position', minPx: 36, grow: 0, numeric: true, leaves: 0 },
  TITLE!,
  ARTIST!,
  { id: 'reason', sort: null, minPx: 180, grow: 2.6, numeric: false, leaves: 5 },
  { ...GENRE!, leaves: 4 },
  byId('duration'),
  byId('tempo'),
  { ...byId('key'), leaves: 6 },
  byId('energy'),
];

export const COLUMN_GAP_PX = 14;
export const ROW_PADDING_PX = 24;

/** The columns that fit into a width, in their order. */
export function fittingColumns(widthPx: number, all: readonly TrackColumn[] = TRACK_COLUMNS): TrackColumn[] {
  let columns = [...all];
  while (leastWidth(columns) > widthPx) {
    const next = columns.reduce((first, column) => (column.leaves > first.leaves ? column : first));
    if (next.leaves === 0) break;
    columns = columns.filter((column) => column !== next);
  }
  return columns;
}

export function gridTemplate(columns: readonly TrackColumn[]): string {
  return columns.map(({ minPx, grow }) => (grow > 0 ? `minmax(${minPx}px, ${grow}fr)` : `${minPx}px`)).join(' ');
}

/** What a row needs; where the list is narrower it scrolls sideways. */
export function leastWidth(columns: readonly TrackColumn[]): number {
  const gaps = COLUMN_GAP_PX * (columns.length - 1);
  return 2 * ROW_PADDING_PX + gaps + columns.reduce((sum, { minPx }) => sum + minPx, 0);
}
