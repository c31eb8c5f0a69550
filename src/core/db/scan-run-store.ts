// The history of scans: when each began and how it ended. One without an end was killed.
import type Database from 'better-sqlite3';
import type { ScanSummary } from '../domain/scan.ts';

export interface ScanRunRow {
  id: number;
  started_at_ms: number;
  ended_at_ms: number | null;
  summary_json: string | null;
}

export interface ScanRunStore {
  begin(atMs: number): number;
  end(id: number, atMs: number, summary: ScanSummary): void;
  /** How the last finished scan ended; null when there was none. */
  lastSummary(): ScanSummary | null;
}

export function createScanRunStore(sqlite: Database.Database): ScanRunStore {
  const begin = sqlite.prepare<[number]>('INSERT INTO scan_run (started_at_ms) VALUES (?)');
  const end = sqlite.prepare<[number, string, number]>('UPDATE scan_run SET ended_at_ms = ?, summary_json = ? WHERE id = ?');
  const last = sqlite
    .prepare<[], string>('SELECT summary_json FROM scan_run WHERE summary_json IS NOT NULL ORDER BY id DESC LIMIT 1')
    .pluck();
  return {
    begin: (atMs) => Number(begin.run(atMs).lastInsertRowid),
    end: (id, atMs, summary) => void end.run(atMs, JSON.stringify(summary), id),
    lastSummary() {
      const json = last.get();
      return json === undefined ? null : (JSON.parse(json) as ScanSummary);
    },
  };
}
