// The points that a map is drawn from, read from the library: unit vectors of embeddings, or the latent of the descriptors.
import type { TrackVectors } from '../db/map-rows.ts';
import type { LibraryDb } from '../db/open.ts';
import type { MapSource } from '../domain/map.ts';
import type { EncoderRef } from '../domain/model.ts';
import { N_DESCRIPTORS } from '../dsp/descriptors-518/descriptors-518.ts';
import { labelsForTraining } from '../labels/training-labels.ts';

/** Scales every row to length 1, so that Euclidean distance orders as the cosine does; rows of zeros stay. */
export function unitRows({ trackIds, vectors, size }: TrackVectors): TrackVectors {
  const unit = new Float32Array(vectors.length);
  for (let i = 0; i < trackIds.length; i++) {
    let squares = 0;
    for (let at = i * size; at < (i + 1) * size; at++) squares += vectors[at]! ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let at = i * size; at < (i + 1) * size; at++) unit[at] = scale * vectors[at]!;
  }
  return { trackIds, vectors: unit, size };
}

/** Columns with mean 0 and deviation 1; constant ones, and numbers that are not finite, become 0. */
export function standardised({ trackIds, vectors, size }: TrackVectors): TrackVectors {
  const n = trackIds.length;
  const scaled = new Float32Array(vectors.length);
  for (let d = 0; d < size; d++) {
    let [sum, squares, count] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const value = vectors[i * size + d]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      squares += value * value;
      count++;
    }
    const mean = sum / Math.max(1, count);
    const deviation = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
    for (let i = 0; i < n; i++) {
      const value = vectors[i * size + d]!;
      scaled[i * size + d] = deviation > 1e-9 && Number.isFinite(value) ? (value - mean) / deviation : 0;
    }
  }
  return { trackIds, vectors: scaled, size };
}

/** What a map of this source sees of each track; the descriptors for `latent`. */
export function readSource(db: LibraryDb, source: MapSource, encoder: EncoderRef, embeddingSize: number): TrackVectors {
  switch (source) {
    case 'embedding':
      return unitRows(db.mapRows.embeddings(encoder, embeddingSize));
    case 'latent':
      return db.mapRows.descriptors(N_DESCRIPTORS);
    default:
      return unitRows(db.mapRows.stemEmbeddings(source, embeddingSize));
  }
}

/** Primary genre of each track as a number, by hand, import or tag; -1 without one. */
export function labelledClasses(db: LibraryDb, trackIds: Int32Array): { classes: Int32Array; genres: string[] } {
  const places = new Map<string, number>();
  const classOf = new Map<number, number>();
  for (const { trackId, genres } of labelsForTraining(db, ['hand', 'import', 'tag'])) {
    const genre = genres[0]!;
    if (!places.has(genre)) places.set(genre, places.size);
    classOf.set(trackId, places.get(genre)!);
  }
  return { classes: Int32Array.from(trackIds, (id) => classOf.get(id) ?? -1), genres: [...places.keys()] };
}
