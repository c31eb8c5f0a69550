// A deep autoencoder of a library's descriptors whose latent also tells genres apart: learns in rounds, judged on held-out tracks.
import { setImmediate } from 'node:timers/promises';
import { StemscapeError } from '../../domain/errors.ts';
import { type AutoencoderShape, encoderTensors } from '../../nn/tfjs/autoencoder-network.ts';
import { AutoencoderTrainer, type BatchLosses, type TrackBatch } from '../../nn/tfjs/autoencoder-trainer.ts';
import { openTensors } from '../../nn/tfjs/backend.ts';
import { fitFeatureScale } from '../head/feature-scale.ts';
import { createRandom, type Random, shuffledOrder } from '../random.ts';
import { type Autoencoder, encodeTracks, standardized } from './autoencoder.ts';
import { firstWeights } from './first-weights.ts';

/** Of the map; other sizes are free. */
export const LATENT_SIZE = 50;
/** With fewer tracks there is nothing to hold out: the principal components stay as they are. */
export const MIN_TRACKS = 50;
const HELD_OUT_SHARE = 0.1;
const MAX_HELD_OUT = 2000;
/** The principal components are taken from at most this many tracks. */
const MAX_PRINCIPAL_ROWS = 20_000;
const BATCH_SIZE = 128;
const MIN_STEPS_PER_ROUND = 25;
const MAX_STEPS_PER_ROUND = 100;
const MAX_ROUNDS = 50;
/** Adam knows the slopes only after some steps; until then it would undo the principal components. */
const WARM_UP_STEPS = 50;
/** Rounds without a better loss before the training ends. */
const PATIENCE = 6;
const STEP = { genreWeight: 0.1, rate: 1e-3, weightDecay: 0.5 };

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
 * inputSize-256-128-latent-128-256-inputSize (unless told) with rectifiers and linear shortcuts, Adam, reconstruction and genre loss; the weights are
 * those of the round with the least joint loss on held-out tracks. The same task on the same backend gives the same weights.
 * @throws StemscapeError cancelled | host.unavailable | model.failed
 */
export async function trainAutoencoder(task: AutoencoderTask): Promise<AutoencoderResult> {
  const { descriptors, n, classes, nClasses, seed, latentSize = LATENT_SIZE, maxRounds = MAX_ROUNDS } = task;
  const inputSize = n > 0 ? descriptors.length / n : 0;
  const random = createRandom(seed);
  const scale = fitFeatureScale([descriptors], inputSize);
  const rows = standardized(descriptors, n, scale);
  const { training, heldOut } = split(n, random);
  const hidden = task.hidden ?? [256, 128].map((width) => Math.max(width, latentSize));
  const shape: AutoencoderShape = { inputSize, latentSize, hidden, nClasses };
  const tracks: Tracks = { rows, classes, inputSize };
  await openTensors('auto');
  const start = firstWeights(shape, batchOf(tracks, training.subarray(0, MAX_PRINCIPAL_ROWS)).rows, random);
  const trainer = new AutoencoderTrainer(shape, start);
  try {
    const judge = (): BatchLosses => evaluate(trainer, tracks, heldOut.length > 0 ? heldOut : training);
    const principal = judge();
    const best =
      heldOut.length > 0
        ? await learn(trainer, tracks, training, judge, random, { maxRounds, onProgress: task.onProgress })
        : null;
    const chosen = best ?? { values: start, losses: principal, nRounds: 0 };
    const tensors = new Map(encoderTensors(shape).map(({ name }) => [name, chosen.values.get(name)!]));
    const autoencoder = { shape, scale, tensors };
    const encode = (fresh: Float32Array, nFresh: number): Promise<Float32Array> => encodeTracks(autoencoder, fresh, nFresh);
    const hasLabels = nClasses > 0 && heldOut.some((i) => classes[i]! >= 0);
    return {
      kind: heldOut.length > 0 ? 'autoencoder' : 'principalComponents',
      autoencoder,
      latent: await encode(descriptors, n),
      encode,
      nHeldOut: heldOut.length,
      reconstructionLoss: chosen.losses.reconstruction,
      principalLoss: principal.reconstruction,
      genreLoss: hasLabels ? chosen.losses.genre : null,
      nRounds: chosen.nRounds,
    };
  } finally {
    trainer.dispose();
  }
}

