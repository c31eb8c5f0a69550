// How many bytes of the library file are of one kind, for the account of storage.
import type Database from 'better-sqlite3';

export interface StorageRows {
  /** Points and coders of all maps. */
  mapBytes(): number;
  /** What was in the files' tags before they were written, and after. */
  tagJournalBytes(): number;
}

export function createStorageRows(sqlite: Database.Database): StorageRows {
  const maps = sqlite
    .prepare<[], number>(
      `SELECT total(length(track_ids) + length(positions) + length(clusters) + coalesce(length(coder), 0) + length(clusters_json))
       FROM map`,
    )
    .pluck();
  const journal = sqlite
    .prepare<[], number>('SELECT total(length(before_json) + length(after_json) + length(path)) FROM tag_write_file')
    .pluck();
  return { mapBytes: () => Number(maps.get()), tagJournalBytes: () => Number(journal.get()) };
}
