// A map of the library: every track a point, neighbours by sound near each other.
import type { RegionTraits } from './region.ts';
import { STEMS } from './stem.ts';

/** What a map is drawn from: embedding and descriptors together, either alone (descriptors as an autoencoder's latent), or a stem's embedding. */
export const MAP_SOURCES = ['sound', 'embedding', 'latent', ...STEMS] as const;
export type MapSource = (typeof MAP_SOURCES)[number];

export interface MapSettings {
  seed: number;
  /** About how many neighbours a track looks at; as drawn, which is less than asked for in small libraries. */
  perplexity: number;
  nIterations: number;
}

export interface MapRequest {
  source: MapSource;
  seed: number;
  perplexity: number;
}

export const DEFAULT_PERPLEXITY = 30;
/** Fewer tracks than this make no map. */
export const MIN_MAP_TRACKS = 5;

/** Share of a track's nearest labelled neighbours that have its genre, mean over the labelled tracks, 0..1. */
export interface GenrePurity {
  onMap: number;
  /** In the space that the map was drawn from. */
  inSpace: number;
  /** Among the plain descriptors, standardised; null where they are not stored. */
  inDescriptors: number | null;
  nNeighbours: number;
  nLabelled: number;
}

export interface MapQuality {
  /** Kullback-Leibler divergence at the end. */
  divergence: number;
  /** Venna & Kaski 2001, 0..1: 1 = no track is near on the map that is far in sound. */
  trustworthiness: number;
  /** Share of the nearest neighbours in sound that are nearest on the map too, 0..1. */
  preservation: number;
  /** Of how many nearest neighbours the two speak. */
  nNeighbours: number;
  /** Tracks they were measured on. */
  nSampled: number;
  /** Null with too few labelled tracks. */
  purity: GenrePurity | null;
}

export interface MapCluster {
  /** "fast electronic, strong bass, no vocals" */
  name: string;
  /** What the name says; null on maps of an older version. */
  traits: RegionTraits | null;
  nTracks: number;
  /** Where its name stands: the median of its points. */
  x: number;
  y: number;
}

export interface MapSummary {
  id: number;
  source: MapSource;
  /** The network whose embeddings it shows. */
  encoder: string;
  madeAtMs: number;
  settings: MapSettings;
  quality: MapQuality;
  clusters: MapCluster[];
  nPoints: number;
  seconds: number;
}

/** Row by row a track: ids ascending. */
export interface MapPoints {
  /** Int32Array [n] */
  trackIds: Int32Array;
  /** Float32Array [2 n] */
  positions: Float32Array;
  /** Int16Array [n], -1 = in no cluster. */
  clusters: Int16Array;
}

export const MAP_STAGES = ['read', 'latent', 'neighbours', 'arrange', 'describe', 'done'] as const;
export type MapStage = (typeof MAP_STAGES)[number];

export interface MapProgress {
  source: MapSource;
  stage: MapStage;
  /** Of the stage, 0..1; null when unknown. */
  fraction: number | null;
  /** Of the stage, seconds. */
  remainingSec: number | null;
}

/** The points of a map that is still converging. */
export interface MapFrame {
  iteration: number;
  /** Int32Array [n]; only with the first frame. */
  trackIds: Int32Array | null;
  /** Float32Array [2 n] */
  positions: Float32Array;
}

/** What points can be coloured by. */
export const MAP_COLOURS = [
  'genre',
  'confidence',
  'disagreement',
  'tempo',
  'key',
  'energy',
  'loudness',
  'year',
  'cluster',
] as const;
export type MapColour = (typeof MAP_COLOURS)[number];

/** One value a point, in the order of the map's points. */
export type MapValues =
  /** `index` Int16Array [n]: place in `names`, -1 = none. */
  | { kind: 'named'; names: string[]; index: Int16Array }
  /** `values` Float32Array [n], NaN = unknown. */
  | { kind: 'number'; values: Float32Array; unit: string };

/** What naming a cluster needs to know of a track. */
export interface MapFacts {
  genre: string | null;
  tempoBpm: number | null;
  /** 0..1 */
  energy: number | null;
  /** 0..1 each; null when not analysed. */
  stemShares: Record<(typeof STEMS)[number], number> | null;
}
