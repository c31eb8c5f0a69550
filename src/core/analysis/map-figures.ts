// Figures of a finished map: what it keeps of the neighbourhoods, and how far neighbours share a genre.
import type { TrackVectors } from '../db/map-rows.ts';
import type { LibraryDb } from '../db/open.ts';
import type { GenrePurity, MapQuality } from '../domain/map.ts';
import { N_DESCRIPTORS } from '../dsp/descriptors-518/descriptors-518.ts';
import { genrePurity, MAX_PURITY_TRACKS, PURITY_NEIGHBOURS } from '../map/genre-purity.ts';
import { mapQuality } from '../map/quality.ts';
import { createRandom, shuffledOrder } from '../training/random.ts';
import { labelledClasses, scaledDescriptors } from './map-space.ts';

/** As scikit-learn's examples have it: small enough to speak of neighbourhoods, large enough to be steady. */
const QUALITY_NEIGHBOURS = 12;
/** Fewer labelled tracks give no purity worth showing. */
const MIN_LABELLED = 20;
const SEED = 1;

export async function figuresOf(
  db: LibraryDb,
  space: TrackVectors,
  positions: Float32Array,
  divergence: number,
): Promise<MapQuality> {
  const { trackIds, vectors, size } = space;
  const { k, ...kept } = await mapQuality(vectors, positions, trackIds.length, size, QUALITY_NEIGHBOURS);
  return { divergence, ...kept, nNeighbours: k, purity: purityOf(db, space, positions) };
}

function purityOf(db: LibraryDb, space: TrackVectors, positions: Float32Array): GenrePurity | null {
  const { classes } = labelledClasses(db, space.trackIds);
  const labelled = [...classes.keys()].filter((i) => classes[i]! >= 0);
  if (labelled.length < MIN_LABELLED || new Set(labelled.map((i) => classes[i])).size < 2) return null;
  const order = shuffledOrder(labelled.length, createRandom(SEED)).subarray(0, MAX_PURITY_TRACKS);
  const rows = Array.from(order, (place) => labelled[place]!).sort((a, b) => a - b);
  const wanted = Int32Array.from(rows, (i) => classes[i]!);
  const descriptors = scaledDescriptors(db.mapRows.descriptors(N_DESCRIPTORS));
  const places = new Map(Array.from(descriptors.trackIds, (id, i) => [id, i]));
  const described = rows.map((i) => places.get(space.trackIds[i]!));
  const areAllDescribed = described.every((place) => place !== undefined);
  const onMap = genrePurity(rowsOf(positions, 2, rows), 2, wanted);
  if (Number.isNaN(onMap)) return null;
  return {
    onMap,
    inSpace: genrePurity(rowsOf(space.vectors, space.size, rows), space.size, wanted),
    inDescriptors: areAllDescribed
      ? genrePurity(rowsOf(descriptors.vectors, N_DESCRIPTORS, described), N_DESCRIPTORS, wanted)
      : null,
    nNeighbours: Math.min(PURITY_NEIGHBOURS, rows.length - 1),
    nLabelled: rows.length,
  };
}

function rowsOf(points: Float32Array, size: number, rows: readonly number[]): Float32Array {
  const picked = new Float32Array(rows.length * size);
  for (const [at, i] of rows.entries()) picked.set(points.subarray(i * size, (i + 1) * size), at * size);
  return picked;
}
