// What an analysis worker is asked and what it answers. Buffers cross processes as typed arrays, never as JSON text.
import type { Failure } from './errors.ts';
import type { ExplainedHearings } from './explanation.ts';
import type { LabStepTask, LabTaskResults } from './laboratory.ts';
import type { SegmentSpec } from './laboratory-networks.ts';
import type { MapFrame, MapStage } from './map.ts';
import type { MapTaskResults, MapWorkerTask } from './map-tasks.ts';
import type { ModelTask, ModelTaskResults } from './model-tasks.ts';
import type { NeighbourTask, NeighbourTaskResults } from './neighbour-tasks.ts';
import type { RecipeTask, RecipeTaskResults } from './recipe-tasks.ts';
import type { Source, Stem } from './stem.ts';
import type { SpectralSummary, StemShares } from './track.ts';
import type { EpochFigures } from './training.ts';

/** One analysis window: where it lies and what the classifier heard. */
export interface AnalysedWindow {
  startSec: number;
  lengthSec: number;
  /** Float32Array [embeddingSize]. */
  embedding: Float32Array;
  /** Float32Array [nGenres], natural units before temperature and softmax. */
  logits: Float32Array;
}

/** Milliseconds spent in each stage, for the benchmark and `doctor`. */
export const STAGES = ['decode', 'separate', 'mel', 'classify', 'stems', 'describe'] as const;
export type Stage = (typeof STAGES)[number];

/** Float32Array [embeddingSize] of each stem; null where it is silent. */
export type StemEmbeddings = Record<Stem, Float32Array | null>;

export interface TrackAnalysis {
  /** Length of the decoded audio. */
  durationSec: number;
  windows: AnalysedWindow[];
  /** Mean of the windows' embeddings, Float32Array [embeddingSize]. */
  embedding: Float32Array;
  /** Mean of the windows' calibrated probabilities, Float32Array [nGenres], sums to 1. */
  probabilities: Float32Array;
  genres: string[];
  tempoBpm: number | null;
  /** 0..1 */
  tempoConfidence: number;
  key: string | null;
  /** 0..1 */
  keyConfidence: number;
  /** Integrated loudness, EBU R128; null for digital silence. */
  loudnessLufs: number | null;
  loudnessRangeLu: number | null;
  samplePeakDbfs: number | null;
  energy: number;
  spectral: SpectralSummary;
  stemShares: StemShares;
  /** The classifier's embedding of each stem alone, mean over the windows in which it sounds. */
  stemEmbeddings: StemEmbeddings;
  /** The 518 track descriptors, Float32Array [518]; null in analyses made before they were measured. */
  descriptors: Float32Array | null;
  /** Sub-fingerprints of the beginning, Uint32Array [nHops], see dsp/fingerprint.ts. */
  fingerprint: Uint32Array;
  /** Peak magnitude per slice of the whole track, Uint8Array [WAVEFORM_SLICES], 255 = full scale. */
  waveform: Uint8Array;
  classifierVersion: string;
  separatorVersion: string;
  profileId: string;
  stageMs: Record<Stage, number>;
}

/** A mel spectrogram as a picture: one byte a bin, 0 = floor, 255 = 0 dB, row by row in time. */
export interface MelPicture {
  source: Source;
  startSec: number;
  lengthSec: number;
  nFrames: number;
  nMels: number;
  /** Uint8Array [nFrames x nMels] */
  bytes: Uint8Array;
}

