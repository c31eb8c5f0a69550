// Tracks that sound alike, by the whole sound or by chosen stems.
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';
import { countingSources, joinDistances, type Neighbour, type SoundQuery } from '../domain/neighbour.ts';
import type { Source } from '../domain/stem.ts';
import { selectDiverse } from './diversity.ts';
import { cosineDistance, meanDirection, unit } from './unit-vector.ts';

export interface Neighbours {
  /** Nearest first. @throws track.unknown, track.notAnalysed */
  similar(query: SoundQuery): Neighbour[];
  /** Unit vector of a track's mixture, Float32Array [embeddingSize]; null when not analysed. */
  vector(trackId: number): Float32Array | null;
}

/** So many times the answer are looked at for an answer that is diverse. */
const POOL_FACTOR = 10;

export function createNeighbours(db: LibraryDb): Neighbours {
  const unitOf = (trackId: number, source: Source): Float32Array | null => {
    const vector = db.vectors.vector(trackId, source);
    return vector && unit(vector);
  };
  return {
    vector: (trackId) => unitOf(trackId, 'mixture'),
    similar(query) {
      const sources = countingSources(query.weights);
      const wanted = sources.map(([source]) => [source, wantedDirection(db, query.trackIds, source, unitOf)] as const);
      const left = new Set([...query.trackIds, ...query.exclude]);
      const all = db.vectors.presentIds().flatMap((trackId): Neighbour[] => {
        if (left.has(trackId)) return [];
        const bySource: Neighbour['bySource'] = {};
        for (const [source, direction] of wanted) {
          const vector = unitOf(trackId, source);
          bySource[source] = vector ? cosineDistance(direction, vector) : 1;
        }
        return [{ trackId, distance: joinDistances(bySource, sources), bySource }];
      });
      const nearest = all.sort((a, b) => a.distance - b.distance || a.trackId - b.trackId);
      if (query.diversity === 0) return nearest.slice(0, query.limit);
      return selectDiverse(nearest.slice(0, POOL_FACTOR * query.limit), sources, query, unitOf);
    },
  };
}

function wantedDirection(
  db: LibraryDb,
  trackIds: readonly number[],
  source: Source,
  unitOf: (trackId: number, source: Source) => Float32Array | null,
): Float32Array {
  for (const id of trackIds) {
    if (!db.tracks.byId(id)) throw new StemscapeError('track.unknown', `There is no track ${id}.`);
  }
  const direction = meanDirection(trackIds.flatMap((id) => unitOf(id, source) ?? []));
  if (direction) return direction;
  const what = source === 'mixture' ? 'The track has' : `The ${source} of the track have`;
  throw new StemscapeError('track.notAnalysed', `${what} not been heard yet, or there is nothing to hear.`);
}
