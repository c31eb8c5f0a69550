// CSV for spreadsheets: one track a line, with what was heard in it.
import Papa from 'papaparse';
import type { PlaylistFormatWriter } from './playlist-format.ts';

const COLUMNS = ['path', 'title', 'artist', 'album', 'genre', 'durationSec', 'tempoBpm', 'key'] as const;

export const CSV: PlaylistFormatWriter = {
  name: 'CSV',
  extension: '.csv',
  mediaType: 'text/csv; charset=utf-8',
  takesBom: true,
  write({ tracks }) {
    const rows = tracks.map((track) => COLUMNS.map((column) => track[column] ?? ''));
    return `${Papa.unparse([[...COLUMNS], ...rows], { newline: '\r\n' })}\r\n`;
  },
};
