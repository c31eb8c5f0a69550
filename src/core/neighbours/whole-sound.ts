// The whole sound of tracks as unit vectors: embedding and descriptors, half each, on the library's own scale.
import type { LibraryDb } from '../db/open.ts';
import { N_DESCRIPTORS } from '../dsp/descriptors-518/descriptors-518.ts';
import { type SoundScale, scaleOf, writeSound } from './sound-space.ts';
import { cosineDistance } from './unit-vector.ts';

/** Tracks that the scale is taken from; more change it little. */
const SAMPLE = 2000;
/** The scale is taken anew when the library has grown or shrunk by this share. */
const CHANGE = 0.1;
const HALF = Math.SQRT1_2;

export class WholeSound {
  readonly #db: LibraryDb;
  #scale: { of: number; scale: SoundScale } | null = null;

  constructor(db: LibraryDb) {
    this.#db = db;
  }

  /** Float32Array [embeddingSize + 518] of length 1; null when not analysed. A track without descriptors has zeros there. */
  unit(trackId: number): Float32Array | null {
    let found: Float32Array | null = null;
    const scale = this.#scaleNow();
    this.#db.vectors.eachSound([trackId], (_, embedding, descriptors) => {
      found = vectorOf(embedding, descriptors, scale);
    });
    return found;
  }

  /** Cosine distances 0..2 to a unit vector, by track. */
  distances(trackIds: readonly number[], direction: Float32Array): Map<number, number> {
    const distances = new Map<number, number>();
    const scale = this.#scaleNow();
    this.#db.vectors.eachSound(trackIds, (trackId, embedding, descriptors) => {
      const vector = vectorOf(embedding, descriptors, scale);
      if (vector.length === direction.length) distances.set(trackId, cosineDistance(direction, vector));
    });
    return distances;
  }

  #scaleNow(): SoundScale {
    const { vectors } = this.#db;
    const extent = vectors.extent();
    if (this.#scale === null || Math.abs(extent - this.#scale.of) > CHANGE * this.#scale.of) {
      const sample = vectors.descriptorSample(SAMPLE, N_DESCRIPTORS);
      this.#scale = { of: extent, scale: scaleOf(sample, sample.length / N_DESCRIPTORS, N_DESCRIPTORS) };
    }
    return this.#scale.scale;
  }
}

function vectorOf(embedding: Float32Array, descriptors: Float32Array | null, scale: SoundScale): Float32Array {
  const vector = new Float32Array(embedding.length + N_DESCRIPTORS);
  writeSound(embedding, descriptors ?? new Float32Array(N_DESCRIPTORS).fill(Number.NaN), scale, vector, 0);
  for (let at = 0; at < vector.length; at++) vector[at] = HALF * vector[at]!;
  return vector;
}
