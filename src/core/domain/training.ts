// What a training is asked, what it learns from, and the head it makes: plain shapes shared by engine, worker and window.
import type { LabelOrigin } from './label.ts';

export const TRAIN_MODES = ['quick', 'finetune', 'scratch'] as const;
export type TrainMode = (typeof TRAIN_MODES)[number];

/** How the scores of a track's windows become one verdict. */
export const JOIN_RULES = ['mean', 'geometricMean', 'majorityVote', 'nearestNeighbours'] as const;
export type JoinRule = (typeof JOIN_RULES)[number];

export interface TrainRequest {
  mode: TrainMode;
  /** Shown name; null makes one from the mode and date. */
  name: string | null;
  /** Own genres to tell apart; null = every genre with enough labels. Labels of a genre below one of them count for it. */
  genres: readonly string[] | null;
  /** Labels to learn from. */
  origins: readonly LabelOrigin[];
  seed: number;
  join: 'auto' | JoinRule;
}

/** Fewer labelled tracks of a genre, or artists of a genre, cannot be split into learning and testing. */
export const MIN_TRACKS_PER_GENRE = 5;
export const MIN_GENRES = 2;
/** A network from scratch learns nothing from less. */
export const MIN_TRACKS_FROM_SCRATCH = 1000;
/** Fine-tuning moves millions of weights; below this the quick head is the better choice. */
export const MIN_TRACKS_TO_FINETUNE = 40;

/** What a training would learn from, before it starts. */
export interface TrainPlan {
  genres: { name: string; nTracks: number }[];
  nTracks: number;
  /** Labelled genres that would be left out, and why, as sentences. */
  leftOut: { name: string; nTracks: number; reason: string }[];
  /** Labelled tracks that have no usable analysis (failed, missing, or made by an older version). */
  nUnheard: number;
  /** What is missing, as one sentence; null when the training can start. */
  obstacle: string | null;
}

/** What a head reads of a window and of its track; each kind weighs the same, whatever the number of its features. */
export interface FeatureShape {
  embeddingSize: number;
  /** The 518, or none. */
  nDescriptors: number;
  /** Embeddings of the four stems by the bundled network, one after the other, or none. */
  nStemFeatures: number;
  /** Which version of the bundled network heard the stems: those of another one are missing. */
  stemEncoder: string;
}

/** The shape alone, of what has more than that. */
export function featureShapeOf({ embeddingSize, nDescriptors, nStemFeatures, stemEncoder }: FeatureShape): FeatureShape {
  return { embeddingSize, nDescriptors, nStemFeatures, stemEncoder };
}

export function nTrackFeatures({ nDescriptors, nStemFeatures }: Pick<FeatureShape, 'nDescriptors' | 'nStemFeatures'>): number {
  return nDescriptors + nStemFeatures;
}

/**
 * Labelled tracks as arrays. Every track has 1..n windows: those of track i are rows windowStart[i] up to windowStart[i + 1].
 * Features of a window are its embedding followed by its track's own features.
 */
export interface HeadDataset extends FeatureShape {
  /** Class names; `classes` counts in their order. */
  genres: string[];
  trackIds: Int32Array;
  /** Int32Array [nTracks], 0..nGenres - 1 */
  classes: Int32Array;
  /** Int32Array [nTracks]; tracks of one group (artist, album) never stand on both sides of a split. */
  groups: Int32Array;
  /** Int32Array [nTracks + 1] */
  windowStart: Int32Array;
  /** Float32Array [nWindows x embeddingSize] */
  embeddings: Float32Array;
  /** Float32Array [nTracks x nTrackFeatures(shape)]: descriptors, then the stems' embeddings; NaN where there is none. */
  trackFeatures: Float32Array;
  /** Unlabelled tracks of the library (mean embedding and own features, row by row), for scales and directions. */
  background: { embeddings: Float32Array; trackFeatures: Float32Array };
}

/** The model in use, as the other side of the comparison. */
export type Incumbent =
  /** A model that never saw these labels: its verdicts as they are. Float32Array [nTracks x nGenres]. */
  | { kind: 'fixed'; name: string; probabilities: Float32Array }
  /** An own head: trained again in every fold from the labels it had then. Int32Array [nTracks], -1 = none then. */
  | { kind: 'retrained'; name: string; classes: Int32Array; settings: HeadSettings };

export interface HeadOptions {
  seed: number;
  join: 'auto' | JoinRule;
  /** Null lets cross-validation choose. */
  settings: HeadSettings | null;
  incumbent: Incumbent | null;
  /** Tracks (places in the dataset) to test on when the network itself learned from all the others; without it, folds. */
  heldOut?: Int32Array;
}

export const HEAD_FAMILIES = ['kernel', 'logistic', 'discriminant'] as const;
export type HeadFamily = (typeof HEAD_FAMILIES)[number];

/** A head's family and strength. */
export interface HeadSettings {
  family: HeadFamily;
  /**
   * Kernel: penalty of sum of squared errors + penalty |f|^2, f in the space of the kernel; scaled features weigh by their relevance.
   * For the others each kind of features is divided by the root of its number, so that all weigh the same. Logistic
   * regression: penalty of sum of losses + penalty / 2 |weights|^2. Discriminant analysis: shrinkage 0..1 of the covariance towards a
   * multiple of the identity.
   */
  regularization: number;
  /** Principal components kept; a kernel head reads the features themselves, and only estimates beside it read components. */
  nComponents: number;
}

