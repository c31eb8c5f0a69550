// What tracks sound like, as vectors: the whole sound's in `analysis`, each stem's in `stem_embedding`, and short codes of all of them in
// `sound_code`. Distances are sqlite-vec's.
import type Database from 'better-sqlite3';
import type { Source, Stem } from '../domain/stem.ts';
import { fromBlob, toBlob } from './vector-blob.ts';

/** One source of a question: a direction, and how much it counts (negative: unlike it). */
export interface WeightedDirection {
  source: Source;
  weight: number;
  /** Float32Array [embeddingSize] */
  direction: Float32Array;
}

/** A track's sign codes; null where a stem is silent. */
export interface CodeRow {
  row: number;
  trackId: number;
  encoder: string;
  codes: Record<Source, Uint8Array | null>;
}

export interface VectorStore {
  /** As the network gave it, Float32Array [embeddingSize]; null when not analysed or silent there. */
  vector(trackId: number, source: Source): Float32Array | null;
  /** The network that heard the track; null when not analysed. */
  encoder(trackId: number): string | null;
  /** Codes written after this row, in their order; a track that was analysed again comes again. Lazily read. */
  codesAfter(row: number): IterableIterator<CodeRow>;
  /** Of these tracks those that this network has heard and whose files are there. */
  present(trackIds: readonly number[], encoder: string): Set<number>;
  /** Cosine distances 0..2 of these tracks to a direction, by track; without those that are silent there. */
  distances(trackIds: readonly number[], stem: Stem, direction: Float32Array): Map<number, number>;
  /** Embedding and descriptors of these tracks, valid during the call; descriptors are null in older analyses. */
  eachSound(
    trackIds: readonly number[],
    visit: (trackId: number, embedding: Float32Array, descriptors: Float32Array | null) => void,
  ): void;
  /** Descriptors of at most `limit` tracks, evenly over the library, Float32Array [n x size]. */
  descriptorSample(limit: number, size: number): Float32Array;
  /** Grows with the library: the highest track id that was heard. */
  extent(): number;
}

export function createVectorStore(sqlite: Database.Database): VectorStore {
  const mixture = sqlite.prepare<[number], Uint8Array>('SELECT embedding FROM analysis WHERE track_id = ?').pluck();
  const stem = sqlite
    .prepare<[number, string], Uint8Array>('SELECT embedding FROM stem_embedding WHERE track_id = ? AND stem = ?')
    .pluck();
  const encoder = sqlite.prepare<[number], string>('SELECT encoder FROM sound_code WHERE track_id = ?').pluck();
  return {
    vector(trackId, source) {
      const blob = source === 'mixture' ? mixture.get(trackId) : stem.get(trackId, source);
      return blob ? fromBlob(blob) : null;
    },
    encoder: (trackId) => encoder.get(trackId) ?? null,
    ...createCodes(sqlite),
    distances: createDistances(sqlite),
    ...createSounds(sqlite),
  };
}

function createDistances(sqlite: Database.Database): VectorStore['distances'] {
  const ASKED = 'track_id IN (SELECT value FROM json_each(?))';
  const distance = 'SELECT track_id, vec_distance_cosine(embedding, ?)';
  const ofStem = sqlite
    .prepare<[Uint8Array, string, string], [number, number]>(`${distance} FROM stem_embedding WHERE ${ASKED} AND stem = ?`)
    .raw();
  return (trackIds, stem, direction) => new Map(ofStem.all(toBlob(direction), JSON.stringify(trackIds), stem));
}

type Sounds = Pick<VectorStore, 'eachSound' | 'descriptorSample' | 'extent'>;

function createSounds(sqlite: Database.Database): Sounds {
  type Row = { track_id: number; embedding: Uint8Array; descriptors: Uint8Array | null };
  const rows = sqlite.prepare<[string], Row>(
    'SELECT track_id, embedding, descriptors FROM analysis WHERE track_id IN (SELECT value FROM json_each(?))',
  );
  const ids = sqlite.prepare<[], number>('SELECT track_id FROM sound_code ORDER BY track_id').pluck();
  const last = sqlite.prepare<[], number | null>('SELECT max(track_id) FROM sound_code').pluck();
  const eachSound: Sounds['eachSound'] = (trackIds, visit) => {
    for (const row of rows.iterate(JSON.stringify(trackIds)))
      visit(row.track_id, fromBlob(row.embedding), row.descriptors && fromBlob(row.descriptors));
  };
  return {
    eachSound,
    extent: () => last.get() ?? 0,
    descriptorSample(limit, size) {
      const all = ids.all();
      const step = Math.max(1, Math.ceil(all.length / limit));
      const sample: Float32Array[] = [];
      eachSound(
        all.filter((_, i) => i % step === 0),
        (_, __, descriptors) => {
          if (descriptors?.length === size) sample.push(descriptors);
        },
      );
      const joined = new Float32Array(sample.length * size);
      for (const [i, descriptors] of sample.entries()) joined.set(descriptors, i * size);
      return joined;
    },
  };
}

function createCodes(sqlite: Database.Database): Pick<VectorStore, 'codesAfter' | 'present'> {
  type Row = { id: number; track_id: number; encoder: string } & Record<Source, Uint8Array | null>;
  const last = sqlite.prepare<[], number | null>('SELECT max(id) FROM sound_code').pluck();
  const after = sqlite.prepare<[number], Row>('SELECT * FROM sound_code WHERE id > ? ORDER BY id');
  const present = sqlite
    .prepare<[string, string], number>(
      `SELECT track_id FROM sound_code JOIN track ON track.id = track_id
       WHERE track_id IN (SELECT value FROM json_each(?)) AND encoder = ? AND track.is_missing = 0`,
    )
    .pluck();
  return {
    *codesAfter(row) {
      if ((last.get() ?? 0) <= row) return;
      for (const { id, track_id: trackId, encoder, ...codes } of after.iterate(row)) yield { row: id, trackId, encoder, codes };
    },
    present: (trackIds, encoder) => new Set(present.all(JSON.stringify(trackIds), encoder)),
  };
}
