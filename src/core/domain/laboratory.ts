// The laboratory: published protocols run on a person's recordings. What is asked, what a worker is given, and what comes out.
import type { FitResult, FitStep, RecordedSegments } from './laboratory-networks.ts';
import type { FeatureShape, HeadDataset, JoinRule } from './training.ts';

export const PROTOCOLS = ['descriptors', 'transfer', 'stems-cnn', 'divide-and-conquer', 'pairs', 'ecapa'] as const;
export type ProtocolName = (typeof PROTOCOLS)[number];

/** `auto` takes the split that a dataset brings, and folds where it brings none. */
export const SPLITS = ['auto', 'folds', 'official'] as const;

/** Each is a whole share of every layer's channels. */
export const NARROWINGS = [1, 2, 4, 8, 16] as const;

export interface LabRequest {
  protocol: ProtocolName;
  /** Folder of the recordings; null = the person's own labels. */
  datasetDir: string | null;
  split: (typeof SPLITS)[number];
  seed: number;
  /** Pieces of work at a time; null = as many as there are workers. */
  nJobs: number | null;
  /** Where results and what was computed so far go; null = the library's folder. */
  outDir: string | null;
  /** A smoke version: few files, small sizes. */
  isQuick: boolean;
  /** Folds in which the network itself is trained on, because each takes minutes; null = all. */
  nTunedFolds: number | null;
  /** Trials of a protocol that draws its splits again and again; null = as many as published. */
  nTrials: number | null;
  /** Epochs of the networks that are trained from nothing; null = as many as published. */
  nEpochs: number | null;
  /** The widths of published networks are divided by this; null = not at all. */
  narrowing: (typeof NARROWINGS)[number] | null;
}

export const LAB_STAGES = ['read', 'hear', 'compute', 'done'] as const;

export interface LabProgress {
  stage: (typeof LAB_STAGES)[number];
  done: number;
  total: number | null;
  remainingSec: number | null;
  /** What is being worked on; '' when there is nothing to say. */
  what: string;
}

/** A figure over folds or draws; shares are 0..1. */
export interface LabFigure {
  mean: number;
  /** Sample standard deviation; null for a single figure. */
  deviation: number | null;
  each: number[];
}

export interface LabRow {
  name: string;
  /** One of each column; null = not measured. */
  figures: (LabFigure | null)[];
  /** Where a published figure comes from; null = measured here. */
  source: string | null;
}

export interface LabTable {
  id: string;
  title: string;
  /** What the columns stand for. */
  axis: string;
  columns: string[];
  rows: LabRow[];
  /** Its figures are numbers of something, not shares. */
  isCount?: true;
}

/** Points on a plane, each of a class. */
export interface LabScatter {
  id: string;
  title: string;
  /** x and y of each, [2 n]. */
  positions: number[];
  classes: number[];
  classNames: string[];
  /** Drawn as rings: what the picture's model had not seen. */
  isUnseen: boolean[];
}

/** What several things gave in the same trials, side by side. */
export interface LabDistribution {
  id: string;
  title: string;
  /** Shares, 0..1, one a trial; `published` beside them where somebody has. */
  rows: { name: string; values: number[]; published: number | null }[];
}

/** Everything of a list against everything else of it. */
export interface LabMatrix {
  id: string;
  title: string;
  names: string[];
  /** Shares, 0..1, [row][column]; null where there is nothing to compare. */
  values: (number | null)[][];
  /** The share that is as bad as it gets. */
  worst: number;
}

export interface LabLeftOut {
  path: string;
  reason: string;
}

export interface LabReport {
  format: 1;
  protocol: ProtocolName;
  /** With what and on what. */
  dataset: {
    kind: LabDatasetKind;
    dir: string | null;
    genres: { name: string; nFiles: number }[];
    nFiles: number;
    meanDurationSec: number;
    leftOut: LabLeftOut[];
    /** How files were divided, as a sentence. */
    split: string;
  };
  settings: Record<string, unknown>;
  versions: Record<string, string>;
  tables: LabTable[];
  scatters: LabScatter[];
  distributions: LabDistribution[];
  matrices: LabMatrix[];
  /** What a reader must know, as sentences. */
  notes: string[];
  seconds: number;
}

