// Labels as files that other programs read and write: CSV with the columns path, genre, genre ...; JSON as a list of tracks.
import Papa from 'papaparse';
import { z } from 'zod';
import { StemscapeError } from '../domain/errors.ts';
import { MAX_GENRE_NAME, uniqueGenres } from '../domain/genre.ts';
import type { LabelFileFormat } from '../domain/label.ts';

export interface LabelledPath {
  path: string;
  /** At least one; the first is the primary one. */
  genres: string[];
}

/** Rows from which the delimiter is told. */
const N_TELLING_ROWS = 10;
const trackSchema = z.object({ path: z.string().min(1), genres: z.array(z.string()), primary: z.string().optional() });

export function formatLabels(labels: readonly LabelledPath[], format: LabelFileFormat): string {
  if (format === 'json') return `${JSON.stringify({ labels: labels.map(({ path, genres }) => ({ path, genres })) }, null, 2)}\n`;
  const nGenres = Math.max(1, ...labels.map(({ genres }) => genres.length));
  const header = ['path', ...Array<string>(nGenres).fill('genre')];
  return `${Papa.unparse([header, ...labels.map(({ path, genres }) => [path, ...genres])], { newline: '\r\n' })}\r\n`;
}

/** @throws StemscapeError labels.unreadable, with the line */
export function parseLabels(text: string, format: LabelFileFormat): LabelledPath[] {
  return format === 'json' ? parseJson(text) : parseCsv(text);
}

function parseJson(text: string): LabelledPath[] {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw unreadable(`it is not JSON (${(cause as Error).message})`, cause);
  }
  const list = content !== null && typeof content === 'object' && 'labels' in content ? content.labels : content;
  const parsed = z.array(trackSchema).safeParse(list);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path[0];
    const where = typeof place === 'number' ? `track ${place + 1}` : 'the whole';
    throw unreadable(`${where}: a list of tracks with "path" and "genres" is expected`, parsed.error);
  }
  return parsed.data.flatMap(({ path, genres, primary }, i) =>
    labelled(path, primary === undefined ? genres : [primary, ...genres], `track ${i + 1}`),
  );
}

function parseCsv(text: string): LabelledPath[] {
  const content = text.replace(/^\uFEFF/, '');
  const { delimiter } = Papa.parse(content, { skipEmptyLines: 'greedy', preview: N_TELLING_ROWS }).meta;
  // Empty rows are read too: without them no row would know its line.
  const { data, errors } = Papa.parse<string[]>(content, { delimiter });
  const lines = linesOf(data);
  const error = errors[0];
  if (error) throw unreadable(`line ${lines[error.row ?? 0] ?? 1}: ${error.message}`);
  const rows = data.map((cells, i) => ({ cells, line: lines[i]! })).filter(({ cells }) => cells.join('').trim() !== '');
  return (isHeader(rows[0]?.cells) ? rows.slice(1) : rows).flatMap(({ cells: [path = '', ...genres], line }) => {
    if (genres.length === 0) throw unreadable(`line ${line}: a path and at least one genre are expected`);
    return labelled(path.trim(), genres, `line ${line}`);
  });
}

/** The line in the file on which each row begins, from 1. */
function linesOf(rows: readonly string[][]): number[] {
  let line = 1;
  return rows.map((cells) => {
    const begin = line;
    line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    return begin;
  });
}

function isHeader(row: string[] | undefined): boolean {
  const [first = '', second = ''] = (row ?? []).map((cell) => cell.trim().toLowerCase());
  return ['path', 'file', 'filename', 'location'].includes(first) && ['', 'genre', 'genres', 'label', 'labels'].includes(second);
}

/** Nothing for a track without a genre; each genre once. */
function labelled(path: string, genres: readonly string[], place: string): LabelledPath[] {
  const names = genres.map((name) => name.normalize('NFC').trim().replace(/\s+/g, ' ')).filter((name) => name !== '');
  if (path === '') throw unreadable(`${place}: the path is missing`);
  const long = names.find((name) => name.length > MAX_GENRE_NAME);
  if (long !== undefined) throw unreadable(`${place}: "${long.slice(0, 30)}..." is too long for a genre`);
  return names.length === 0 ? [] : [{ path, genres: uniqueGenres(names) }];
}

function unreadable(detail: string, cause?: unknown): StemscapeError {
  return new StemscapeError('labels.unreadable', `The label file cannot be read: ${detail}.`, { cause });
}
