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
  encoder: EncoderRef;
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
  /** What a trained network makes of these tracks, instead of what is stored; see HeldOut. */
  heldOut: HeldOut | null;
}

/** A network that learned from some of the tracks is only tested on others. */
export interface HeldOut {
  /** Int32Array [nTracks]: 0 = the network learned from it, 1 = it decided when to stop, 2 = it has seen nothing of it. */
  folds: Int32Array;
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

export type ModelTask = TrainHeadTask | ScoreTracksTask | RescoreTask;

export interface ModelTaskResults {
  trainHead: TrainedHead;
  scoreTracks: LibraryScores;
  /** Tracks that have a verdict now. */
  rescore: { nTracks: number };
}
