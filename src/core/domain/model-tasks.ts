// Worker tasks on the library file itself: a head is trained, the library is scored, and a model's verdicts are written.
import type { EncoderRef } from './model.ts';
import type { Evaluation, HeadSettings, JoinRule } from './training.ts';

/** The model in use, as a worker is told of it. */
export type IncumbentRef =
  | { kind: 'bundled'; name: string }
  /** Int32Array [nTracks]: the classes it learned these tracks as, -1 = none. */
  | { kind: 'retrained'; name: string; classes: Int32Array; settings: HeadSettings };

export interface TrainHeadTask {
  kind: 'trainHead';
  libraryFile: string;
  /** Whose embeddings are stored, and their size. */
  encoder: EncoderRef;
  storedSize: number;
  /** Size of the embeddings that the head will read; another one than `storedSize` for an own network. */
  embeddingSize: number;
  genres: readonly string[];
  /** In the order of ids. */
  trackIds: Int32Array;
  /** Int32Array [nTracks], 0..nGenres - 1 */
  classes: Int32Array;
  /** Int32Array [nTracks]; see HeadDataset. */
  groups: Int32Array;
  seed: number;
  join: 'auto' | JoinRule;
  incumbent: IncumbentRef | null;
  /** For an own network, whose embeddings are not stored yet. */
  heldOut: HeldOut | null;
}

/** What an own network made of the tracks; it learned from most of them, so the head is only tested on the others. */
export interface HeldOut {
  /** Int32Array: places in `trackIds` that the network has seen nothing of. */
  places: Int32Array;
  /** Float32Array [nWindows x embeddingSize], by track. */
  embeddings: Float32Array;
  /** Int32Array [nTracks + 1] */
  windowStart: Int32Array;
}

export interface TrainedHead {
  /** An encoded head, see training/head/head-file. */
  head: Uint8Array;
  settings: HeadSettings;
  join: JoinRule;
  evaluation: Evaluation;
  /** Tracks with a verdict of folds that had not seen them, Int32Array [n]. */
  testedIds: Int32Array;
  /** Float32Array [n x nGenres] */
  outOfFold: Float32Array;
}

/** What a head says of many tracks. */
export interface LibraryScores {
  /** Int32Array [n], ascending. */
  trackIds: Int32Array;
  /** When each was analysed: another time means another sound. Float64Array [n] */
  analysedAtMs: Float64Array;
  /** Float32Array [n x nGenres], calibrated, rows sum to 1. */
  probabilities: Float32Array;
}

export interface ScoreTracksTask {
  kind: 'scoreTracks';
  libraryFile: string;
  /** An own model. */
  modelId: string;
  /** Tracks with ids above `afterId` up to `throughId`. */
  afterId: number;
  throughId: number;
}

/** Two models over the whole library. */
export interface CompareTask {
  kind: 'compareModels';
  libraryFile: string;
  a: string;
  b: string;
}

/** Best guesses of tracks that both have heard. */
export interface LibraryComparison {
  nTracks: number;
  nDifferent: number;
  shifts: { genre: string; nA: number; nB: number }[];
}

export interface RescoreTask {
  kind: 'rescore';
  libraryFile: string;
  /** The model to take into use; `bundled` too. */
  modelId: string;
  /** Going back forgets the latest use instead of adding one; null keeps the history as it is. */
  use: 'add' | 'goBack' | null;
  atMs: number;
  contextWeight: number;
  /** Verdicts computed before; null for the bundled model, whose verdicts are stored. */
  scores: LibraryScores | null;
}

/** Where tracks lie among each other, for choosing what to label next. */
export interface SurveyTask {
  kind: 'survey';
  libraryFile: string;
  encoder: EncoderRef;
  embeddingSize: number;
  trackIds: Int32Array;
  seed: number;
}

export interface Survey {
  /** Int32Array [n], ascending: the tracks asked for that have been heard. */
  trackIds: Int32Array;
  /** Principal components of embedding and descriptors, Float32Array [n x k]. */
  points: Float32Array;
  k: number;
  /** Float32Array [n], larger where many tracks sound alike. */
  typicality: Float32Array;
}

export type ModelTask = TrainHeadTask | ScoreTracksTask | CompareTask | RescoreTask | SurveyTask;

export interface ModelTaskResults {
  trainHead: TrainedHead;
  scoreTracks: LibraryScores;
  compareModels: LibraryComparison;
  /** Tracks that have a verdict now. */
  rescore: { nTracks: number };
  survey: Survey;
}
