// Writes that a power cut must not undo (a person's labels and settings): committed with synchronous=FULL.
import type Database from 'better-sqlite3';

export function writeDurably<T>(sqlite: Database.Database, work: () => T): T {
  // Inside a surrounding transaction the pragma has no effect, and that transaction's own commit decides.
  if (sqlite.inTransaction) return work();
  sqlite.pragma('synchronous = FULL');
  try {
    return sqlite.transaction(work).immediate();
  } finally {
    sqlite.pragma('synchronous = NORMAL');
  }
}
