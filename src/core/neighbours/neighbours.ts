// Tracks that sound alike, by the whole sound or by chosen stems: candidates by their codes, ranked by their whole vectors. Codes of the
// whole sound are those of the embedding; the ranking adds the descriptors.
import type { LibraryDb } from '../db/open.ts';
import type { WeightedDirection } from '../db/vector-store.ts';
import { StemscapeError } from '../domain/errors.ts';
import { countingSources, joinDistances, type Neighbour, SILENT_DISTANCE, type SoundQuery } from '../domain/neighbour.ts';
import type { Source } from '../domain/stem.ts';
import { CodeIndex } from './code-index.ts';
import { selectDiverse } from './diversity.ts';
import { meanDirection, type UnitOf, unit } from './unit-vector.ts';
import { WholeSound } from './whole-sound.ts';

export interface Neighbours {
  /** Nearest first. @throws track.unknown, track.notAnalysed */
  similar(query: SoundQuery): Neighbour[];
  /** Unit vector of a track's whole sound, Float32Array [embeddingSize + 518]; null when not analysed. */
  vector(trackId: number): Float32Array | null;
}

/** So many times the answer are looked at for an answer that is diverse. */
const POOL_FACTOR = 10;
/** Codes tell roughly what is near: so many are ranked exactly, at least, and so many times the answer (figures: bench/neighbours.ts). */
const MIN_CANDIDATES = 1000;
const CANDIDATE_FACTOR = 5;

export function createNeighbours(db: LibraryDb): Neighbours {
  const whole = new WholeSound(db);
  const index = new CodeIndex(db.vectors);
  const unitOf: UnitOf = (trackId, source) => {
    if (source === 'mixture') return whole.unit(trackId);
    const vector = db.vectors.vector(trackId, source);
    return vector && unit(vector);
  };
  return {
    vector: (trackId) => unitOf(trackId, 'mixture'),
    similar(query) {
      const sources = countingSources(query.weights);
      const { directions, encoder, embeddingSize } = readQuestion(db, query.trackIds, sources, unitOf);
      const nPool = query.diversity > 0 ? POOL_FACTOR * query.limit : query.limit;
      const left = new Set([...query.trackIds, ...query.exclude]);
      const nCandidates = Math.max(MIN_CANDIDATES, CANDIDATE_FACTOR * nPool) + left.size;
      const codes = directions.map((one) => ({ ...one, direction: one.direction.subarray(0, embeddingSize) }));
      const candidates = presentOnes(db, index, codes, encoder, nCandidates).filter((trackId) => !left.has(trackId));
      const apart = (source: Source, direction: Float32Array) =>
        source === 'mixture' ? whole.distances(candidates, direction) : db.vectors.distances(candidates, source, direction);
      const pool = measure(candidates, directions, sources, apart)
        .sort((a, b) => a.distance - b.distance || a.trackId - b.trackId)
        .slice(0, nPool);
      return query.diversity > 0 ? selectDiverse(pool, sources, query, unitOf) : pool;
    },
  };
}

/** At least half as many as wanted where files are missing or have gone, all where there are fewer. */
function presentOnes(
  db: LibraryDb,
  index: CodeIndex,
  directions: readonly WeightedDirection[],
  encoder: string,
  nWanted: number,
): number[] {
  for (let n = nWanted; ; n *= 4) {
    const nearest = index.nearest(directions, encoder, n);
    const present = db.vectors.present(nearest, encoder);
    if (present.size >= nWanted / 2 || nearest.length < n) return nearest.filter((id) => present.has(id));
  }
}

function measure(
  trackIds: readonly number[],
  directions: readonly WeightedDirection[],
  sources: readonly [Source, number][],
  distancesTo: (source: Source, direction: Float32Array) => Map<number, number>,
): Neighbour[] {
  const apart = directions.map(({ source, direction }) => [source, distancesTo(source, direction)] as const);
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
): { directions: WeightedDirection[]; encoder: string; embeddingSize: number } {
  const encoders = new Map(trackIds.map((id) => [id, encoderOf(db, id)]));
  const encoder = [...encoders.values()].findLast((version) => version !== null);
  if (!encoder) throw notHeard('mixture', trackIds.length);
  const heard = trackIds.filter((id) => encoders.get(id) === encoder);
  const directions = sources.map(([source, weight]) => {
    const direction = meanDirection(heard.flatMap((id) => unitOf(id, source) ?? []));
    if (!direction) throw notHeard(source, trackIds.length);
    return { source, weight, direction };
  });
  return { directions, encoder, embeddingSize: db.vectors.vector(heard[0]!, 'mixture')!.length };
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
