// The labelled tracks as a head's fit sees them: scaled, all kinds of features weighing the same, along their principal components.
import { type Head, type HeadDataset, nTrackFeatures } from '../../domain/training.ts';
import { createRandom, type Random, shuffledOrder } from '../random.ts';
import { type FeatureScale, fitFeatureScale, standardizeRow } from './feature-scale.ts';
import { type HeadFit, isKernelFit } from './fit-head.ts';
import type { KernelFit } from './kernel-regression.ts';
import type { LinearFit } from './logistic-regression.ts';
import { multiplyTransposed } from './matrix-kernels.ts';
import { type PrincipalComponents, principalComponents } from './principal-components.ts';
import { type ScaledTracks, scaleTracks, trackMeans } from './scaled-tracks.ts';

export interface FeatureTable {
  /** Columns: principal components, most variance first. */
  k: number;
  /** Float64Array [nWindows x k] */
  windows: Float64Array;
  /** Mean of each track's windows, Float64Array [nTracks x k]. */
  tracks: Float64Array;
  /** The scaled features themselves, made when they are first asked for. */
  scaled(): ScaledTracks;
  /** A fit on the first components, or on scaled features, as the parts of a head that take raw features. */
  toHead(fit: HeadFit): HeadParts;
}

export type HeadParts = Pick<Head, 'mean' | 'scale' | 'kernel' | 'weights' | 'bias'>;

/** Rows that the components are computed from; more change nothing that can be measured. */
const MAX_COMPONENT_ROWS = 4000;
const BLOCK_ROWS = 256;

/** Features that lie side by side: a window's, or its track's own. */
interface Block {
  offset: number;
  d: number;
  /** 1 / sqrt(size of its kind) for each: a whole kind has variance 1, however many features it has. Float64Array [d] */
  weights: Float64Array;
}

/** Scales and components come from labelled and background tracks alike; no label is looked at. */
export function buildFeatureTable(dataset: HeadDataset, nComponents: number, seed: number): FeatureTable {
  const { embeddingSize, nDescriptors, nStemFeatures, embeddings, trackFeatures, background } = dataset;
  const nOwn = nTrackFeatures(dataset);
  const scale = joinScales(
    fitFeatureScale([embeddings, background.embeddings], embeddingSize),
    fitFeatureScale([trackFeatures, background.trackFeatures], nOwn),
  );
  const blocks: [Block, Block] = [
    { offset: 0, d: embeddingSize, weights: kindWeights([embeddingSize]) },
    { offset: embeddingSize, d: nOwn, weights: kindWeights([nDescriptors, nStemFeatures]) },
  ];
  const random = createRandom(seed);
  const components = principalComponents(
    componentRows(dataset, scale, blocks, random),
    embeddingSize + nOwn,
    nComponents,
    random,
  );
  const windows = projectWindows(dataset, scale, blocks, components);
  const k = components.variances.length;
  const tracks = trackMeans(windows, dataset.windowStart, k);
  let scaled: ScaledTracks | null = null;
  return {
    k,
    windows,
    tracks,
    scaled: () => {
      scaled ??= scaleTracks(dataset, scale, seed);
      return scaled;
    },
    toHead: (fit) => ({ ...scale, ...(isKernelFit(fit) ? kernelParts(fit) : unproject(fit, components, blocks)) }),
  };
}

function kindWeights(sizes: readonly number[]): Float64Array {
  return Float64Array.of(...sizes.flatMap((size) => new Array<number>(size).fill(1 / Math.sqrt(size))));
}

function joinScales(a: FeatureScale, b: FeatureScale): FeatureScale {
  return { mean: Float32Array.of(...a.mean, ...b.mean), scale: Float32Array.of(...a.scale, ...b.scale) };
}

