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
  const list = sqlite.prepare<{ id: number }>(
    `UPDATE track SET n_plays = (SELECT count(*) FROM play WHERE track_id = $id),
     last_played_at_ms = (SELECT max(at_ms) FROM play WHERE track_id = $id) WHERE id = $id`,
  );
  const record = (id: number, playedSec: number, atMs: number): boolean => {
    const isThere = insert.run(atMs, playedSec, id).changes === 1;
    if (isThere) list.run({ id });
    return isThere;
  };
  return {
    record: (trackId, playedSec, atMs) => writeDurably(sqlite, () => record(trackId, playedSec, atMs)),
    followContent: (trackId, contentHash) => void follow.run(contentHash, trackId),
    adopt(trackId, contentHash) {
      if (adopt.run(trackId, contentHash).changes > 0) list.run({ id: trackId });
    },
  };
}
