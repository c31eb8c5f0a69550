// What a protocol is run on: recordings with a genre each, who made them where that is known, and the split that came with them.
import { StemscapeError } from '../../domain/errors.ts';
import type { LabDatasetKind, LabLeftOut } from '../../domain/laboratory.ts';

export interface LabTrack {
  path: string;
  genre: string;
  /** Tracks of one group (artist) never stand on both sides; null = nothing is known, so it stands alone. */
  group: string | null;
  /** In the split that came with the dataset; null = not in it. */
  part: 'learn' | 'test' | null;
}

export interface LabDataset {
  kind: LabDatasetKind;
  dir: string | null;
  tracks: LabTrack[];
  leftOut: LabLeftOut[];
  /** A sentence on the split that came with it; null = there is none. */
  officialSplit: string | null;
}

/** Fewer cannot be learned and tested at once. */
const MIN_GENRES = 2;
const MIN_FILES = 2;
/** The smoke version: so many genres, and files of each. */
const QUICK_GENRES = 4;
const QUICK_FILES = 4;

/** Genres in the order of their names. */
export function genresOf(tracks: readonly LabTrack[]): string[] {
  return [...new Set(tracks.map(({ genre }) => genre))].sort();
}

/**
 * Without genres that are too small; they are named among what is left out.
 * @throws StemscapeError training.tooFewLabels when fewer than two genres remain
 */
export function withoutSmallGenres(dataset: LabDataset): LabDataset {
  const byGenre = Map.groupBy(dataset.tracks, ({ genre }) => genre);
  const small = [...byGenre].filter(([, tracks]) => groupsOf(tracks) < MIN_FILES);
  const names = new Set(small.map(([genre]) => genre));
  const tracks = dataset.tracks.filter(({ genre }) => !names.has(genre));
  const reasons = small.map(([genre, { length }]) => tooSmall(genre, length));
  if (byGenre.size - small.length < MIN_GENRES) throw new StemscapeError('training.tooFewLabels', obstacle(dataset, reasons));
  const leftOut = small.flatMap(([genre, few]) => few.map(({ path }) => ({ path, reason: tooSmall(genre, few.length) })));
  return { ...dataset, tracks, leftOut: [...dataset.leftOut, ...leftOut] };
}

function groupsOf(tracks: readonly LabTrack[]): number {
  return new Set(tracks.map(({ group, path }) => group ?? path)).size;
}

function tooSmall(genre: string, n: number): string {
  return n < MIN_FILES
    ? `${genre} has one recording that can be heard and needs at least ${MIN_FILES}.`
    : `All ${n} recordings of ${genre} are by one artist, so it cannot be tested on others.`;
}

function obstacle({ dir, leftOut }: LabDataset, reasons: readonly string[]): string {
  const where = dir === null ? 'The library has' : `${dir} holds`;
  const unread = leftOut.length > 0 ? ` ${leftOut.length} files were left out, the first because: ${leftOut[0]!.reason}` : '';
  const sentence = `${where} fewer than two genres with enough recordings to learn and test.`;
  return [sentence, ...reasons.slice(0, 3)].join(' ') + unread;
}

/** A few recordings of a few genres, the first by name. */
export function quickPart(dataset: LabDataset): LabDataset {
  const kept = new Set(genresOf(dataset.tracks).slice(0, QUICK_GENRES));
  const counts = new Map<string, number>();
  const tracks = dataset.tracks.filter(({ genre }) => {
    const n = counts.get(genre) ?? 0;
    counts.set(genre, n + 1);
    return kept.has(genre) && n < QUICK_FILES;
  });
  return { ...dataset, tracks, officialSplit: null };
}