/** Where ONNX Runtime may run a model: its execution providers by their names there. */
export const PROVIDERS = ['cpu', 'cuda', 'webgpu', 'dml', 'coreml'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Where gradients may be computed, best first. */
export const TENSOR_BACKENDS = ['tfjs-node-gpu', 'tfjs-node', 'wasm'] as const;
export type TensorBackend = (typeof TENSOR_BACKENDS)[number];

export interface ModelPaths {
  separatorDir: string;
  classifierDir: string;
  provider: Provider;
}

/** Hears a track's windows whole and without each stem. */
export interface ExplainTask {
  kind: 'explainTrack';
  path: string;
  models: ModelPaths;
  windows: readonly { startSec: number; lengthSec: number }[];
  /** Folder of an own network to hear with; null for the bundled one. */
  encoderDir: string | null;
}

/** A worker's tasks, told apart by `kind`. */
export type WorkerTask =
  | { kind: 'analyse'; path: string; models: ModelPaths; nWindows: number; windowSec: number }
  | { kind: 'melPicture'; path: string; models: ModelPaths; startSec: number; lengthSec: number; source: Source }
  | { kind: 'separate'; path: string; models: ModelPaths; outDir: string; stems: readonly Stem[]; bitDepth: 16 | 'float32' }
  | { kind: 'transcode'; path: string; outFile: string }
  | { kind: 'probe'; models: ModelPaths }
  | { kind: 'listenWindows'; path: string; nWindows: number; windowSec: number }
  /** `baseDir` says where the network lies that the run starts from, when it has moved since the plan was written. */
  | { kind: 'fineTune'; runDir: string; outDir: string; finishOnly: boolean; backend: 'auto' | TensorBackend; baseDir?: string }
  | { kind: 'embedRun'; runDir: string; encoderDir: string }
  | { kind: 'embedTrack'; path: string; encoderDir: string; provider: Provider; nWindows: number; windowSec: number }
  | ModelTask
  | MapWorkerTask
  | RecipeTask
  | NeighbourTask
  /** A recording as the laboratory's protocols need it, without separation. */
  | { kind: 'hear'; path: string; models: ModelPaths; nWindows: number; windowSec: number }
  | LabStepTask
  /** Spectrograms of a recording's segments, for the laboratory's networks. */
  | { kind: 'segments'; path: string; durationSec: number; models: ModelPaths; spec: SegmentSpec }
  | ExplainTask;

export interface ProbeResult {
  provider: Provider;
  /** Every provider that the runtime here can open, the CPU among them. */
  supported: Provider[];
  /** Median milliseconds of one 10 s separation pass. */
  separatorMs: number;
  /** Median milliseconds of one 10 s classification. */
  classifierMs: number;
  /** The classifier's outputs on a fixed input, for comparison with the CPU. */
  logits: Float32Array;
  /** A slice of the separator's masks on the same fixed input. */
  masks: Float32Array;
}

export interface SeparatedFile {
  durationSec: number;
  files: Record<Stem, string>;
}

/** One window as a network that learns reads it. */
export interface ListenedWindow {
  startSec: number;
  lengthSec: number;
  nFrames: number;
  /** Uint8Array [nFrames x nMels], 0 = floor, 255 = 0 dB below the window's maximum. */
  bytes: Uint8Array;
}

export interface EmbeddedWindow {
  startSec: number;
  lengthSec: number;
  /** Float32Array [embeddingSize] */
  embedding: Float32Array;
}

export interface EmbeddedRun {
  /** Float32Array [nWindows x embeddingSize], the windows of the run's tracks in their order. */
  embeddings: Float32Array;
  embeddingSize: number;
}

export interface FineTuneResult {
  backend: TensorBackend;
  /** The epoch whose weights were kept, from 1. */
  bestEpoch: number;
  /** Every epoch that was trained. */
  epochs: EpochFigures[];
  /** Largest difference between ONNX Runtime and tfjs on real windows, as a share of the largest value of an embedding. */
  maxDifference: number;
}

export interface TaskResults extends ModelTaskResults, MapTaskResults, NeighbourTaskResults, LabTaskResults, RecipeTaskResults {
  analyse: TrackAnalysis;
  melPicture: MelPicture;
  separate: SeparatedFile;
  transcode: { durationSec: number };
  probe: ProbeResult;
  explainTrack: ExplainedHearings;
  listenWindows: ListenedWindow[];
  fineTune: FineTuneResult;
  embedRun: EmbeddedRun;
  embedTrack: EmbeddedWindow[];
}

export type WorkerRequest = { id: number; task: WorkerTask };

/** What a task tells beside how far it is. */
export interface TaskNews {
  /** An epoch of training that has just ended. */
  epoch?: EpochFigures;
  /** The stage of a map that the fraction speaks of. */
  stage?: MapStage;
  /** A map as it stands now. */
  frame?: MapFrame;
}

/** What comes back: pulses while it lives (fraction 0..1 where known, and news), then one result or one failure. */
export type WorkerReply =
  | { id: number; type: 'pulse'; fraction: number | null; news?: TaskNews }
  | { id: number; type: 'result'; result: TaskResults[keyof TaskResults] }
  | { id: number; type: 'failure'; failure: Failure };