export const LAB_DATASET_KINDS = ['folders', 'gtzan', 'fma', 'library'] as const;
export type LabDatasetKind = (typeof LAB_DATASET_KINDS)[number];

/** One window of a recording, as networks and descriptors hear it. */
export interface LabWindow {
  startSec: number;
  lengthSec: number;
  nFrames: number;
  /** Uint8Array [nFrames x nMels], 0 = floor, 255 = 0 dB below the window's maximum. */
  bytes: Uint8Array;
  /** Float32Array [embeddingSize] */
  embedding: Float32Array;
  /** Embeddings of its pieces of a second, one after the other. */
  pieces: Float32Array;
}

export interface LabHearing {
  durationSec: number;
  windows: LabWindow[];
  /** Float32Array [518] */
  descriptors: Float32Array;
  /** Embeddings of the four stems, one after the other, Float32Array [4 x embeddingSize]; NaN where a stem is silent. */
  stems: Float32Array;
}

/** Tracks as arrays, and who is learned from and tested. */
export interface LabFold {
  /** Int32Array [n], 0..nClasses - 1 */
  classes: Int32Array;
  groups: Int32Array;
  nClasses: number;
  /** Places of tracks. */
  learned: Int32Array;
  tested: Int32Array;
  seed: number;
}

export const REDUCTIONS = ['svd', 'forest', 'autoencoder'] as const;
export type Reduction = (typeof REDUCTIONS)[number];

/** Descriptors reduced to some sizes, each followed by a support vector classifier. */
export interface ReduceStep extends LabFold {
  name: 'reduce';
  reduction: Reduction;
  sizes: readonly number[];
  /** Float32Array [n x 518] */
  descriptors: Float32Array;
  isQuick: boolean;
}

/** Of one size, for the tested tracks. */
export interface ReducedGuesses {
  size: number;
  /** What there really was: a fold with fewer tracks than that cannot span more. */
  nDimensions: number;
  /** An autoencoder that had too few tracks to learn from: principal components stand in. */
  isUntrained?: true;
  guesses: Int32Array;
  cost: number;
  /** As a multiple of 1 / (dimensions x variance). */
  gammaFactor: number;
}

/** A picture of an autoencoder's latent space. */
export interface LatentStep extends LabFold {
  name: 'latent';
  descriptors: Float32Array;
  latentSize: number;
  isQuick: boolean;
}

/** A head on frozen features, as the application trains one. */
export interface HeadStep extends LabFold {
  name: 'head';
  /** nDescriptors and nStemFeatures = 0 for embeddings alone. */
  features: LabFeatures;
  /** Unlabelled tracks give scales and directions too, as they do in the application. */
  usesUnlabelled: boolean;
  /** With few labels the way of joining is not worth measuring. */
  joins: boolean;
}

export type LabFeatures = Pick<HeadDataset, 'windowStart' | 'embeddings' | 'trackFeatures' | keyof FeatureShape>;

export interface HeadGuesses {
  /** Of the tested tracks, windows joined by each rule. */
  byRule: Partial<Record<JoinRule, Int32Array>>;
  /** From the middle window alone. */
  single: Int32Array;
}

export type LabStep = ReduceStep | LatentStep | HeadStep | FitStep;

export interface LabStepResults {
  reduce: ReducedGuesses[];
  /** Float32Array [2 n] */
  latent: Float32Array;
  head: HeadGuesses;
  fit: FitResult;
}

/** A worker's task for the laboratory, beside `hear` and `segments`. */
export interface LabStepTask {
  kind: 'labStep';
  step: LabStep;
}

export interface LabTaskResults {
  hear: LabHearing;
  segments: RecordedSegments;
  labStep: LabStepResults[LabStep['name']];
}
