// Tracks that sound alike, by the whole sound or by chosen stems: candidates by their codes, ranked by their whole vectors.
import type { LibraryDb } from '../db/open.ts';
import type { WeightedDirection } from '../db/vector-store.ts';
import { StemscapeError } from '../domain/errors.ts';
import { countingSources, joinDistances, type Neighbour, SILENT_DISTANCE, type SoundQuery } from '../domain/neighbour.ts';
import type { Source } from '../domain/stem.ts';
import { selectDiverse } from './diversity.ts';
import { meanDirection, type UnitOf, unit } from './unit-vector.ts';

export interface Neighbours {
  /** Nearest first. @throws track.unknown, track.notAnalysed */
  similar(query: SoundQuery): Neighbour[];
  /** Unit vector of a track's mixture, Float32Array [embeddingSize]; null when not analysed. */
  vector(trackId: number): Float32Array | null;
}

/** So many times the answer are looked at for an answer that is diverse. */
const POOL_FACTOR = 10;
/** Codes tell roughly what is near: so many are ranked exactly, at least, and so many times the answer (figures: bench/neighbours.ts). */
const MIN_CANDIDATES = 1000;
const CANDIDATE_FACTOR = 5;

export function createNeighbours(db: LibraryDb): Neighbours {
  const unitOf: UnitOf = (trackId, source) => {
    const vector = db.vectors.vector(trackId, source);
    return vector && unit(vector);
  };
  return {
    vector: (trackId) => unitOf(trackId, 'mixture'),
    similar(query) {
      const sources = countingSources(query.weights);
      const { directions, encoder } = readQuestion(db, query.trackIds, sources, unitOf);
      const nPool = query.diversity > 0 ? POOL_FACTOR * query.limit : query.limit;
      const left = new Set([...query.trackIds, ...query.exclude]);
      const nCandidates = Math.max(MIN_CANDIDATES, CANDIDATE_FACTOR * nPool) + left.size;
      const candidates = db.vectors.candidates(directions, encoder, nCandidates).filter((trackId) => !left.has(trackId));
      const pool = measure(db, candidates, directions, sources)
        .sort((a, b) => a.distance - b.distance || a.trackId - b.trackId)
        .slice(0, nPool);
      return query.diversity > 0 ? selectDiverse(pool, sources, query, unitOf) : pool;
    },
  };
}

function measure(
  db: LibraryDb,
  trackIds: readonly number[],
  directions: readonly WeightedDirection[],
  sources: readonly [Source, number][],
): Neighbour[] {
  const apart = directions.map(({ source, direction }) => [source, db.vectors.distances(trackIds, source, direction)] as const);
  return trackIds.map((trackId) => {
    const bySource: Neighbour['bySource'] = {};
    for (const [source, distances] of apart) bySource[source] = Math.max(0, distances.get(trackId) ?? SILENT_DISTANCE);
    return { trackId, distance: joinDistances(bySource, sources), bySource };
  });
}

/** Where the question points in each source. Tracks that another network heard are not comparable and do not count. */
function readQuestion(
  db: LibraryDb,
  trackIds: readonly number[],
  sources: readonly [Source, number][],
  unitOf: UnitOf,
): { directions: WeightedDirection[]; encoder: string } {
  const encoders = new Map(trackIds.map((id) => [id, encoderOf(db, id)]));
  const encoder = [...encoders.values()].findLast((version) => version !== null);
  if (!encoder) throw notHeard('mixture', trackIds.length);
  const heard = trackIds.filter((id) => encoders.get(id) === encoder);
  const directions = sources.map(([source, weight]) => {
    const direction = meanDirection(heard.flatMap((id) => unitOf(id, source) ?? []));
    if (!direction) throw notHeard(source, trackIds.length);
    return { source, weight, direction };
  });
  return { directions, encoder };
}

function encoderOf(db: LibraryDb, trackId: number): string | null {
  if (!db.tracks.byId(trackId)) throw new StemscapeError('track.unknown', `There is no track ${trackId}.`);
  return db.vectors.encoder(trackId);
}

function notHeard(source: Source, nTracks: number): StemscapeError {
  const where = nTracks === 1 ? 'this track' : 'these tracks';
  if (source === 'mixture')
    return new StemscapeError('track.notAnalysed', `Nothing is known yet of how ${where} sounds. Scan first.`);
  const sentence = `Of ${where}, ${source} are not known: silent, or analysed before stems were compared. Choose another stem, or analyse anew.`;
  return new StemscapeError('track.notAnalysed', sentence);
}
