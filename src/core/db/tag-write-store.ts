// The journal of tags written into files: every change with what was there before, recorded before its file is touched.
import type Database from 'better-sqlite3';
import type { Failure } from '../domain/errors.ts';
import type { PastTagWrite, TagField } from '../domain/tag-write.ts';
import { pathKeyOf } from './sort-key.ts';

export type TagWriteState = 'planned' | 'written' | 'failed' | 'undoing' | 'undone';

/** One file of a write. `before` is what its writer noted to undo it; only that one reads it. */
export interface JournalledFile {
  writeId: number;
  path: string;
  trackId: number | null;
  temporaryName: string;
  before: unknown;
  after: Partial<Record<TagField, string[]>>;
  audioHash: string;
  state: TagWriteState;
}

export interface TagWriteStore {
  /** A new write; its files follow one by one. */
  begin(sentence: string, atMs: number): number;
  plan(file: Omit<JournalledFile, 'state'>): void;
  settle(file: Pick<JournalledFile, 'writeId' | 'path'>, state: TagWriteState, reason: Failure | null): void;
  /** Files that a crash left between two states. */
  unsettled(): JournalledFile[];
  /** Files of a write that carry what it wrote. */
  written(writeId: number): JournalledFile[];
  exists(writeId: number): boolean;
  /** The latest first. */
  history(limit: number): PastTagWrite[];
  /** The analysis belongs to the same sound under its new content hash. */
  followContent(trackId: number, contentHash: string): void;
}

interface FileRow {
  write_id: number;
  path: string;
  track_id: number | null;
  temporary_name: string;
  before_json: string;
  after_json: string;
  audio_hash: string;
  state: TagWriteState;
}

interface HistoryRow {
  id: number;
  at_ms: number;
  sentence: string;
  n_files: number;
  n_written: number;
  n_undone: number;
  n_failed: number;
}

export function createTagWriteStore(sqlite: Database.Database): TagWriteStore {
  return { ...createWrites(sqlite), ...createReads(sqlite) };
}

function createWrites(sqlite: Database.Database): Pick<TagWriteStore, 'begin' | 'plan' | 'settle' | 'followContent'> {
  const begin = sqlite.prepare<[number, string]>('INSERT INTO tag_write (at_ms, sentence) VALUES (?, ?)');
  const plan = sqlite.prepare(
    `INSERT INTO tag_write_file (write_id, path_key, path, track_id, temporary_name, before_json, after_json, audio_hash, state)
     VALUES ($writeId, $pathKey, $path, $trackId, $temporaryName, $before, $after, $audioHash, 'planned')`,
  );
  const settle = sqlite.prepare<[TagWriteState, string | null, string | null, number, string]>(
    'UPDATE tag_write_file SET state = ?, reason_code = ?, reason_message = ? WHERE write_id = ? AND path_key = ?',
  );
  const follow = sqlite.prepare<[string, number]>('UPDATE analysis SET content_hash = ? WHERE track_id = ?');
  return {
    begin: (sentence, atMs) => Number(begin.run(atMs, sentence).lastInsertRowid),
    plan: ({ before, after, ...file }) =>
      void plan.run({ ...file, pathKey: pathKeyOf(file.path), before: JSON.stringify(before), after: JSON.stringify(after) }),
    settle: ({ writeId, path }, state, reason) =>
      void settle.run(state, reason?.code ?? null, reason?.message ?? null, writeId, pathKeyOf(path)),
    followContent: (trackId, contentHash) => void follow.run(contentHash, trackId),
  };
}

function createReads(sqlite: Database.Database): Pick<TagWriteStore, 'unsettled' | 'written' | 'exists' | 'history'> {
  const unsettled = sqlite.prepare<[], FileRow>("SELECT * FROM tag_write_file WHERE state IN ('planned', 'undoing')");
  const written = sqlite.prepare<[number], FileRow>(
    "SELECT * FROM tag_write_file WHERE write_id = ? AND state = 'written' ORDER BY path_key",
  );
  const exists = sqlite.prepare<[number], number>('SELECT 1 FROM tag_write WHERE id = ?').pluck();
  const history = sqlite.prepare<[number], HistoryRow>(
    `SELECT id, at_ms, sentence, count(path_key) AS n_files, coalesce(sum(state = 'written'), 0) AS n_written,
            coalesce(sum(state = 'undone'), 0) AS n_undone, coalesce(sum(state = 'failed'), 0) AS n_failed
     FROM tag_write LEFT JOIN tag_write_file ON write_id = id GROUP BY id ORDER BY id DESC LIMIT ?`,
  );
  return {
    unsettled: () => unsettled.all().map(fileFromRow),
    written: (writeId) => written.all(writeId).map(fileFromRow),
    exists: (writeId) => exists.get(writeId) !== undefined,
    history: (limit) => history.all(limit).map(pastFromRow),
  };
}

function fileFromRow(row: FileRow): JournalledFile {
  return {
    writeId: row.write_id,
    path: row.path,
    trackId: row.track_id,
    temporaryName: row.temporary_name,
    before: JSON.parse(row.before_json),
    after: JSON.parse(row.after_json) as JournalledFile['after'],
    audioHash: row.audio_hash,
    state: row.state,
  };
}

function pastFromRow(row: HistoryRow): PastTagWrite {
  return {
    id: row.id,
    atMs: row.at_ms,
    sentence: row.sentence,
    nFiles: row.n_files,
    nWritten: row.n_written,
    nUndone: row.n_undone,
    nFailed: row.n_failed,
  };
}
