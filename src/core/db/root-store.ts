// The folders a person gave: where scans look.
import type Database from 'better-sqlite3';
import { pathKeyOf } from './sort-key.ts';

export interface RootRow {
  id: number;
  path: string;
  path_key: string;
  added_at_ms: number;
}

export interface RootStore {
  all(): RootRow[];
  /** Adds the folder, or answers the row it already has. */
  add(path: string, atMs: number): RootRow;
  /** Removes the folder from the list; its tracks are the caller's to deal with. */
  remove(id: number): void;
  /** Hands a folder's tracks to a folder that contains it, and removes it. */
  merge(fromId: number, intoId: number): void;
  countTracks(id: number): number;
}

export function createRootStore(sqlite: Database.Database): RootStore {
  const all = sqlite.prepare<[], RootRow>('SELECT * FROM root ORDER BY path_key');
  const byKey = sqlite.prepare<[string], RootRow>('SELECT * FROM root WHERE path_key = ?');
  const insert = sqlite.prepare<[string, string, number]>(
    'INSERT INTO root (path, path_key, added_at_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = sqlite.prepare<[number]>('DELETE FROM root WHERE id = ?');
  const reassign = sqlite.prepare<[number, number]>('UPDATE track SET root_id = ? WHERE root_id = ?');
  const count = sqlite.prepare<[number], number>('SELECT count(*) FROM track WHERE root_id = ?').pluck();
  return {
    all: () => all.all(),
    add(path, atMs) {
      insert.run(path, pathKeyOf(path), atMs);
      return byKey.get(pathKeyOf(path))!;
    },
    remove: (id) => void remove.run(id),
    merge(fromId, intoId) {
      reassign.run(intoId, fromId);
      remove.run(fromId);
    },
    countTracks: (id) => Number(count.get(id)),
  };
}
