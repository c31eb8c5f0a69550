// Every act of labelling with what each track had before and after: undo and redo without a limit, across restarts.
import type Database from 'better-sqlite3';
import type { LabelHistory } from '../domain/label.ts';
import type { RecordedLabel } from './label-store.ts';

export interface TrackChange {
  trackId: number;
  before: RecordedLabel[];
  after: RecordedLabel[];
}

/** A genre that an act removed, so that undo can put it back where it was. */
export interface RemovedGenre {
  id: number;
  name: string;
  parentId: number | null;
  hotkey: number | null;
  childIds: number[];
  /** Where labels went that wait for their content's return. */
  moveTo: number | null;
}

export interface RecordedAction {
  id: number;
  sentence: string;
  changes: TrackChange[];
  removed: RemovedGenre | null;
}

export interface LabelHistoryStore {
  /** A new act; what was undone before it can no longer be redone. */
  record(act: Omit<RecordedAction, 'id'>, atMs: number): number;
  history(): LabelHistory;
  nextUndo(): RecordedAction | null;
  nextRedo(): RecordedAction | null;
  setUndone(id: number, isUndone: boolean): void;
}

interface ChangeRow {
  track_id: number;
  before_json: string;
  after_json: string;
}
interface ActionRow {
  id: number;
  sentence: string;
  genre_json: string | null;
}

export function createLabelHistoryStore(sqlite: Database.Database): LabelHistoryStore {
  const forgetUndone = sqlite.prepare('DELETE FROM label_action WHERE is_undone');
  const insert = sqlite.prepare<[number, string, string | null]>(
    'INSERT INTO label_action (at_ms, sentence, genre_json) VALUES (?, ?, ?)',
  );
  const insertChange = sqlite.prepare<[number, number, string, string]>('INSERT INTO label_action_track VALUES (?, ?, ?, ?)');
  const undo = sqlite.prepare<[], ActionRow>(
    'SELECT id, sentence, genre_json FROM label_action WHERE NOT is_undone ORDER BY id DESC LIMIT 1',
  );
  const redo = sqlite.prepare<[], ActionRow>(
    'SELECT id, sentence, genre_json FROM label_action WHERE is_undone ORDER BY id LIMIT 1',
  );
  const changes = sqlite.prepare<[number], ChangeRow>('SELECT * FROM label_action_track WHERE action_id = ? ORDER BY track_id');
  const mark = sqlite.prepare<[0 | 1, number]>('UPDATE label_action SET is_undone = ? WHERE id = ?');
  const withChanges = (row: ActionRow | undefined): RecordedAction | null =>
    row === undefined
      ? null
      : {
          id: row.id,
          sentence: row.sentence,
          changes: changes.all(row.id).map(changeFromRow),
          removed: row.genre_json === null ? null : (JSON.parse(row.genre_json) as RemovedGenre),
        };
  return {
    record({ sentence, changes: changed, removed }, atMs) {
      forgetUndone.run();
      const id = Number(insert.run(atMs, sentence, removed && JSON.stringify(removed)).lastInsertRowid);
      for (const { trackId, before, after } of changed)
        insertChange.run(id, trackId, JSON.stringify(before), JSON.stringify(after));
      return id;
    },
    history: () => ({ undo: undo.get()?.sentence ?? null, redo: redo.get()?.sentence ?? null }),
    nextUndo: () => withChanges(undo.get()),
    nextRedo: () => withChanges(redo.get()),
    setUndone: (id, isUndone) => void mark.run(isUndone ? 1 : 0, id),
  };
}

function changeFromRow(row: ChangeRow): TrackChange {
  return {
    trackId: row.track_id,
    before: JSON.parse(row.before_json) as RecordedLabel[],
    after: JSON.parse(row.after_json) as RecordedLabel[],
  };
}
