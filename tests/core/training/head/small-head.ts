// Small heads and tracks made from a seed, for tests that need numbers and not a training.
import type { Head, JoinRule } from '../../../../src/core/domain/training.ts';
import type { ScoredFeatures } from '../../../../src/core/training/head/head-scores.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';

export const SMALL = { embeddingSize: 6, nDescriptors: 4, nStemFeatures: 0, nGenres: 3 };

export function normals(n: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: n }, () => normal(random));
}

export function smallHead(join: JoinRule = 'mean', seed = 1): Head {
  const { embeddingSize, nDescriptors, nGenres } = SMALL;
  const d = embeddingSize + nDescriptors;
  const scores = normals(40 * nGenres, seed + 5).map((value) => Math.exp(value));
  for (let i = 0; i < 40; i++) {
    const row = scores.subarray(i * nGenres, (i + 1) * nGenres);
    row.set(row.map((value) => value / row.reduce((a, b) => a + b, 0)));
  }
  return {
    genres: ['Jazz', 'Été', 'Hip-Hop'],
    embeddingSize,
    nDescriptors,
    nStemFeatures: 0,
    stemEncoder: '',
    mean: normals(d, seed + 1),
    scale: normals(d, seed + 2).map((value) => Math.exp(value)),
    kernel: null,
    weights: normals(d * nGenres, seed + 3),
    bias: normals(nGenres, seed + 4),
    temperature: 1.7,
    thresholds: Float32Array.of(0.5, 0.4, 0.6),
    join,
    neighbours: join === 'nearestNeighbours' ? { scores, classes: Int32Array.from({ length: 40 }, (_, i) => i % nGenres) } : null,
    settings: { family: 'logistic', regularization: 1, nComponents: 5 },
  };
}

/** A head of five landmarks that looks at seven of the ten features. */
export function smallKernelHead(join: JoinRule = 'mean'): Head {
  const relevance = Float32Array.of(0.25, 0, 0.25, 0.125, 0.125, 0, 0.0625, 0.0625, 0, 0.125);
  return {
    ...smallHead(join),
    kernel: { relevance, landmarks: normals(5 * 7, 21), axes: null },
    weights: normals(5 * SMALL.nGenres, 22),
    settings: { family: 'kernel', regularization: 0.1, nComponents: 5 },
  };
}

/** The same with landmarks along three directions. */
export function smallDirectedHead(join: JoinRule = 'mean'): Head {
  const head = smallKernelHead(join);
  const axes = { directions: normals(3 * 7, 23), halves: Float32Array.of(8, 9, 10, 11, 12) };
  return { ...head, kernel: { ...head.kernel!, landmarks: normals(5 * 3, 24), axes } };
}

/** Five tracks of 1, 2, 3, 4 and 5 windows; the second has no descriptors. */
export function smallTracks(seed = 9): ScoredFeatures {
  const trackFeatures = normals(5 * SMALL.nDescriptors, seed + 1);
  trackFeatures.fill(Number.NaN, SMALL.nDescriptors, 2 * SMALL.nDescriptors);
  return { windowStart: Int32Array.of(0, 1, 3, 6, 10, 15), embeddings: normals(15 * SMALL.embeddingSize, seed), trackFeatures };
}
