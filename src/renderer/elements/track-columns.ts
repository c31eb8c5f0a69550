// The columns of a track list: their headings, the sort each stands for, and their widths.
import type { TrackSort } from '../../contract/index.ts';

export interface TrackColumn {
  name: string;
  /** Spoken and shown on hover when the heading is short. */
  title: string;
  sort: TrackSort | null;
  width: string;
  numeric: boolean;
}

export const TRACK_COLUMNS: readonly TrackColumn[] = [
  { name: 'Title', title: 'Title', sort: 'title', width: 'minmax(170px, 2.4fr)', numeric: false },
  { name: 'Artist', title: 'Artist', sort: 'artist', width: 'minmax(110px, 1.5fr)', numeric: false },
  { name: 'Album', title: 'Album', sort: 'album', width: 'minmax(100px, 1.4fr)', numeric: false },
  { name: 'Genre', title: 'Genre', sort: 'genre', width: '132px', numeric: false },
  { name: 'Sure', title: 'Confidence of the genre', sort: 'confidence', width: '78px', numeric: false },
  { name: 'Time', title: 'Length', sort: 'durationSec', width: '58px', numeric: true },
  { name: 'BPM', title: 'Tempo in beats per minute', sort: 'tempoBpm', width: '58px', numeric: true },
  { name: 'Key', title: 'Musical key', sort: 'key', width: '78px', numeric: false },
  { name: 'LUFS', title: 'Integrated loudness', sort: 'loudnessLufs', width: '62px', numeric: true },
  { name: 'Energy', title: 'Energy', sort: 'energy', width: '74px', numeric: false },
  { name: 'Status', title: 'Status', sort: null, width: '92px', numeric: false },
];

export const GRID_COLUMNS = TRACK_COLUMNS.map(({ width }) => width).join(' ');
