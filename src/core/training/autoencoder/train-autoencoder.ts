// A deep autoencoder of a library's descriptors whose latent also tells genres apart: learns in rounds, judged on held-out tracks.
import { StemscapeError } from '../../domain/errors.ts';
import { type AutoencoderShape, encoderTensors } from '../../nn/tfjs/autoencoder-network.ts';
import { AutoencoderTrainer } from '../../nn/tfjs/autoencoder-trainer.ts';
import { openTensors } from '../../nn/tfjs/backend.ts';
import { fitFeatureScale } from '../head/feature-scale.ts';
import { createRandom, type Random, shuffledOrder } from '../random.ts';
import { type Autoencoder, encodeTracks, standardized } from './autoencoder.ts';
import { firstWeights } from './first-weights.ts';
import { batchOf, evaluate, learn, type Tracks } from './learn.ts';

/** Of the map; other sizes are free. */
export const LATENT_SIZE = 50;
/** With fewer tracks there is nothing to hold out: the principal components stay as they are. */
export const MIN_TRACKS = 50;
const HELD_OUT_SHARE = 0.1;
const MAX_HELD_OUT = 2000;
/** The principal components are taken from at most this many tracks. */
const MAX_PRINCIPAL_ROWS = 20_000;
const MAX_ROUNDS = 50;

export interface AutoencoderTask {
  /** Float32Array [n x d], as they were measured; missing values NaN. */
  descriptors: Float32Array;
  n: number;
  /** Int32Array [n], 0..nClasses - 1; -1 for tracks without a label, which are only reconstructed. */
  classes: Int32Array;
  nClasses: number;
  seed: number;
  latentSize?: number;
  /** Widths of the encoder's hidden layers; 256 and 128, or as wide as a latent that is wider. */
  hidden?: readonly number[];
  /** Rounds of 25 to 100 steps at most. */
  maxRounds?: number;
  /** Called with the share of the longest possible training, 0..1. @returns false to cancel */
  onProgress?: (fraction: number) => boolean;
}

export interface AutoencoderResult {
  kind: 'autoencoder' | 'principalComponents';
  autoencoder: Autoencoder;
  /** Float32Array [n x latentSize] */
  latent: Float32Array;
  /** Latents of other tracks. @param descriptors Float32Array [n x d] */
  encode(descriptors: Float32Array, n: number): Promise<Float32Array>;
  nHeldOut: number;
  /** Mean squared error of a standardised descriptor of held-out tracks; of all tracks where none are held out. */
  reconstructionLoss: number;
  /** The same of as many principal components. */
  principalLoss: number;
  /** Mean cross-entropy of the held-out tracks with a label, nats; null without any. */
  genreLoss: number | null;
  nRounds: number;
}

/**
 * inputSize-256-128-latent-128-256-inputSize (unless told) with rectifiers and linear shortcuts, Adam, reconstruction and genre loss.
 * The weights are those of the round with the least joint loss on held-out tracks. The same task on the same backend gives the same.
 * @throws StemscapeError input.invalid (no tracks) | cancelled | host.unavailable | model.failed
 */
export async function trainAutoencoder(task: AutoencoderTask): Promise<AutoencoderResult> {
  const { descriptors, n, classes, nClasses, seed, latentSize = LATENT_SIZE, maxRounds = MAX_ROUNDS, onProgress } = task;
  if (n === 0) throw new StemscapeError('input.invalid', 'There are no tracks to learn from.');
  const inputSize = descriptors.length / n;
  const random = createRandom(seed);
  const scale = fitFeatureScale([descriptors], inputSize);
  const tracks: Tracks = { rows: standardized(descriptors, n, scale), classes, inputSize };
  const { training, heldOut } = split(n, random);
  const hidden = task.hidden ?? [256, 128].map((width) => Math.max(width, latentSize));
  const shape: AutoencoderShape = { inputSize, latentSize, hidden, nClasses };
  await openTensors('auto');
  const start = firstWeights(shape, batchOf(tracks, training.subarray(0, MAX_PRINCIPAL_ROWS)).rows, random);
  const trainer = new AutoencoderTrainer(shape, start);
  try {
    const isTrained = heldOut.length > 0;
    const judge = () => evaluate(trainer, tracks, isTrained ? heldOut : training);
    const principal = { values: start, losses: judge(), nRounds: 0 };
    const best = isTrained ? await learn(trainer, tracks, training, judge, random, { maxRounds, onProgress }) : principal;
    const tensors = new Map(encoderTensors(shape).map(({ name }) => [name, best.values.get(name)!]));
    const autoencoder = { shape, scale, tensors };
    return {
      kind: isTrained ? 'autoencoder' : 'principalComponents',
      autoencoder,
      latent: await encodeTracks(autoencoder, descriptors, n),
      encode: (fresh, nFresh) => encodeTracks(autoencoder, fresh, nFresh),
      nHeldOut: heldOut.length,
      reconstructionLoss: best.losses.reconstruction,
      principalLoss: principal.losses.reconstruction,
      genreLoss: nClasses > 0 && heldOut.some((i) => classes[i]! >= 0) ? best.losses.genre : null,
      nRounds: best.nRounds,
    };
  } finally {
    trainer.dispose();
  }
}

function split(n: number, random: Random): { training: Int32Array; heldOut: Int32Array } {
  const order = shuffledOrder(n, random);
  const nHeldOut = n < MIN_TRACKS ? 0 : Math.min(MAX_HELD_OUT, Math.round(n * HELD_OUT_SHARE));
  return { heldOut: order.slice(0, nHeldOut), training: order.slice(nHeldOut) };
}
