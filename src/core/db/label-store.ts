// A person's own genres. They survive rename, retag, re-analysis and even the removal of the track: a label keeps the
// content's hash and is joined again when the same content returns.
import type Database from 'better-sqlite3';
import type { GenreOrigin } from '../domain/track.ts';
import { writeDurably } from './durable-write.ts';

export type LabelOrigin = Extract<GenreOrigin, 'hand' | 'import'>;

export interface LabelRow {
  id: number;
  track_id: number | null;
  content_hash: string | null;
  genre: string;
  origin: LabelOrigin;
  at_ms: number;
}

export interface LabelStore {
  /** Replaces the track's labels of this origin. Follow it with `tracks.refreshListing`. */
  set(trackId: number, genres: readonly string[], origin: LabelOrigin, atMs: number): void;
  /** Hand labels first, then the newest. */
  ofTrack(trackId: number): LabelRow[];
  /** The labelled content changed (a retag): the labels follow. */
  followContent(trackId: number, contentHash: string): void;
  /** Joins labels whose track was removed to a track with the same content; true when there were any. */
  adopt(trackId: number, contentHash: string): boolean;
}

export function createLabelStore(sqlite: Database.Database): LabelStore {
  const clear = sqlite.prepare<[number, string]>('DELETE FROM label WHERE track_id = ? AND origin = ?');
  const insert = sqlite.prepare<[string, string, number, number]>(
    `INSERT OR IGNORE INTO label (track_id, content_hash, genre, origin, at_ms)
     SELECT id, content_hash, ?, ?, ? FROM track WHERE id = ?`,
  );
  const ofTrack = sqlite.prepare<[number], LabelRow>(
    "SELECT * FROM label WHERE track_id = ? ORDER BY origin = 'hand' DESC, at_ms DESC, id",
  );
  const follow = sqlite.prepare<[string, number]>('UPDATE label SET content_hash = ? WHERE track_id = ?');
  const adopt = sqlite.prepare<[number, string]>(
    'UPDATE OR IGNORE label SET track_id = ? WHERE track_id IS NULL AND content_hash = ?',
  );
  return {
    set(trackId, genres, origin, atMs) {
      writeDurably(sqlite, () => {
        clear.run(trackId, origin);
        for (const genre of genres) insert.run(genre, origin, atMs, trackId);
      });
    },
    ofTrack: (trackId) => ofTrack.all(trackId),
    followContent: (trackId, contentHash) => void follow.run(contentHash, trackId),
    adopt: (trackId, contentHash) => adopt.run(trackId, contentHash).changes > 0,
  };
}
