// What it means that tracks sound alike: a question by sound, and its answer with the reasons.
import { SOURCES, type Source } from './stem.ts';

export interface SoundQuery {
  /** Sounds like these tracks: the mean of their unit vectors. */
  trackIds: readonly number[];
  /** How much each source counts; negative = unlike it. Default { mixture: 1 }. */
  weights: Partial<Record<Source, number>>;
  limit: number;
  /** 0 = nearest only, 1 = as different from each other as possible (maximal marginal relevance). */
  diversity: number;
  /** Never in the answer, beside trackIds themselves. */
  exclude: readonly number[];
}

export interface Neighbour {
  trackId: number;
  /** Cosine distance 0..2, joined over sources by their weights. */
  distance: number;
  /** Cosine distance of each weighted source; 1 where a stem is silent. */
  bySource: Partial<Record<Source, number>>;
}

/** Cosine distance to what a track does not have: a stem that is silent is unrelated to every sound. */
export const SILENT_DISTANCE = 1;

/** Sources that count, in the order of SOURCES, with their weights; the whole sound where none does. */
export function countingSources(weights: SoundQuery['weights']): [Source, number][] {
  const counting = SOURCES.map((source): [Source, number] => [source, weights[source] ?? 0]).filter(([, weight]) => weight !== 0);
  return counting.length > 0 ? counting : [['mixture', 1]];
}

/** The distances of all sources as one, 0..2: weighted mean, in which a source with a negative weight counts by its nearness. */
export function joinDistances(bySource: Partial<Record<Source, number>>, sources: readonly [Source, number][]): number {
  let [sum, total] = [0, 0];
  for (const [source, weight] of sources) {
    const distance = bySource[source] ?? SILENT_DISTANCE;
    sum += Math.abs(weight) * (weight > 0 ? distance : 2 - distance);
    total += Math.abs(weight);
  }
  return sum / total;
}