/**
 * Where a kernel head measures from: phi_i = exp(-1/2 |x - landmark_i|^2), with x_j = root(relevance_j) clip(z_j, -KERNEL_CLIP, KERNEL_CLIP)
 * for the features with relevance, in their order. With axes, phi_i = exp(x landmark_i - 1/2 |x|^2 - 1/2 |landmark_i|^2) with the product
 * taken along the directions, and both lengths whole.
 */
export interface KernelMap {
  /** Float32Array [nFeatures], sums to 1. */
  relevance: Float32Array;
  /** Clipped features, Float32Array [nLandmarks x nRelevant], or places along the directions, [nLandmarks x k]. */
  landmarks: Float32Array;
  axes: KernelAxes | null;
}

export interface KernelAxes {
  /** Orthonormal rows, Float32Array [k x nRelevant]. */
  directions: Float32Array;
  /** 1/2 |landmark|^2, Float32Array [nLandmarks]. */
  halves: Float32Array;
}

/**
 * A trained head. z = clip((features - mean) / scale, -Z_CLIP, Z_CLIP); a missing feature counts as 0;
 * logits = weights x + bias with x = z, or x = phi for a kernel head; probabilities = softmax(logits / temperature) per window, joined
 * by `join`.
 */
export interface Head extends FeatureShape {
  genres: string[];
  /** Float32Array [nFeatures]: of a window's embedding, then of its track's own features. */
  mean: Float32Array;
  scale: Float32Array;
  /** Null for a linear head. */
  kernel: KernelMap | null;
  /** Float32Array [nGenres x nFeatures], or [nGenres x nLandmarks] for a kernel head. */
  weights: Float32Array;
  /** Float32Array [nGenres] */
  bias: Float32Array;
  temperature: number;
  /** Float32Array [nGenres]: below its genre's threshold the best guess counts as unknown. */
  thresholds: Float32Array;
  join: JoinRule;
  /**
   * For nearestNeighbours only: calibrated probabilities of labelled windows from folds that had not heard them,
   * Float32Array [n x nGenres], and their classes.
   */
  neighbours: { scores: Float32Array; classes: Int32Array } | null;
  settings: HeadSettings;
}

export const Z_CLIP = 5;
/** Beyond it a feature is no farther away: outliers would fill the distances. */
export const KERNEL_CLIP = 2.5;

export interface HeadTraining {
  head: Head;
  evaluation: Evaluation;
  /**
   * Calibrated probabilities of every track from folds that had not seen it, Float32Array [nTracks x nGenres]; a row of NaN for a
   * track that cannot be tested: all labels of one of its group's genres are of that group (artist, album), or it was not held out.
   */
  outOfFold: Float32Array;
}

export interface GenreFigures {
  name: string;
  /** Tracks tested; 0 when all its labels are of one artist or album: then it cannot be tested, and the figures stand for nothing. */
  nTracks: number;
  precision: number;
  recall: number;
  f1: number;
  /** Below it the guess counts as unknown. */
  threshold: number;
}

export interface Evaluation {
  method: 'cross-validation' | 'hold-out';
  nFolds: number;
  /** Tracks tested. */
  nTracks: number;
  /** Artists and albums kept on one side of every split. */
  nGroups: number;
  accuracy: number;
  /** 95 % interval of the accuracy (Wilson score). */
  accuracyLow: number;
  accuracyHigh: number;
  macroF1: number;
  /** Expected calibration error over 15 bins, 0..1. */
  calibrationError: number;
  perGenre: GenreFigures[];
  /** [label][guess], counts, in the order of perGenre. */
  confusion: number[][];
  reliability: { confidence: number; accuracy: number; n: number }[];
  joins: { rule: JoinRule; accuracy: number; macroF1: number }[];
  candidates: { settings: HeadSettings; accuracy: number; logLoss: number }[];
  learningCurve: { nTracks: number; accuracy: number; macroF1: number }[];
  /** "50 more labels of Jazz would bring about +3 points": points of macro F1, largest first. */
  gains: { genre: string; moreLabels: number; points: number }[];
  hardestPairs: { a: string; b: string; nConfused: number; share: number }[];
  /** With "unknown" allowed: how many are left unsaid, and how right the rest is. */
  unknownShare: number;
  accuracyOfKnown: number;
  comparison: Comparison | null;
}

/** This model and the one in use on the same tracks in the same folds. */
export interface Comparison {
  otherName: string;
  otherAccuracy: number;
  otherMacroF1: number;
  onlyThisRight: number;
  onlyOtherRight: number;
  /** Exact McNemar test (mid-p), two-sided. */
  pValue: number;
}

export const TRAIN_STAGES = ['listen', 'finetune', 'embed', 'head', 'evaluate', 'done'] as const;
export type TrainStage = (typeof TRAIN_STAGES)[number];

/** One epoch of gradient training. */
export interface EpochFigures {
  epoch: number;
  trainLoss: number;
  validationLoss: number;
  validationAccuracy: number;
}

export interface TrainProgress {
  mode: TrainMode;
  stage: TrainStage;
  /** 0..1 within the stage, null while unknown. */
  fraction: number | null;
  remainingSec: number | null;
  /** Grows while gradient training runs. */
  epochs: EpochFigures[];
}

/** A gradient training that a crash or a shutdown interrupted. */
export interface InterruptedTraining {
  mode: TrainMode;
  startedAtMs: number;
  epochs: EpochFigures[];
}
