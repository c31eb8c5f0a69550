// Embeddings by a person's own networks: where the windows lie, and what the network made of them.
import type Database from 'better-sqlite3';
import { fromBlob, toBlob } from './vector-blob.ts';

export interface EncoderWindow {
  startSec: number;
  lengthSec: number;
  /** Float32Array [embeddingSize] */
  embedding: Float32Array;
}

export interface EncoderWindowStore {
  /** Replaces the track's windows of this encoder; nothing happens for a track that has no analysis. */
  put(trackId: number, encoder: string, windows: readonly EncoderWindow[]): void;
  of(trackId: number, encoder: string): EncoderWindow[];
  /** Forgets everything that this encoder heard. */
  removeEncoder(encoder: string): void;
}

interface Row {
  start_sec: number;
  length_sec: number;
  embedding: Uint8Array;
}

export function createEncoderWindowStore(sqlite: Database.Database): EncoderWindowStore {
  const isAnalysed = sqlite.prepare<[number], number>('SELECT 1 FROM analysis WHERE track_id = ?').pluck();
  const clear = sqlite.prepare<[number, string]>('DELETE FROM encoder_window WHERE track_id = ? AND encoder = ?');
  const insert = sqlite.prepare<[number, string, number, number, number, Uint8Array]>(
    'INSERT INTO encoder_window VALUES (?, ?, ?, ?, ?, ?)',
  );
  const of = sqlite.prepare<[number, string], Row>(
    'SELECT start_sec, length_sec, embedding FROM encoder_window WHERE track_id = ? AND encoder = ? ORDER BY position',
  );
  const forget = sqlite.prepare<[string]>('DELETE FROM encoder_window WHERE encoder = ?');
  const replace = sqlite.transaction((trackId: number, encoder: string, windows: readonly EncoderWindow[]) => {
    if (isAnalysed.get(trackId) === undefined) return;
    clear.run(trackId, encoder);
    for (const [position, { startSec, lengthSec, embedding }] of windows.entries()) {
      insert.run(trackId, encoder, position, startSec, lengthSec, toBlob(embedding));
    }
  });
  return {
    put: (trackId, encoder, windows) => replace(trackId, encoder, windows),
    of: (trackId, encoder) =>
      of.all(trackId, encoder).map((row) => ({
        startSec: row.start_sec,
        lengthSec: row.length_sec,
        embedding: fromBlob(row.embedding),
      })),
    removeEncoder: (encoder) => void forget.run(encoder),
  };
}
