// What a map is drawn from, many tracks at a time: one vector a track, and what its cluster is named by. It only reads.
import type Database from 'better-sqlite3';
import type { MapFacts } from '../domain/map.ts';
import type { EncoderRef } from '../domain/model.ts';
import { STEMS, type Stem } from '../domain/stem.ts';

/** One vector a track, ids ascending. */
export interface TrackVectors {
  /** Int32Array [n] */
  trackIds: Int32Array;
  /** Float32Array [n x size] */
  vectors: Float32Array;
  size: number;
}

/** Facts that points are coloured by; null = unknown. */
export interface ColourRow extends Omit<MapFacts, 'stemShares'> {
  trackId: number;
  confidence: number | null;
  key: string | null;
  loudnessLufs: number | null;
  year: number | null;
  /** What the model in use guesses, whatever the person says. */
  guess: string | null;
  /** The person's own primary genre. */
  label: string | null;
}

export interface MapRows {
  /** Mean over the windows, of tracks that this network has heard. */
  embeddings(encoder: EncoderRef, size: number): TrackVectors;
  stemEmbeddings(stem: Stem, size: number): TrackVectors;
  descriptors(size: number): TrackVectors;
  /** By track, of all analysed tracks. */
  facts(): Map<number, MapFacts>;
  /** By track, of all analysed tracks. */
  colours(): Map<number, ColourRow>;
  analysedIds(): Int32Array;
}

interface VectorRow {
  track_id: number;
  vector: Uint8Array | null;
}

export function createMapRows(sqlite: Database.Database): MapRows {
  const bundled = sqlite.prepare<[string], VectorRow>(
    'SELECT track_id, embedding AS vector FROM analysis WHERE +classifier_version = ? ORDER BY track_id',
  );
  const own = sqlite.prepare<[string], VectorRow>(
    'SELECT track_id, embedding AS vector FROM encoder_window WHERE encoder = ? ORDER BY track_id, position',
  );
  const stems = sqlite.prepare<[string], VectorRow>(
    'SELECT track_id, embedding AS vector FROM stem_embedding WHERE stem = ? ORDER BY track_id',
  );
  const descriptors = sqlite.prepare<[], VectorRow>('SELECT track_id, descriptors AS vector FROM analysis ORDER BY track_id');
  const ids = sqlite.prepare<[], number>('SELECT track_id FROM analysis ORDER BY track_id').pluck();
  return {
    embeddings: ({ kind, version }, size) => meansOf((kind === 'bundled' ? bundled : own).iterate(version), size),
    stemEmbeddings: (stem, size) => meansOf(stems.iterate(stem), size),
    descriptors: (size) => meansOf(descriptors.iterate(), size),
    analysedIds: () => Int32Array.from(ids.all()),
    ...createFacts(sqlite),
  };
}

/** Adds up a track's rows as they come; rows of another size are passed over. */
function meansOf(rows: Iterable<VectorRow>, size: number): TrackVectors {
  const ids: number[] = [];
  const counts: number[] = [];
  let vectors = new Float32Array(1024 * size);
  for (const { track_id: id, vector } of rows) {
    if (vector?.byteLength !== 4 * size) continue;
    if (ids.at(-1) !== id) {
      ids.push(id);
      counts.push(0);
      if (ids.length * size > vectors.length) vectors = doubled(vectors);
    }
    const place = ids.length - 1;
    counts[place] = counts[place]! + 1;
    const view = new DataView(vector.buffer, vector.byteOffset, vector.byteLength);
    for (let j = 0; j < size; j++) {
      const at = place * size + j;
      vectors[at] = vectors[at]! + view.getFloat32(4 * j, true);
    }
  }
  for (const [i, count] of counts.entries())
    if (count > 1) for (let at = i * size; at < (i + 1) * size; at++) vectors[at] = vectors[at]! / count;
  return { trackIds: Int32Array.from(ids), vectors: vectors.slice(0, ids.length * size), size };
}

function doubled(vectors: Float32Array): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(2 * vectors.length);
  larger.set(vectors);
  return larger;
}

type FactRow = { trackId: number } & Omit<MapFacts, 'stemShares'> & Record<Stem, number>;

function createFacts(sqlite: Database.Database): Pick<MapRows, 'facts' | 'colours'> {
  const facts = sqlite.prepare<[], FactRow>(
    `SELECT track_id AS trackId, genre_name AS genre, track.tempo_bpm AS tempoBpm, track.energy,
       ${STEMS.map((stem) => `share_${stem} AS ${stem}`).join(', ')}
     FROM analysis JOIN track ON track.id = track_id`,
  );
  const colours = sqlite.prepare<[], ColourRow>(
    `SELECT analysis.track_id AS trackId, genre_name AS genre, genre_confidence AS confidence, track.tempo_bpm AS tempoBpm,
       track.music_key AS key, track.energy, track.loudness_lufs AS loudnessLufs, track.year, guess_name AS guess,
       CASE WHEN genre_origin IN ('hand', 'import') THEN genre_name END AS label
     FROM analysis JOIN track ON track.id = analysis.track_id`,
  );
  return {
    facts: () =>
      new Map(
        facts.all().map(({ trackId, genre, tempoBpm, energy, ...shares }) => {
          const { bass, drums, other, vocals } = shares;
          return [trackId, { genre, tempoBpm, energy, stemShares: { bass, drums, other, vocals } }];
        }),
      ),
    colours: () => new Map(colours.all().map((row) => [row.trackId, row])),
  };
}
