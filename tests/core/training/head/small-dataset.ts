// A small synthetic collection: genres that overlap, artists with a sound of their own, one to three windows a track.
import type { HeadDataset } from '../../../../src/core/domain/training.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';

export interface CollectionOptions {
  nGenres?: number;
  tracksPerGenre?: number;
  tracksPerArtist?: number;
  /** Distance of the genres, in units of the spread within one. */
  distance?: number;
  seed?: number;
}

const EMBEDDING_SIZE = 12;
const N_DESCRIPTORS = 8;
const N_STEM_FEATURES = 8;
const N_OWN = N_DESCRIPTORS + N_STEM_FEATURES;
const N_BACKGROUND = 30;

/** The last track has no features of its own, and every third no stems. */
export function smallDataset(options: CollectionOptions = {}): HeadDataset {
  const { nGenres = 4, tracksPerGenre = 16, tracksPerArtist = 2, distance = 2, seed = 1 } = options;
  const random = createRandom(seed);
  const normals = (n: number, spread = 1) => Float64Array.from({ length: n }, () => spread * normal(random));
  const d = EMBEDDING_SIZE + N_OWN;
  const centres = Array.from({ length: nGenres }, () => normals(d, distance / Math.sqrt(2)));
  const nTracks = nGenres * tracksPerGenre;
  const classes = Int32Array.from({ length: nTracks }, (_, t) => Math.floor(t / tracksPerGenre));
  const groups = Int32Array.from({ length: nTracks }, (_, t) => Math.floor(t / tracksPerArtist));
  const artists = Array.from({ length: nTracks }, () => normals(d, 0.7));
  const embeddings: number[] = [];
  const own: number[] = [];
  const windowStart = [0];
  for (let t = 0; t < nTracks; t++) {
    const sound = normals(d, 2).map((value, j) => value + centres[classes[t]!]![j]! + artists[groups[t]!]![j]!);
    const nWindows = 1 + (t % 3);
    for (let window = 0; window < nWindows; window++) {
      embeddings.push(...sound.subarray(0, EMBEDDING_SIZE).map((value) => value + 0.5 * normal(random)));
    }
    own.push(...sound.subarray(EMBEDDING_SIZE).map((value, j) => 100 * j + 10 * value));
    if (t % 3 === 0) own.fill(Number.NaN, own.length - N_STEM_FEATURES);
    windowStart.push(windowStart[t]! + nWindows);
  }
  const all = Float32Array.from(own);
  all.fill(Number.NaN, all.length - N_OWN);
  return {
    genres: Array.from({ length: nGenres }, (_, c) => `Genre ${c}`),
    trackIds: Int32Array.from({ length: nTracks }, (_, t) => 10 + t),
    classes,
    groups,
    windowStart: Int32Array.from(windowStart),
    embeddings: Float32Array.from(embeddings),
    embeddingSize: EMBEDDING_SIZE,
    trackFeatures: all,
    nDescriptors: N_DESCRIPTORS,
    nStemFeatures: N_STEM_FEATURES,
    stemEncoder: 'sample 1',
    background: {
      embeddings: Float32Array.from(normals(N_BACKGROUND * EMBEDDING_SIZE, 2)),
      trackFeatures: Float32Array.from(normals(N_BACKGROUND * N_OWN, 20), (value, i) => 100 * (i % N_OWN) + value),
    },
  };
}
