// What tracks sound like, as vectors: the whole sound's in `analysis`, each stem's in `stem_embedding`.
import type Database from 'better-sqlite3';
import { type Source, STEMS } from '../domain/stem.ts';
import { fromBlob } from './vector-blob.ts';

export interface VectorStore {
  /** As the network gave it, Float32Array [embeddingSize]; null when not analysed or silent there. */
  vector(trackId: number, source: Source): Float32Array | null;
  /** Ids of analysed tracks whose files are there, ascending. */
  presentIds(): number[];
}

export function createVectorStore(sqlite: Database.Database): VectorStore {
  const mixture = sqlite.prepare<[number], Uint8Array>('SELECT embedding FROM analysis WHERE track_id = ?').pluck();
  const stem = sqlite
    .prepare<[number, string], Uint8Array>('SELECT embedding FROM stem_embedding WHERE track_id = ? AND stem = ?')
    .pluck();
  const present = sqlite.prepare<[], number>("SELECT id FROM track WHERE status = 'analysed' ORDER BY id").pluck();
  return {
    vector(trackId, source) {
      const blob = STEMS.some((name) => name === source) ? stem.get(trackId, source) : mixture.get(trackId);
      return blob ? fromBlob(blob) : null;
    },
    presentIds: () => present.all(),
  };
}
