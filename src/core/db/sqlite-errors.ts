// Turns SQLite's error codes into failures with a sentence for a person.
import { StemscapeError } from '../domain/errors.ts';

function sqliteCodeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}

export function isBusy(error: unknown): boolean {
  return sqliteCodeOf(error)?.startsWith('SQLITE_BUSY') ?? false;
}

/** The expected failure an SQLite error stands for, or the error itself when it is none. */
export function toLibraryError(error: unknown, file: string): unknown {
  const code = sqliteCodeOf(error);
  if (code === null) return error;
  const because = { cause: error };
  if (code.startsWith('SQLITE_BUSY')) {
    return new StemscapeError('library.locked', `The library ${file} is being written by another Stemscape. Try again.`, because);
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    const sentence = `The library file ${file} is damaged or is not a Stemscape library. Restore it from a copy or move it away.`;
    return new StemscapeError('library.corrupt', sentence, because);
  }
  if (code === 'SQLITE_FULL') {
    return new StemscapeError(
      'disk.full',
      `The disk that holds ${file} is full. Free some space; what is stored stays.`,
      because,
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM')) {
    return new StemscapeError('folder.unreadable', `The library file ${file} cannot be opened for writing.`, because);
  }
  return error;
}
