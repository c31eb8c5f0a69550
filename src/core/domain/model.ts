// A trained model as a version in the registry. The bundled model is one of them and cannot be removed.
import type { Evaluation, HeadSettings, JoinRule, TrainMode } from './training.ts';

/** The id of the model that comes with the application. */
export const BUNDLED_MODEL_ID = 'bundled';

export interface ModelSummary {
  id: string;
  name: string;
  /** Null for the bundled model. */
  mode: TrainMode | null;
  createdAtMs: number;
  isActive: boolean;
  genres: string[];
  /** Labelled tracks it learned from. */
  nTracks: number;
  /** From its own evaluation; null for the bundled model. */
  accuracy: number | null;
  macroF1: number | null;
  /** Tracks that must be heard again before it can be used, because its network differs; 0 for most. */
  nToHear: number;
}

export interface ModelDetail extends ModelSummary {
  /** Name and version of the network that makes the embeddings. */
  encoder: string;
  seed: number | null;
  join: JoinRule | null;
  settings: HeadSettings | null;
  /** SHA-256 over the labels it learned from: equal hashes mean equal labels. */
  labelsHash: string | null;
  /** Tensor backend that trained it: "cpu", "wasm", "tfjs-node", "tfjs-node-gpu", "webgpu". */
  backend: string | null;
  seconds: number | null;
  evaluation: Evaluation | null;
}

/** Two versions side by side. */
export interface ModelComparison {
  a: ModelSummary;
  b: ModelSummary;
  /** Tracks of the library whose best guess differs. */
  nDifferent: number;
  nTracks: number;
  /** Labelled tracks both were tested on without having seen them; 0 when there are none. */
  nShared: number;
  accuracyA: number | null;
  accuracyB: number | null;
  onlyARight: number;
  onlyBRight: number;
  pValue: number | null;
  /** Genres by how much more often b says them than a, most first. */
  shifts: { genre: string; nA: number; nB: number }[];
}

/** Model re-scoring of the library: how far it is. */
export interface ActivationProgress {
  modelId: string;
  stage: 'hear' | 'score' | 'done';
  done: number;
  total: number;
  remainingSec: number | null;
}

/** A network that makes embeddings, as stored rows name it; an own one's rows lie apart from the analyses. */
export interface EncoderRef {
  kind: 'bundled' | 'own';
  /** "name version" */
  version: string;
}
