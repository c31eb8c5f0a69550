// When tracks were played. A play outlives its track's row as a label does.
import type Database from 'better-sqlite3';
import { writeDurably } from './durable-write.ts';

export interface PlayStore {
  /** False when there is no such track. */
  record(trackId: number, playedSec: number, atMs: number): boolean;
  followContent(trackId: number, contentHash: string): void;
  adopt(trackId: number, contentHash: string): void;
}

export function createPlayStore(sqlite: Database.Database): PlayStore {
  const insert = sqlite.prepare<[number, number, number]>(
    'INSERT INTO play (track_id, content_hash, at_ms, played_sec) SELECT id, content_hash, ?, ? FROM track WHERE id = ?',
  );
  const follow = sqlite.prepare<[string, number]>('UPDATE play SET content_hash = ? WHERE track_id = ?');
  const adopt = sqlite.prepare<[number, string]>('UPDATE play SET track_id = ? WHERE track_id IS NULL AND content_hash = ?');
  return {
    record: (trackId, playedSec, atMs) => writeDurably(sqlite, () => insert.run(atMs, playedSec, trackId).changes === 1),
    followContent: (trackId, contentHash) => void follow.run(contentHash, trackId),
    adopt: (trackId, contentHash) => void adopt.run(trackId, contentHash),
  };
}
