// Rows of `model`, exactly as the schema has them, and their conversions.
import type { Evaluation, HeadSettings, JoinRule, TrainMode } from '../domain/training.ts';
import { fromBlob, toBlob } from './vector-blob.ts';

export interface ModelRow {
  id: string;
  name: string;
  mode: TrainMode;
  created_at_ms: number;
  encoder: string;
  encoder_folder: string | null;
  genres_json: string;
  n_tracks: number;
  seed: number;
  backend: string;
  seconds: number;
  settings_json: string;
  join_rule: JoinRule;
  labels_json: string;
  labels_hash: string;
  evaluation_json: string;
  head: Uint8Array;
  out_of_fold: Uint8Array;
  out_of_fold_tracks: Uint8Array;
}

/** A label as it was learned from. */
export interface LearnedLabel {
  /** The track here; null when this library has no such content. */
  trackId: number | null;
  contentHash: string | null;
  genre: string;
}

/** Verdicts of folds that had not seen the track. */
export interface OutOfFold {
  genres: string[];
  /** Int32Array [n] */
  trackIds: Int32Array;
  /** Float32Array [n x nGenres], calibrated, rows sum to 1. */
  probabilities: Float32Array;
}

/** An own model but for its large parts, which are read on their own. */
export interface StoredModel {
  id: string;
  name: string;
  mode: TrainMode;
  createdAtMs: number;
  /** "name version" of the network that makes the embeddings. */
  encoder: string;
  /** Its folder below models/; null for the bundled network. */
  encoderFolder: string | null;
  genres: string[];
  nTracks: number;
  seed: number;
  backend: string;
  seconds: number;
  settings: HeadSettings;
  join: JoinRule;
  labelsHash: string;
  evaluation: Evaluation;
}

/** Everything that makes a model. */
export interface WholeModel extends StoredModel {
  labels: LearnedLabel[];
  /** An encoded head, see training/head/head-file. */
  head: Uint8Array;
  /** Float32Array [n x nGenres] */
  outOfFold: Float32Array;
  /** Int32Array [n] */
  outOfFoldTracks: Int32Array;
}

export type SmallModelRow = Omit<ModelRow, 'labels_json' | 'head' | 'out_of_fold' | 'out_of_fold_tracks'>;

export function modelFromRow(row: SmallModelRow): StoredModel {
  return {
    id: row.id,
    name: row.name,
    mode: row.mode,
    createdAtMs: row.created_at_ms,
    encoder: row.encoder,
    encoderFolder: row.encoder_folder,
    genres: JSON.parse(row.genres_json) as string[],
    nTracks: row.n_tracks,
    seed: row.seed,
    backend: row.backend,
    seconds: row.seconds,
    settings: JSON.parse(row.settings_json) as HeadSettings,
    join: row.join_rule,
    labelsHash: row.labels_hash,
    evaluation: JSON.parse(row.evaluation_json) as Evaluation,
  };
}

export function modelToRow(model: WholeModel): ModelRow {
  return {
    id: model.id,
    name: model.name,
    mode: model.mode,
    created_at_ms: model.createdAtMs,
    encoder: model.encoder,
    encoder_folder: model.encoderFolder,
    genres_json: JSON.stringify(model.genres),
    n_tracks: model.nTracks,
    seed: model.seed,
    backend: model.backend,
    seconds: model.seconds,
    settings_json: JSON.stringify(model.settings),
    join_rule: model.join,
    labels_json: JSON.stringify(model.labels),
    labels_hash: model.labelsHash,
    evaluation_json: JSON.stringify(model.evaluation),
    head: model.head,
    out_of_fold: toBlob(model.outOfFold),
    out_of_fold_tracks: Buffer.from(
      model.outOfFoldTracks.buffer,
      model.outOfFoldTracks.byteOffset,
      model.outOfFoldTracks.byteLength,
    ),
  };
}

export function outOfFoldFromRow(row: Pick<ModelRow, 'genres_json' | 'out_of_fold' | 'out_of_fold_tracks'>): OutOfFold {
  return {
    genres: JSON.parse(row.genres_json) as string[],
    trackIds: intsFromBlob(row.out_of_fold_tracks),
    probabilities: fromBlob(row.out_of_fold),
  };
}

/** Copies, because a blob need not lie on a 4-byte boundary. */
export function intsFromBlob(blob: Uint8Array): Int32Array {
  const copy = new Uint8Array(blob.byteLength);
  copy.set(blob);
  return new Int32Array(copy.buffer);
}
