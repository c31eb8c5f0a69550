// The points that a map is drawn from, read from the library.
import type { TrackVectors } from '../db/map-rows.ts';
import type { LibraryDb } from '../db/open.ts';
import type { MapSource } from '../domain/map.ts';
import type { EncoderRef } from '../domain/model.ts';
import { N_DESCRIPTORS } from '../dsp/descriptors-518/descriptors-518.ts';
import { labelsForTraining } from '../labels/training-labels.ts';
import { decodeScale, encodeScale, type SoundScale, scaleOf, toUnit, writeSound } from '../neighbours/sound-space.ts';

/** The points of a map, and what puts later tracks among them; null where nothing is needed for it. */
export interface MapSpace {
  space: TrackVectors;
  coder: Uint8Array | null;
}

/** Scales every row to length 1, so that Euclidean distance orders as the cosine does; rows of zeros stay. */
export function unitRows({ trackIds, vectors, size }: TrackVectors): TrackVectors {
  const unit = vectors.slice();
  for (let i = 0; i < trackIds.length; i++) toUnit(unit, i * size, (i + 1) * size);
  return { trackIds, vectors: unit, size };
}

/** Descriptors with mean 0 and deviation 1, of length 1. */
export function scaledDescriptors(described: TrackVectors): TrackVectors {
  const { trackIds, vectors, size } = described;
  return joinedSound({ trackIds, vectors: new Float32Array(0), size: 0 }, described, scaleOf(vectors, trackIds.length, size));
}

function joinedSound(embedded: TrackVectors, described: TrackVectors, scale: SoundScale): TrackVectors {
  const placeOf = new Map(Array.from(embedded.trackIds, (id, i) => [id, i]));
  const rows = [...described.trackIds.keys()].filter((i) => placeOf.has(described.trackIds[i]!));
  const size = embedded.size + described.size;
  const vectors = new Float32Array(rows.length * size);
  for (const [at, i] of rows.entries()) {
    const e = placeOf.get(described.trackIds[i]!)!;
    const embedding = embedded.vectors.subarray(e * embedded.size, (e + 1) * embedded.size);
    const descriptors = described.vectors.subarray(i * described.size, (i + 1) * described.size);
    writeSound(embedding, descriptors, scale, vectors, at * size);
  }
  return { trackIds: Int32Array.from(rows, (i) => described.trackIds[i]!), vectors, size };
}

type Network = { encoder: EncoderRef; embeddingSize: number };

/** @param coder of the map that the tracks are to be placed on; null for a new map */
export function readSpace(db: LibraryDb, source: MapSource, network: Network, coder: Uint8Array | null): MapSpace {
  const { encoder, embeddingSize } = network;
  if (source === 'embedding') return { space: unitRows(db.mapRows.embeddings(encoder, embeddingSize)), coder: null };
  if (source !== 'sound' && source !== 'latent')
    return { space: unitRows(db.mapRows.stemEmbeddings(source, embeddingSize)), coder: null };
  const described = db.mapRows.descriptors(N_DESCRIPTORS);
  if (source === 'latent') return { space: described, coder };
  const scale = coder ? decodeScale(coder) : scaleOf(described.vectors, described.trackIds.length, described.size);
  const space = joinedSound(db.mapRows.embeddings(encoder, embeddingSize), described, scale);
  return { space, coder: encodeScale(scale) };
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
