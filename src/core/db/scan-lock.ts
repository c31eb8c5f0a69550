// One scanner per library: an exclusive SQLite lock on an empty file beside it. The system drops the lock when its
// process ends in whatever way, so a killed scan never leaves the library locked.
import Database from 'better-sqlite3';
import { StemscapeError } from '../domain/errors.ts';
import { isBusy, toLibraryError } from './sqlite-errors.ts';

export interface ScanLock {
  release(): void;
}

/** Throws `library.locked` while another process (or another scanner in this one) holds it. */
export function takeScanLock(libraryFile: string): ScanLock {
  if (libraryFile === ':memory:') return { release() {} };
  const lock = new Database(`${libraryFile}.scan-lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw toLibraryError(error, libraryFile);
    const sentence = 'Another Stemscape is scanning this library. Wait for it to finish or stop it there.';
    throw new StemscapeError('library.locked', sentence, { cause: error });
  }
  return {
    release() {
      if (lock.open) lock.close();
    },
  };
}