/** Scaled features of a random choice of tracks: one window of each labelled track, and background tracks. */
function componentRows(dataset: HeadDataset, scale: FeatureScale, blocks: [Block, Block], random: Random): Float64Array {
  const [own, other] = blocks;
  const nLabelled = dataset.trackIds.length;
  const nBackground = own.d > 0 ? dataset.background.embeddings.length / own.d : 0;
  const order = shuffledOrder(nLabelled + nBackground, random).slice(0, MAX_COMPONENT_ROWS);
  const width = own.d + other.d;
  const rows = new Float64Array(order.length * width);
  for (const [i, index] of order.entries()) {
    const isLabelled = index < nLabelled;
    const source = isLabelled ? dataset : dataset.background;
    const track = isLabelled ? index : index - nLabelled;
    const window = isLabelled ? middleWindow(dataset.windowStart, index) : track;
    standardizeRow(source.embeddings, window, own.d, scale, own.offset, rows, i * width);
    standardizeRow(source.trackFeatures, track, other.d, scale, other.offset, rows, i * width + own.d);
    for (const block of blocks) {
      for (let j = 0; j < block.d; j++) {
        const at = i * width + block.offset + j;
        rows[at] = rows[at]! * block.weights[j]!;
      }
    }
  }
  return rows;
}

function middleWindow(windowStart: Int32Array, track: number): number {
  return (windowStart[track]! + windowStart[track + 1]! - 1) >> 1;
}

/** Every window along the components; what a track's own features give is computed once. */
function projectWindows(
  dataset: HeadDataset,
  scale: FeatureScale,
  blocks: [Block, Block],
  components: PrincipalComponents,
): Float64Array {
  const { windowStart, embeddings, trackFeatures } = dataset;
  const nTracks = windowStart.length - 1;
  const k = components.variances.length;
  const windows = projectBlock(embeddings, windowStart[nTracks]!, scale, blocks[0], components);
  const shared = projectBlock(trackFeatures, nTracks, scale, blocks[1], components);
  const shift = new Float64Array(k);
  multiplyTransposed(components.mean, components.directions, 1, k, components.mean.length, shift);
  for (let t = 0; t < nTracks; t++) {
    for (let window = windowStart[t]!; window < windowStart[t + 1]!; window++) {
      for (let j = 0; j < k; j++) {
        const at = window * k + j;
        windows[at] = windows[at]! + shared[t * k + j]! - shift[j]!;
      }
    }
  }
  return windows;
}

function projectBlock(
  rows: Float32Array,
  n: number,
  scale: FeatureScale,
  block: Block,
  components: PrincipalComponents,
): Float64Array {
  const k = components.variances.length;
  const width = components.mean.length;
  const { d, offset, weights } = block;
  const directions = new Float64Array(k * d);
  for (let c = 0; c < k; c++)
    for (let j = 0; j < d; j++) directions[c * d + j] = weights[j]! * components.directions[c * width + offset + j]!;
  const out = new Float64Array(n * k);
  const z = new Float64Array(BLOCK_ROWS * d);
  for (let start = 0; start < n && d > 0; start += BLOCK_ROWS) {
    const nBlock = Math.min(BLOCK_ROWS, n - start);
    for (let i = 0; i < nBlock; i++) standardizeRow(rows, start + i, d, scale, offset, z, i * d);
    multiplyTransposed(z, directions, nBlock, k, d, out.subarray(start * k, (start + nBlock) * k));
  }
  return out;
}

/** Weights on components become weights on scaled features; the components' mean goes into the bias. */
function unproject(
  fit: LinearFit,
  components: PrincipalComponents,
  blocks: readonly Block[],
): Omit<HeadParts, keyof FeatureScale> {
  const m = fit.bias.length;
  const k = fit.weights.length / m;
  const width = components.mean.length;
  const weights = new Float32Array(m * width);
  const bias = Float32Array.from(fit.bias, (own, c) => {
    const row = new Float64Array(width);
    for (let p = 0; p < k; p++) {
      const weight = fit.weights[c * k + p]!;
      for (let j = 0; j < width; j++) row[j] = row[j]! + weight * components.directions[p * width + j]!;
    }
    for (const block of blocks) {
      for (let j = 0; j < block.d; j++) weights[c * width + block.offset + j] = row[block.offset + j]! * block.weights[j]!;
    }
    return own - row.reduce((sum, value, j) => sum + value * components.mean[j]!, 0);
  });
  return { kernel: null, weights, bias };
}

function kernelParts({ map, weights, bias }: KernelFit): Omit<HeadParts, keyof FeatureScale> {
  return { kernel: map, weights: Float32Array.from(weights), bias: Float32Array.from(bias) };
}
