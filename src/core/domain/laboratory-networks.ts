// The laboratory's networks: segments of spectrograms that they learn from, how they are trained, and what comes out.
/** Every network by name, with a number that counts up when the same request would give another result. */
export const NETWORKS = {
  'stems-cnn': 1,
  'ecapa-tdnn': 1,
  'residual-network': 1,
  vgg: 1,
  'broadcast-network': 2,
  'divide-and-conquer': 1,
  pairs: 1,
} as const;
export type NetworkName = keyof typeof NETWORKS;

/** What a network can be given to hear. The accompaniment is the mixture without vocals. */
export const SEGMENT_SOURCES = ['mixture', 'accompaniment', 'bass', 'drums', 'other', 'vocals'] as const;
export type SegmentSource = (typeof SEGMENT_SOURCES)[number];

/** Segments of spectrograms, at 22,050 Hz. */
export interface SegmentSpec {
  /** In the order of the network's channels. Anything but the mixture wants 2048 points and hops of 512. */
  sources: readonly SegmentSource[];
  nFrames: number;
  nMels: number;
  fftSamples: number;
  hopSamples: number;
  /** From the beginning of a segment to that of the next. */
  stepFrames: number;
  /** At most so many of a recording, spread over it; null = all. */
  maxSegments: number | null;
  /** Only so many seconds in the middle of a longer recording are cut; all of it where this is left out. */
  middleSec?: number;
}

/** The segments of one recording. One shorter than a segment is repeated until it is as long. */
export interface RecordedSegments {
  /** Seconds at which each begins. */
  starts: number[];
  isRepeated: boolean;
  /** Uint8Array [nSegments x nSources x nFrames x nMels], 0 = floor, 255 = 0 dB below the mixture's maximum in the segment. */
  bytes: Uint8Array;
}

/** Where segments lie on the disk, for a worker that learns from them. */
export interface SegmentTable {
  /** Folder of the result cache. */
  cacheDir: string;
  spec: SegmentSpec;
  /** What the segments of each recording are kept under. */
  keys: readonly string[];
  /** Int32Array [n]: which recording each segment is of, and which of its segments it is. */
  recordings: Int32Array;
  places: Int32Array;
}

/** The learning rate over a training, by epochs. */
export type RateSchedule =
  | { kind: 'constant' }
  /** A straight rise, then half a cosine down to nothing (Loshchilov and Hutter 2017). */
  | { kind: 'cosine'; warmupEpochs: number }
  /** Times `factor` after every so many epochs. */
  | { kind: 'steps'; everyEpochs: number; factor: number }
  /** Times `factor` when the checked loss has not fallen for so many epochs. */
  | { kind: 'plateau'; patience: number; factor: number };

export interface FitRecipe {
  nEpochs: number;
  batchSize: number;
  rate: number;
  schedule: RateSchedule;
  /** Decoupled decay of every tensor of two axes and more; penalties belong to the network's own layers. */
  weightDecay: number;
  labelSmoothing: number;
  /** 'binary' is for networks with one logit, of two classes. */
  loss: 'categorical' | 'binary';
  /** A class counts by the inverse of how many examples it has, one on average. */
  usesClassWeights: boolean;
  /** The epoch whose weights are kept: of the least checked loss, or the last. */
  keep: 'leastLoss' | 'last';
  /** Ends when the checked loss has not fallen for so many epochs; null = never. */
  patience: number | null;
}

/** One training of a network. */
export interface FitStep {
  name: 'fit';
  network: NetworkName;
  /** What its file asks for: a variant, sizes. */
  options: Readonly<Record<string, number | string | boolean | readonly number[]>>;
  table: SegmentTable;
  /** Places in spec.sources of the network's channels; null = all. */
  channels: readonly number[] | null;
  /** Int32Array [nSegments], 0..nClasses - 1 */
  classes: Int32Array;
  nClasses: number;
  /** Places of segments: learned from; looked at after every epoch; and given probabilities with the weights that are kept. */
  learned: Int32Array;
  checked: Int32Array;
  tested: Int32Array;
  recipe: FitRecipe;
  seed: number;
}

export interface FitEpoch {
  learnedLoss: number;
  checkedLoss: number;
  /** Shares, 0..1. */
  checkedAccuracy: number;
  checkedMacroF1: number;
}

export interface FitResult {
  nParameters: number;
  /** Where it was computed: one of TENSOR_BACKENDS. */
  backend: string;
  /** The epoch whose weights were kept, from 1. */
  bestEpoch: number;
  epochs: FitEpoch[];
  /** Float32Array [nTested x nClasses] */
  probabilities: Float32Array;
  seconds: number;
}
