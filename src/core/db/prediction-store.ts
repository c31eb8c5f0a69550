// What the own model in use says of each track. The bundled model's verdict stays in the analysis.
import type Database from 'better-sqlite3';
import { fromBlob, toBlob } from './vector-blob.ts';

export interface Prediction {
  modelId: string;
  genres: string[];
  /** Float32Array [nGenres], calibrated, sums to 1. */
  probabilities: Float32Array;
  /** The likeliest genre is below its threshold. */
  isUnknown: boolean;
}

export interface PredictionStore {
  of(trackId: number): Prediction | null;
  /** The row that names a list of genres, made when new. */
  classListId(genres: readonly string[]): number;
  put(trackId: number, modelId: string, classListId: number, probabilities: Float32Array, isUnknown: boolean): void;
  remove(trackId: number): void;
  clear(): void;
  count(): number;
}

interface Row {
  model_id: string;
  genres_json: string;
  probabilities: Uint8Array;
  is_unknown: 0 | 1;
}

export function createPredictionStore(sqlite: Database.Database): PredictionStore {
  const one = sqlite.prepare<[number], Row>(
    `SELECT model_id, genres_json, probabilities, is_unknown FROM prediction JOIN class_list ON class_list.id = class_list_id
     WHERE track_id = ?`,
  );
  const addClassList = sqlite.prepare<[string]>('INSERT OR IGNORE INTO class_list (genres_json) VALUES (?)');
  const classListId = sqlite.prepare<[string], number>('SELECT id FROM class_list WHERE genres_json = ?').pluck();
  const put = sqlite.prepare<[number, string, number, Uint8Array, 0 | 1]>(
    'INSERT OR REPLACE INTO prediction (track_id, model_id, class_list_id, probabilities, is_unknown) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = sqlite.prepare<[number]>('DELETE FROM prediction WHERE track_id = ?');
  const clear = sqlite.prepare<[]>('DELETE FROM prediction');
  const count = sqlite.prepare<[], number>('SELECT count(*) FROM prediction').pluck();
  return {
    of(trackId) {
      const row = one.get(trackId);
      if (!row) return null;
      return {
        modelId: row.model_id,
        genres: JSON.parse(row.genres_json) as string[],
        probabilities: fromBlob(row.probabilities),
        isUnknown: row.is_unknown === 1,
      };
    },
    classListId(genres) {
      const json = JSON.stringify(genres);
      addClassList.run(json);
      return classListId.get(json)!;
    },
    put: (trackId, modelId, listId, probabilities, isUnknown) =>
      void put.run(trackId, modelId, listId, toBlob(probabilities), isUnknown ? 1 : 0),
    remove: (trackId) => void remove.run(trackId),
    clear: () => void clear.run(),
    count: () => Number(count.get()),
  };
}
