// The Free Music Archive dataset (Defferrard, Benzi, Vandergheynst and Bresson 2017) with its metadata: tracks.csv says genre, artist
// and the official split of every track.
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import Papa from 'papaparse';
import { StemscapeError } from '../../domain/errors.ts';
import { walk } from '../../library/walk.ts';
import type { LabDataset, LabTrack } from './dataset.ts';

const METADATA = ['tracks.csv', join('fma_metadata', 'tracks.csv')];
/** Two lines name the columns, the third the index. */
const N_HEADER_LINES = 3;
const COLUMNS = { split: 'set/split', genre: 'track/genre_top', artist: 'artist/id' } as const;
const SENTENCE = 'the official split of the dataset (no artist on both sides), learning and validation part together';

interface FmaRow {
  split: string;
  genre: string;
  artist: string;
}

/** The dataset's table, or null when the folder is no FMA tree. */
export async function findFmaTable(dir: string): Promise<string | null> {
  for (const name of METADATA) {
    const path = join(dir, name);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

/** Recordings below the folder whose number the table knows with one top genre. @throws StemscapeError input.invalid */
export async function readFma(dir: string, table: string): Promise<LabDataset> {
  const rows = await readTable(table);
  const tracks: LabTrack[] = [];
  const leftOut: LabDataset['leftOut'] = [];
  for await (const found of walk(dir)) {
    if (found.type !== 'file') continue;
    const row = rows.get(Number(basename(found.path, extname(found.path))));
    if (!row?.genre) {
      leftOut.push({ path: found.path, reason: row ? 'The table gives it no top genre.' : 'The table does not know it.' });
      continue;
    }
    const part = row.split === 'test' ? 'test' : row.split === 'training' || row.split === 'validation' ? 'learn' : null;
    tracks.push({ path: found.path, genre: row.genre, group: row.artist === '' ? null : `artist ${row.artist}`, part });
  }
  tracks.sort((a, b) => (a.path < b.path ? -1 : 1));
  if (tracks.length === 0)
    throw new StemscapeError('input.invalid', `${dir} has a table of the FMA dataset, but no recording that it names.`);
  return { kind: 'fma', dir, tracks, leftOut, officialSplit: SENTENCE };
}

/** Line by line: the whole table has a quarter of a gigabyte. */
function readTable(path: string): Promise<Map<number, FmaRow>> {
  const rows = new Map<number, FmaRow>();
  const header: string[][] = [];
  let places: Record<keyof typeof COLUMNS, number> | null = null;
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(createReadStream(path, 'utf8'), {
      step({ data }) {
        if (header.length < N_HEADER_LINES) {
          header.push(data);
          return;
        }
        places ??= placesOf(header);
        const id = Number(data[0]);
        if (!places || !Number.isInteger(id) || data[0] === '') return;
        const { split, genre, artist } = places;
        rows.set(id, { split: data[split] ?? '', genre: data[genre] ?? '', artist: data[artist] ?? '' });
      },
      complete: () => (places ? resolve(rows) : reject(unreadable(path))),
      error: (cause: unknown) => reject(unreadable(path, cause)),
    });
  });
}

function placesOf([groups = [], names = []]: string[][]): Record<keyof typeof COLUMNS, number> | null {
  const full = names.map((name, i) => `${groups[i] ?? ''}/${name}`);
  const [split, genre, artist] = [COLUMNS.split, COLUMNS.genre, COLUMNS.artist].map((name) => full.indexOf(name));
  return Math.min(split!, genre!, artist!) < 0 ? null : { split: split!, genre: genre!, artist: artist! };
}

function unreadable(path: string, cause?: unknown): StemscapeError {
  return new StemscapeError('input.invalid', `${path} is not the table of tracks of the FMA dataset.`, { cause });
}
