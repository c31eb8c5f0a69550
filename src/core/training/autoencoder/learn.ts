// Rounds of gradient steps on an autoencoder, each judged on tracks it does not learn from; the best round's weights are kept.
import { setImmediate } from 'node:timers/promises';
import { StemscapeError } from '../../domain/errors.ts';
import type { AutoencoderTrainer, BatchLosses, TrackBatch } from '../../nn/tfjs/autoencoder-trainer.ts';
import { type Random, shuffledOrder } from '../random.ts';

const BATCH_SIZE = 128;
const MIN_STEPS_PER_ROUND = 25;
const MAX_STEPS_PER_ROUND = 100;
/** Adam knows the slopes only after some steps; until then it would undo the principal components. */
const WARM_UP_STEPS = 50;
/** Rounds without a better loss before the training ends. */
const PATIENCE = 6;
const STEP = { genreWeight: 0.1, rate: 1e-3, weightDecay: 0.5 };

/** Standardised descriptors, [n x inputSize], and classes, -1 for none. */
export interface Tracks {
  rows: Float32Array;
  classes: Int32Array;
  inputSize: number;
}

/** Tracks with a label first, as the trainer wants them. */
export function batchOf({ rows, classes, inputSize }: Tracks, ids: Int32Array): TrackBatch {
  const labelled = ids.filter((i) => classes[i]! >= 0);
  const batch = new Float32Array(ids.length * inputSize);
  const sorted = [...labelled, ...ids.filter((i) => classes[i]! < 0)];
  for (const [to, i] of sorted.entries()) batch.set(rows.subarray(i * inputSize, (i + 1) * inputSize), to * inputSize);
  return { rows: batch, n: ids.length, classes: labelled.map((i) => classes[i]!) };
}

/** Mean losses over tracks. */
export function evaluate(trainer: AutoencoderTrainer, tracks: Tracks, ids: Int32Array): BatchLosses {
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

export interface LearnOptions {
  maxRounds: number;
  /** Called with the share of all rounds, 0..1. @returns false to cancel */
  onProgress?: ((fraction: number) => boolean) | undefined;
}

export interface Best {
  values: Map<string, Float32Array>;
  losses: BatchLosses;
  nRounds: number;
}

/** @param judge losses on held-out tracks @throws StemscapeError cancelled | model.failed */
export async function learn(
  trainer: AutoencoderTrainer,
  tracks: Tracks,
  training: Int32Array,
  judge: () => BatchLosses,
  random: Random,
  { maxRounds, onProgress }: LearnOptions,
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
