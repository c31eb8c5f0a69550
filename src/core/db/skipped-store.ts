// Files and folders the last scan left out, each with its reason.
import type Database from 'better-sqlite3';
import { ERROR_CODES, type ErrorCode } from '../domain/errors.ts';
import type { SkippedFile } from '../domain/scan.ts';
import { pathKeyOf } from './sort-key.ts';

export interface SkippedRow {
  path_key: string;
  path: string;
  reason_code: string;
  reason_message: string;
}

export interface SkippedStore {
  all(): SkippedFile[];
  /** Forgets what was said about this path and everything below it. */
  clearUnder(path: string): void;
  add(file: SkippedFile): void;
}

/** A stored code of an older program that no longer exists reads as `internal`. */
export function errorCodeFrom(text: string): ErrorCode {
  return ERROR_CODES.find((code) => code === text) ?? 'internal';
}

export function createSkippedStore(sqlite: Database.Database): SkippedStore {
  const all = sqlite.prepare<[], SkippedRow>('SELECT * FROM skipped_file ORDER BY path_key');
  const clear = sqlite.prepare<{ key: string }>(
    `DELETE FROM skipped_file WHERE path_key = $key
       OR substr(path_key, 1, length($key) + 1) IN ($key || '/', $key || char(92))`,
  );
  const add = sqlite.prepare<SkippedRow>(
    'INSERT OR REPLACE INTO skipped_file VALUES ($path_key, $path, $reason_code, $reason_message)',
  );
  return {
    all: () =>
      all.all().map((row) => ({
        path: row.path,
        reason: { code: errorCodeFrom(row.reason_code), message: row.reason_message },
      })),
    clearUnder: (path) => void clear.run({ key: pathKeyOf(path).replace(/[/\\]+$/, '') }),
    add: ({ path, reason }) =>
      void add.run({ path_key: pathKeyOf(path), path, reason_code: reason.code, reason_message: reason.message }),
  };
}
