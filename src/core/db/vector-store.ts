// What tracks sound like, as vectors: the whole sound's in `analysis`, each stem's in `stem_embedding`. Neighbours are looked for
// among short codes with sqlite-vec, all tracks for every question: nothing can fall behind the library.
import type Database from 'better-sqlite3';
import { SILENT_DISTANCE } from '../domain/neighbour.ts';
import type { Source, Stem } from '../domain/stem.ts';
import { signCode } from './sign-code.ts';
import { fromBlob, toBlob } from './vector-blob.ts';

/** One source of a question: a direction, and how much it counts (negative: unlike it). */
export interface WeightedDirection {
  source: Source;
  weight: number;
  /** Float32Array [embeddingSize] */
  direction: Float32Array;
}

export interface VectorStore {
  /** As the network gave it, Float32Array [embeddingSize]; null when not analysed or silent there. */
  vector(trackId: number, source: Source): Float32Array | null;
  /** The network that heard the track; null when not analysed. */
  encoder(trackId: number): string | null;
  /**
   * Ids of the tracks of this network that are nearest to all directions together as codes tell it: `limit` of them, or at least
   * half as many where files are missing or were heard by other networks; all where there are fewer.
   */
  candidates(directions: readonly WeightedDirection[], encoder: string, limit: number): number[];
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
    candidates: createCandidates(sqlite),
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

function createCandidates(sqlite: Database.Database): VectorStore['candidates'] {
  const count = sqlite.prepare<[], number>('SELECT count(*) FROM sound_code').pluck();
  const statements = new Map<string, Database.Statement<unknown[], number>>();
  const statementFor = (sources: readonly Source[]): Database.Statement<unknown[], number> => {
    const key = sources.join();
    const known = statements.get(key);
    if (known) return known;
    const made = sqlite.prepare<unknown[], number>(candidatesSql(sources)).pluck();
    statements.set(key, made);
    return made;
  };
  return (directions, encoder, limit) => {
    const codes = directions.map(({ direction }) => signCode(direction));
    const terms = directions.flatMap(({ weight, source }, i) => {
      const silent = SILENT_DISTANCE * 4 * codes[i]!.length;
      return source === 'mixture' ? [weight, codes[i]] : [weight, silent, codes[i]];
    });
    const statement = statementFor(directions.map(({ source }) => source));
    for (let n = limit; ; n *= 4) {
      const ids = statement.all(encoder, ...terms, n);
      if (ids.length >= limit / 2 || n >= count.get()!) return ids;
    }
  };
}

/** Bits that differ, weighted and added up: half of them where a stem is silent, as where sounds are unrelated. */
function candidatesSql(sources: readonly Source[]): string {
  const terms = sources.map((source) => {
    const distance = `vec_distance_hamming(vec_bit(${source}), vec_bit(?))`;
    return source === 'mixture' ? `? * ${distance}` : `? * CASE WHEN ${source} IS NULL THEN ? ELSE ${distance} END`;
  });
  return `SELECT track_id FROM
      (SELECT track_id FROM sound_code WHERE encoder = ? ORDER BY ${terms.join(' + ')} LIMIT ?) AS nearest
    JOIN track ON track.id = track_id WHERE track.is_missing = 0`;
}
