// Worker tasks that draw maps and place newcomers on them; both only read the library file.
import type { MapPoints, MapQuality, MapSettings, MapSource } from './map.ts';
import type { EncoderRef } from './model.ts';
import type { RegionTraits } from './region.ts';

interface MapTask {
  libraryFile: string;
  /** Whose embeddings are read; stems and descriptors are the bundled network's. */
  encoder: EncoderRef;
  /** Of this encoder's embeddings. */
  embeddingSize: number;
}

export interface DrawMapTask extends MapTask {
  kind: 'drawMap';
  source: MapSource;
  seed: number;
  perplexity: number;
  /** The map whose orientation the new one takes. */
  previousId: number | null;
}

export interface DrawnMap {
  points: MapPoints;
  settings: MapSettings;
  quality: MapQuality;
  /** A name for each cluster 0.. */
  regions: RegionTraits[];
  /** Weights of the autoencoder for source `latent`. */
  coder: Uint8Array | null;
}

/** Places every track that the map lacks. */
export interface PlaceOnMapTask extends MapTask {
  kind: 'placeOnMap';
  mapId: number;
}

export type MapWorkerTask = DrawMapTask | PlaceOnMapTask;

export interface MapTaskResults {
  drawMap: DrawnMap;
  placeOnMap: MapPoints;
}
