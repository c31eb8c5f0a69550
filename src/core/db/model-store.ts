// The registry of own models, and which one is in use since when. The bundled model has no row of its own.
import type Database from 'better-sqlite3';
import { BUNDLED_MODEL_ID } from '../domain/model.ts';
import { writeDurably } from './durable-write.ts';
import {
  intsFromBlob,
  type LearnedLabel,
  type ModelRow,
  modelFromRow,
  modelToRow,
  type OutOfFold,
  outOfFoldFromRow,
  type SmallModelRow,
  type StoredModel,
  type WholeModel,
} from './model-row.ts';
import { fromBlob } from './vector-blob.ts';

export type { LearnedLabel, OutOfFold, StoredModel, WholeModel } from './model-row.ts';

export interface ModelStore {
  /** Newest first. */
  list(): StoredModel[];
  get(id: string): StoredModel | null;
  /** With its head, its labels and its verdicts. */
  whole(id: string): WholeModel | null;
  /** An encoded head, see training/head/head-file. */
  head(id: string): Uint8Array | null;
  labels(id: string): LearnedLabel[] | null;
  outOfFold(id: string): OutOfFold | null;
  add(model: WholeModel): void;
  rename(id: string, name: string): void;
  /** Also from the history of use. */
  remove(id: string): void;
  /** The model in use: `bundled` when there is no own one. */
  activeId(): string;
  /** The model that was in use before the one in use; null when there was none. */
  previousId(): string | null;
  setActive(id: string, atMs: number): void;
  /** Forgets the latest use, so that `previousId` is the one in use. */
  dropLatestUse(): void;
}

const SMALL = `id, name, mode, created_at_ms, encoder, encoder_folder, genres_json, n_tracks, seed, backend, seconds, settings_json,
  join_rule, labels_hash, evaluation_json`;

export function createModelStore(sqlite: Database.Database): ModelStore {
  return { ...createReads(sqlite), ...createWrites(sqlite), ...createUse(sqlite) };
}

function createReads(sqlite: Database.Database) {
  const all = sqlite.prepare<[], SmallModelRow>(`SELECT ${SMALL} FROM model ORDER BY created_at_ms DESC, id`);
  const one = sqlite.prepare<[string], SmallModelRow>(`SELECT ${SMALL} FROM model WHERE id = ?`);
  const whole = sqlite.prepare<[string], ModelRow>('SELECT * FROM model WHERE id = ?');
  const head = sqlite.prepare<[string], Uint8Array>('SELECT head FROM model WHERE id = ?').pluck();
  const labels = sqlite.prepare<[string], string>('SELECT labels_json FROM model WHERE id = ?').pluck();
  const outOfFold = sqlite.prepare<[string], ModelRow>(
    'SELECT genres_json, out_of_fold, out_of_fold_tracks FROM model WHERE id = ?',
  );
  const parseLabels = (json: string) => JSON.parse(json) as LearnedLabel[];
  return {
    list: () => all.all().map(modelFromRow),
    get(id: string) {
      const row = one.get(id);
      return row ? modelFromRow(row) : null;
    },
    whole(id: string): WholeModel | null {
      const row = whole.get(id);
      if (!row) return null;
      return {
        ...modelFromRow(row),
        labels: parseLabels(row.labels_json),
        head: new Uint8Array(row.head),
        outOfFold: fromBlob(row.out_of_fold),
        outOfFoldTracks: intsFromBlob(row.out_of_fold_tracks),
      };
    },
    // A plain array: a Buffer's slices are views.
    head(id: string) {
      const bytes = head.get(id);
      return bytes === undefined ? null : new Uint8Array(bytes);
    },
    labels(id: string) {
      const json = labels.get(id);
      return json === undefined ? null : parseLabels(json);
    },
    outOfFold(id: string) {
      const row = outOfFold.get(id);
      return row ? outOfFoldFromRow(row) : null;
    },
  };
}

function createWrites(sqlite: Database.Database) {
  const columns = sqlite.prepare<[], string>("SELECT name FROM pragma_table_info('model')").pluck().all();
  const insert = sqlite.prepare<ModelRow>(
    `INSERT INTO model (${columns.join(', ')}) VALUES (${columns.map((name) => `$${name}`).join(', ')})`,
  );
  const rename = sqlite.prepare<[string, string]>('UPDATE model SET name = ? WHERE id = ?');
  const remove = sqlite.prepare<[string]>('DELETE FROM model WHERE id = ?');
  const forgetUse = sqlite.prepare<[string]>('DELETE FROM model_use WHERE model_id = ?');
  return {
    add: (model: WholeModel) => writeDurably(sqlite, () => void insert.run(modelToRow(model))),
    rename: (id: string, name: string) => writeDurably(sqlite, () => void rename.run(name, id)),
    remove: (id: string) =>
      writeDurably(sqlite, () => {
        forgetUse.run(id);
        remove.run(id);
      }),
  };
}

function createUse(sqlite: Database.Database) {
  const latest = sqlite.prepare<[], string>('SELECT model_id FROM model_use ORDER BY id DESC LIMIT 1').pluck();
  const before = sqlite
    .prepare<[string], string>('SELECT model_id FROM model_use WHERE model_id <> ? ORDER BY id DESC LIMIT 1')
    .pluck();
  const use = sqlite.prepare<[string, number]>('INSERT INTO model_use (model_id, at_ms) VALUES (?, ?)');
  const drop = sqlite.prepare<[string]>(
    'DELETE FROM model_use WHERE id > coalesce((SELECT max(id) FROM model_use WHERE model_id <> ?), 0)',
  );
  const activeId = (): string => latest.get() ?? BUNDLED_MODEL_ID;
  return {
    activeId,
    previousId(): string | null {
      const active = activeId();
      return before.get(active) ?? (active === BUNDLED_MODEL_ID ? null : BUNDLED_MODEL_ID);
    },
    setActive(id: string, atMs: number) {
      if (id !== activeId()) use.run(id, atMs);
    },
    dropLatestUse: () => void drop.run(activeId()),
  };
}
