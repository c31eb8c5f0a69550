// An own model as the registry holds it, small and made up, for tests of everything around it.

import type { WholeModel } from '../../src/core/db/model-store.ts';
import type { Evaluation } from '../../src/core/domain/training.ts';
import { CLASSIFIER } from './heard-library.ts';

export function sampleEvaluation(genres: readonly string[] = ['Jazz', 'Rock']): Evaluation {
  return {
    method: 'cross-validation',
    nFolds: 5,
    nTracks: 10,
    nGroups: 10,
    accuracy: 0.8,
    accuracyLow: 0.5,
    accuracyHigh: 0.95,
    macroF1: 0.79,
    calibrationError: 0.1,
    perGenre: genres.map((name) => ({ name, nTracks: 5, precision: 0.8, recall: 0.8, f1: 0.8, threshold: 0.3 })),
    confusion: genres.map((_, i) => genres.map((__, j) => (i === j ? 4 : 1))),
    reliability: [],
    joins: [],
    candidates: [],
    learningCurve: [],
    gains: [],
    hardestPairs: [],
    unknownShare: 0,
    accuracyOfKnown: 0.8,
    comparison: null,
  };
}

export function sampleModel(change: Partial<WholeModel> = {}): WholeModel {
  const genres = change.genres ?? ['Jazz', 'Rock'];
  return {
    id: 'sample',
    name: 'Sample',
    mode: 'quick',
    createdAtMs: 1_700_000_000_000,
    encoder: CLASSIFIER,
    encoderFolder: null,
    genres,
    nTracks: 10,
    seed: 1,
    backend: 'cpu',
    seconds: 1.5,
    settings: { family: 'logistic', regularization: 0.1, nComponents: 20 },
    join: 'mean',
    labels: [{ trackId: 1, contentHash: 'aa', genre: genres[0]! }],
    labelsHash: '0'.repeat(64),
    evaluation: sampleEvaluation(genres),
    head: Uint8Array.of(1, 2, 3),
    outOfFold: new Float32Array(0),
    outOfFoldTracks: new Int32Array(0),
    ...change,
  };
}
