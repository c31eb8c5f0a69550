// A small linear head with numbers from a seed, for tests of what is done with heads.
import type { Head } from '../../src/core/domain/training.ts';
import { createRandom, normal } from '../../src/core/training/random.ts';

export function sampleHead(change: Partial<Head> = {}, seed = 1): Head {
  const random = createRandom(seed);
  const genres = change.genres ?? ['Jazz', 'Rock'];
  const embeddingSize = change.embeddingSize ?? 4;
  const { nDescriptors = 3, nStemFeatures = 0 } = change;
  const d = embeddingSize + nDescriptors + nStemFeatures;
  const numbers = (n: number) => Float32Array.from({ length: n }, () => normal(random));
  return {
    genres,
    embeddingSize,
    nDescriptors,
    nStemFeatures,
    stemEncoder: '',
    mean: new Float32Array(d),
    scale: new Float32Array(d).fill(1),
    kernel: null,
    weights: numbers(genres.length * d),
    bias: numbers(genres.length),
    temperature: 1.5,
    thresholds: new Float32Array(genres.length).fill(0.6),
    join: 'mean',
    neighbours: null,
    settings: { family: 'logistic', regularization: 0.1, nComponents: 20 },
    ...change,
  };
}
