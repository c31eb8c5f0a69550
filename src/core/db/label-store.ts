// A person's labels. They survive rename, retag, re-analysis and even the removal of the track: a label keeps the content's
// hash and is joined again when the same content returns.
import type Database from 'better-sqlite3';
import type { StoredOrigin } from '../domain/label.ts';
import { writeDurably } from './durable-write.ts';
import type { GenreStore } from './genre-store.ts';

export interface StoredLabel {
  genreId: number;
  genre: string;
  origin: StoredOrigin;
  isPrimary: boolean;
  atMs: number;
}

/** A label as the history keeps it: its genre may be renamed by then, which the id follows, or gone, which the name survives. */
export type RecordedLabel = Omit<StoredLabel, 'genreId'> & { genreId: number | null };

export interface LabelStore {
  /** Replaces the track's labels of this origin; the first genre becomes the primary one. Follow it with `tracks.refreshListing`. */
  set(trackId: number, genres: readonly string[], origin: StoredOrigin, atMs: number): void;
  /** Replaces all labels of the track by those recorded, making genres anew that are gone. */
  restore(trackId: number, labels: readonly RecordedLabel[]): void;
  /** Hand labels first, the primary one first within an origin. */
  ofTrack(trackId: number): StoredLabel[];
  /** Ids of present tracks with a label of this genre, by hand or import. */
  tracksOf(genreId: number): number[];
  /** Every label of a track that is there, by track, strongest first. */
  all(): IterableIterator<StoredLabel & { trackId: number }>;
  /** The labelled content changed (a retag): the labels follow. */
  followContent(trackId: number, contentHash: string): void;
  /** Joins labels whose track was removed to a track with the same content; true when there were any. */
  adopt(trackId: number, contentHash: string): boolean;
}

interface LabelRow {
  track_id: number;
  genre_id: number;
  genre: string;
  origin: StoredOrigin;
  is_primary: 0 | 1;
  at_ms: number;
}

const LABELS =
  'SELECT track_id, genre_id, name AS genre, origin, is_primary, at_ms FROM genre_label JOIN genre ON genre.id = genre_id';
const STRONGEST_FIRST = "origin = 'hand' DESC, is_primary DESC, genre_label.id";

export function createLabelStore(sqlite: Database.Database, genres: GenreStore): LabelStore {
  return { ...createWrites(sqlite, genres), ...createReads(sqlite), ...createIdentity(sqlite) };
}

function createWrites(sqlite: Database.Database, genres: GenreStore): Pick<LabelStore, 'set' | 'restore'> {
  const clear = sqlite.prepare<[number, string]>('DELETE FROM genre_label WHERE track_id = ? AND origin = ?');
  const clearAll = sqlite.prepare<[number]>('DELETE FROM genre_label WHERE track_id = ?');
  const insert = sqlite.prepare<[number, string, 0 | 1, number, number]>(
    `INSERT OR IGNORE INTO genre_label (track_id, content_hash, genre_id, origin, is_primary, at_ms)
     SELECT id, content_hash, ?, ?, ?, ? FROM track WHERE id = ?`,
  );
  const isGenre = sqlite.prepare<[number], number>('SELECT 1 FROM genre WHERE id = ?').pluck();
  return {
    set(trackId, names, origin, atMs) {
      writeDurably(sqlite, () => {
        clear.run(trackId, origin);
        for (const [i, name] of names.entries()) insert.run(genres.ensure(name), origin, i === 0 ? 1 : 0, atMs, trackId);
      });
    },
    restore(trackId, labels) {
      writeDurably(sqlite, () => {
        clearAll.run(trackId);
        for (const { genreId, genre, origin, isPrimary, atMs } of labels) {
          const id = genreId !== null && isGenre.get(genreId) ? genreId : genres.ensure(genre, genreId);
          insert.run(id, origin, isPrimary ? 1 : 0, atMs, trackId);
        }
      });
    },
  };
}

function createReads(sqlite: Database.Database): Pick<LabelStore, 'ofTrack' | 'tracksOf' | 'all'> {
  const ofTrack = sqlite.prepare<[number], LabelRow>(`${LABELS} WHERE track_id = ? ORDER BY ${STRONGEST_FIRST}`);
  const tracksOf = sqlite
    .prepare<[number], number>('SELECT DISTINCT track_id FROM genre_label WHERE genre_id = ? AND track_id IS NOT NULL ORDER BY 1')
    .pluck();
  const all = sqlite.prepare<[], LabelRow>(`${LABELS} WHERE track_id IS NOT NULL ORDER BY track_id, ${STRONGEST_FIRST}`);
  return {
    ofTrack: (trackId) => ofTrack.all(trackId).map(labelFromRow),
    tracksOf: (genreId) => tracksOf.all(genreId),
    *all() {
      for (const row of all.all()) yield { trackId: row.track_id, ...labelFromRow(row) };
    },
  };
}

function createIdentity(sqlite: Database.Database): Pick<LabelStore, 'followContent' | 'adopt'> {
  const follow = sqlite.prepare<[string, number]>('UPDATE genre_label SET content_hash = ? WHERE track_id = ?');
  const isLabelled = sqlite.prepare<[number], number>('SELECT count(*) FROM genre_label WHERE track_id = ?').pluck();
  const orphans = sqlite.prepare<[string], { id: number; genre_id: number; origin: string; is_primary: 0 | 1 }>(
    'SELECT id, genre_id, origin, is_primary FROM genre_label WHERE track_id IS NULL AND content_hash = ? ORDER BY is_primary DESC, at_ms DESC, id',
  );
  const hasPrimary = sqlite
    .prepare<[number, string], number>('SELECT count(*) FROM genre_label WHERE track_id = ? AND origin = ? AND is_primary')
    .pluck();
  const join = sqlite.prepare<[number, 0 | 1, number]>(
    'UPDATE OR IGNORE genre_label SET track_id = ?, is_primary = ? WHERE id = ?',
  );
  return {
    followContent: (trackId, contentHash) => void follow.run(contentHash, trackId),
    adopt(trackId, contentHash) {
      const before = Number(isLabelled.get(trackId));
      for (const label of orphans.all(contentHash)) {
        const isPrimary = label.is_primary === 1 && Number(hasPrimary.get(trackId, label.origin)) === 0;
        join.run(trackId, isPrimary ? 1 : 0, label.id);
      }
      return Number(isLabelled.get(trackId)) > before;
    },
  };
}

function labelFromRow(row: LabelRow): StoredLabel {
  return { genreId: row.genre_id, genre: row.genre, origin: row.origin, isPrimary: row.is_primary === 1, atMs: row.at_ms };
}
