// Draws a map of the library in a worker, and places tracks that came later on one.
import type { TrackVectors } from '../db/map-rows.ts';
import { noPoints } from '../db/map-store.ts';
import { type LibraryDb, openLibrary } from '../db/open.ts';
import type { TaskNews } from '../domain/analysis.ts';
import { StemscapeError } from '../domain/errors.ts';
import { type MapPoints, MIN_MAP_TRACKS } from '../domain/map.ts';
import type { DrawMapTask, DrawnMap, PlaceOnMapTask } from '../domain/map-tasks.ts';
import { SILENT_LOGGER } from '../logger.ts';
import { alignTo } from '../map/align.ts';
import { describeClusters } from '../map/clusters/cluster-traits.ts';
import { hdbscan } from '../map/clusters/hdbscan.ts';
import { nearestTo } from '../map/nearest.ts';
import { placeNewcomers } from '../map/place.ts';
import { N_ITERATIONS, tsne } from '../map/tsne/tsne.ts';
import { figuresOf } from './map-figures.ts';
import { latentOf, latentOfNew } from './map-latent.ts';
import { type MapSpace, readSpace } from './map-space.ts';

export type MapPulse = (fraction: number | null, news?: TaskNews) => void;

/** Frames a second at most; each carries every point. */
const FRAME_MS = 500;
/** A cluster is at least this share of the library, and this many tracks. */
const CLUSTER_SHARE = 0.015;
const [MIN_CLUSTER, MAX_MIN_CLUSTER] = [5, 150];

/** @throws StemscapeError map.tooFewTracks | model.failed | library.* */
export async function drawMap(task: DrawMapTask, pulse: MapPulse): Promise<DrawnMap> {
  const db = openLibrary(task.libraryFile, { logger: SILENT_LOGGER });
  try {
    pulse(null, { stage: 'read' });
    const { space, coder } = await spaceOf(db, task, pulse);
    const { trackIds, vectors, size } = space;
    if (trackIds.length < MIN_MAP_TRACKS) throw tooFewTracks(trackIds.length);
    const { seed, perplexity } = task;
    const arranged = await tsne(vectors, trackIds.length, size, { perplexity, seed, onProgress: framesTo(pulse, trackIds) });
    pulse(null, { stage: 'describe' });
    const positions = aligned(db, task.previousId, trackIds, arranged.positions);
    const clusters = clustered(positions, trackIds.length);
    pulse(0.3);
    const facts = db.mapRows.facts();
    const known = Array.from(trackIds, (id) => facts.get(id) ?? null);
    const quality = await figuresOf(db, space, positions, arranged.divergence);
    return {
      points: { trackIds, positions, clusters },
      settings: { seed, perplexity: arranged.perplexity, nIterations: arranged.nIterations },
      quality,
      regions: describeClusters(clusters, known, 1 + clusters.reduce((a, b) => Math.max(a, b), -1)),
      coder,
    };
  } finally {
    db.close();
  }
}

async function spaceOf(db: LibraryDb, task: DrawMapTask, pulse: MapPulse): Promise<MapSpace> {
  const read = readSpace(db, task.source, task, null);
  if (task.source !== 'latent' || read.space.trackIds.length < MIN_MAP_TRACKS) return read;
  pulse(null, { stage: 'latent' });
  return latentOf(db, read.space, task.seed, pulse);
}

/** Iteration 0 is reported while neighbours are looked for. */
function framesTo(pulse: MapPulse, trackIds: Int32Array): (iteration: number, positions: Float32Array) => boolean {
  let lastMs = -Infinity;
  let hasTracks = false;
  return (iteration, positions) => {
    const fraction = iteration / N_ITERATIONS;
    if (iteration === 0) pulse(null, { stage: 'neighbours' });
    else if (performance.now() - lastMs < FRAME_MS) pulse(fraction);
    else {
      lastMs = performance.now();
      pulse(fraction, { stage: 'arrange', frame: { iteration, trackIds: hasTracks ? null : trackIds, positions } });
      hasTracks = true;
    }
    return true;
  };
}

function aligned(db: LibraryDb, previousId: number | null, trackIds: Int32Array, positions: Float32Array): Float32Array {
  if (previousId === null) return positions;
  const { trackIds: ids, positions: places } = db.maps.points(previousId);
  const previous = new Map(Array.from(ids, (id, i) => [id, [places[2 * i]!, places[2 * i + 1]!] as const]));
  return alignTo(previous, trackIds, positions);
}

function clustered(positions: Float32Array, n: number): Int16Array {
  const minClusterSize = Math.max(MIN_CLUSTER, Math.min(MAX_MIN_CLUSTER, Math.round(CLUSTER_SHARE * n)));
  if (n < 2 * minClusterSize) return new Int16Array(n).fill(-1);
  const { labels } = hdbscan(positions, n, 2, { minClusterSize, minSamples: Math.min(10, minClusterSize) });
  return Int16Array.from(labels);
}

/** Every heard track that the map lacks, ids ascending. @throws StemscapeError model.failed | library.* */
export async function placeOnMap(task: PlaceOnMapTask, pulse: MapPulse): Promise<MapPoints> {
  const db = openLibrary(task.libraryFile, { logger: SILENT_LOGGER });
  try {
    const map = db.maps.get(task.mapId);
    if (!map) return noPoints(0);
    pulse(null);
    const space = await laterSpace(db, task, map.source);
    const own = db.maps.points(task.mapId);
    const rowOf = new Map(Array.from(own.trackIds, (id, i) => [id, i]));
    const here = new Set(db.maps.newcomers(task.mapId).trackIds);
    const oldRows = [...space.trackIds.keys()].filter((i) => rowOf.has(space.trackIds[i]!));
    const freshRows = [...space.trackIds.keys()].filter((i) => !rowOf.has(space.trackIds[i]!) && !here.has(space.trackIds[i]!));
    if (freshRows.length === 0 || oldRows.length === 0) return noPoints(0);
    const places = oldRows.map((i) => rowOf.get(space.trackIds[i]!)!);
    const old = {
      points: rowsOf(space, oldRows),
      positions: Float32Array.from(places.flatMap((row) => [own.positions[2 * row]!, own.positions[2 * row + 1]!])),
      n: oldRows.length,
    };
    const positions = await placeNewcomers(old, rowsOf(space, freshRows), freshRows.length, space.size, map.settings);
    const { index } = await nearestTo(old.positions, positions, 2, 1);
    const clusters = Int16Array.from(index, (row) => own.clusters[places[row]!]!);
    return { trackIds: Int32Array.from(freshRows, (i) => space.trackIds[i]!), positions, clusters };
  } finally {
    db.close();
  }
}

async function laterSpace(db: LibraryDb, task: PlaceOnMapTask, source: DrawMapTask['source']): Promise<TrackVectors> {
  const { space, coder } = readSpace(db, source, task, db.maps.coder(task.mapId));
  return source === 'latent' && coder !== null ? latentOfNew(space, coder) : space;
}

function rowsOf({ vectors, size }: TrackVectors, rows: readonly number[]): Float32Array {
  const picked = new Float32Array(rows.length * size);
  for (const [at, i] of rows.entries()) picked.set(vectors.subarray(i * size, (i + 1) * size), at * size);
  return picked;
}

function tooFewTracks(n: number): StemscapeError {
  const there = n === 1 ? 'is one' : `are ${n === 0 ? 'none' : n}`;
  return new StemscapeError('map.tooFewTracks', `A map needs at least ${MIN_MAP_TRACKS} analysed tracks; there ${there} here.`);
}