interface Tracks {
  rows: Float32Array;
  classes: Int32Array;
  inputSize: number;
}

function split(n: number, random: Random): { training: Int32Array; heldOut: Int32Array } {
  const order = shuffledOrder(n, random);
  const nHeldOut = n < MIN_TRACKS ? 0 : Math.min(MAX_HELD_OUT, Math.round(n * HELD_OUT_SHARE));
  return { heldOut: order.slice(0, nHeldOut), training: order.slice(nHeldOut) };
}

/** Tracks with a label first, as the trainer wants them. */
function batchOf({ rows, classes, inputSize }: Tracks, ids: Int32Array): TrackBatch {
  const labelled = ids.filter((i) => classes[i]! >= 0);
  const batch = new Float32Array(ids.length * inputSize);
  const sorted = [...labelled, ...ids.filter((i) => classes[i]! < 0)];
  for (const [to, i] of sorted.entries()) batch.set(rows.subarray(i * inputSize, (i + 1) * inputSize), to * inputSize);
  return { rows: batch, n: ids.length, classes: labelled.map((i) => classes[i]!) };
}

function evaluate(trainer: AutoencoderTrainer, tracks: Tracks, ids: Int32Array): BatchLosses {
  let [reconstruction, genre, nLabelled] = [0, 0, 0];
  for (let from = 0; from < ids.length; from += BATCH_SIZE) {
    const batch = batchOf(tracks, ids.subarray(from, from + BATCH_SIZE));
    const losses = trainer.evaluate(batch);
    reconstruction += (losses.reconstruction * batch.n) / ids.length;
    genre += losses.genre * batch.classes.length;
    nLabelled += batch.classes.length;
  }
  return { reconstruction, genre: genre / Math.max(1, nLabelled) };
}

interface Best {
  values: Map<string, Float32Array>;
  losses: BatchLosses;
  nRounds: number;
}

async function learn(
  trainer: AutoencoderTrainer,
  tracks: Tracks,
  training: Int32Array,
  judge: () => BatchLosses,
  random: Random,
  { maxRounds, onProgress }: { maxRounds: number; onProgress: AutoencoderTask['onProgress'] },
): Promise<Best> {
  const jointOf = ({ reconstruction, genre }: BatchLosses): number => reconstruction + STEP.genreWeight * genre;
  const best: Best = { values: trainer.values(), losses: judge(), nRounds: 0 };
  const batches = endlessBatches(training, random);
  const nSteps = Math.min(MAX_STEPS_PER_ROUND, Math.max(MIN_STEPS_PER_ROUND, Math.ceil(training.length / BATCH_SIZE)));
  let bestRound = 0;
  for (let round = 1; round <= maxRounds && round - bestRound <= PATIENCE; round++) {
    for (let step = 0; step < nSteps; step++) {
      // Messages, a cancel among them, are heard only when the computation lets go.
      await setImmediate();
      if (onProgress?.((round - 1 + step / nSteps) / maxRounds) === false) throw new StemscapeError('cancelled', 'Cancelled.');
      const warmth = Math.min(1, ((round - 1) * nSteps + step + 1) / WARM_UP_STEPS);
      trainer.train(batchOf(tracks, batches.next().value), { ...STEP, rate: warmth * STEP.rate });
    }
    const losses = judge();
    if (!Number.isFinite(jointOf(losses))) throw new StemscapeError('model.failed', 'The training has lost its way.');
    if (jointOf(losses) < jointOf(best.losses)) {
      bestRound = round;
      Object.assign(best, { values: trainer.values(), losses });
    }
    best.nRounds = round;
  }
  return best;
}

/** Every track once, in random order, and again. */
function* endlessBatches(training: Int32Array, random: Random): Generator<Int32Array, never> {
  for (;;) {
    const order = shuffledOrder(training.length, random);
    for (let from = 0; from < order.length; from += BATCH_SIZE) {
      yield order.subarray(from, from + BATCH_SIZE).map((place) => training[place]!);
    }
  }
}
