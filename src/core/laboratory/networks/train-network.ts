// A network trained from nothing, epoch by epoch: batches in a seeded order, figures after every epoch, the weights of the best one kept.
import type { FitEpoch, FitStep } from '../../domain/laboratory-networks.ts';
import type { Network } from '../../nn/tfjs/network/net.ts';
import { NetworkTrainer, type NetworkValues } from '../../nn/tfjs/network/network-trainer.ts';
import { accuracyOf, guessesOf, macroF1Of } from '../../training/evaluation/metrics.ts';
import { createRandom, type Random, shuffled } from '../../training/random.ts';
import { pickClasses } from '../rows.ts';
import { rateAt } from './rate-schedule.ts';
import type { Examples } from './segment-reader.ts';

export interface FitRequest extends Pick<FitStep, 'classes' | 'nClasses' | 'learned' | 'checked' | 'tested' | 'recipe' | 'seed'> {
  network: Network;
  examples: Examples;
  /** How far the training is, 0..1; null = it lives. */
  onProgress: (fraction: number | null) => void;
}

export interface Fit {
  nParameters: number;
  bestEpoch: number;
  epochs: FitEpoch[];
  probabilities: Float32Array;
  values: NetworkValues;
}

/** `openTensors` must have come first. The same request on the same backend gives the same numbers. */
export async function trainNetwork(request: FitRequest): Promise<Fit> {
  const { network, examples, nClasses, recipe, seed, tested } = request;
  const { loss, nEpochs, keep, patience } = recipe;
  const trainer = new NetworkTrainer(network, { shape: examples.shape, nClasses, loss, seed, chance: createRandom });
  try {
    const random = createRandom(seed);
    const epochs: FitEpoch[] = [];
    let best = { epoch: 0, values: trainer.values(), loss: Number.POSITIVE_INFINITY };
    for (let epoch = 0; epoch < nEpochs; epoch++) {
      const learnedLoss = await learnEpoch(trainer, request, epoch, epochs, random);
      const figures = { learnedLoss, ...(await check(trainer, request)) };
      epochs.push(figures);
      if (keep === 'last' || figures.checkedLoss < best.loss)
        best = { epoch: epoch + 1, values: trainer.values(), loss: figures.checkedLoss };
      if (patience !== null && keep === 'leastLoss' && epoch + 1 - best.epoch >= patience) break;
    }
    trainer.restore(best.values);
    const probabilities = await scoreAll(trainer, request, tested);
    return { nParameters: trainer.nParameters, bestEpoch: best.epoch, epochs, probabilities, values: best.values };
  } finally {
    trainer.dispose();
  }
}

/** @returns the mean loss of the epoch's batches, each before its update */
async function learnEpoch(
  trainer: NetworkTrainer,
  { examples, classes, nClasses, learned, recipe, onProgress }: FitRequest,
  epoch: number,
  epochs: readonly FitEpoch[],
  random: Random,
): Promise<number> {
  const { batchSize, weightDecay, labelSmoothing, nEpochs, usesClassWeights } = recipe;
  const weights = usesClassWeights ? classWeights(pickClasses(classes, learned), nClasses) : new Float32Array(nClasses).fill(1);
  const batches = batchesOf(shuffled(learned, random), batchSize);
  let total = 0;
  for (const [i, places] of batches.entries()) {
    const own = pickClasses(classes, places);
    const batch = {
      x: await examples.read(places),
      n: places.length,
      classes: own,
      weights: Float32Array.from(own, (c) => weights[c]!),
    };
    const rate = rateAt(recipe, epoch, i / batches.length, epochs);
    total += trainer.learn(batch, { rate, weightDecay, labelSmoothing });
    onProgress((epoch + (i + 1) / batches.length) / nEpochs);
  }
  return total / batches.length;
}

/** A last batch of one example joins the one before it: it has no spread to normalize by. */
export function batchesOf(places: readonly number[], batchSize: number): Int32Array[] {
  const n = Math.max(1, Math.ceil(places.length / batchSize));
  const batches = Array.from({ length: n }, (_, i) => places.slice(i * batchSize, (i + 1) * batchSize));
  if (n > 1 && batches.at(-1)!.length === 1) batches.at(-2)!.push(...batches.pop()!);
  return batches.map((batch) => Int32Array.from(batch));
}

/** n / (number of classes x examples of the class), as scikit-learn's 'balanced'. */
export function classWeights(classes: Int32Array, nClasses: number): Float32Array {
  const counts = new Float32Array(nClasses);
  for (const each of classes) counts[each] = counts[each]! + 1;
  const nSeen = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : classes.length / (nSeen * count)));
}

async function check(trainer: NetworkTrainer, request: FitRequest): Promise<Omit<FitEpoch, 'learnedLoss'>> {
  const { checked, nClasses } = request;
  const probabilities = await scoreAll(trainer, request, checked);
  const labels = pickClasses(request.classes, checked);
  const guesses = guessesOf(probabilities, nClasses);
  const losses = labels.reduce((sum, label, i) => sum - Math.log(Math.max(1e-7, probabilities[i * nClasses + label]!)), 0);
  return {
    checkedLoss: losses / Math.max(1, labels.length),
    checkedAccuracy: accuracyOf(labels, guesses),
    checkedMacroF1: macroF1Of(labels, guesses, nClasses),
  };
}

async function scoreAll(
  trainer: NetworkTrainer,
  { examples, nClasses, recipe, onProgress }: FitRequest,
  places: Int32Array,
): Promise<Float32Array> {
  const probabilities = new Float32Array(places.length * nClasses);
  for (let from = 0; from < places.length; from += recipe.batchSize) {
    const some = places.subarray(from, from + recipe.batchSize);
    onProgress(null);
    probabilities.set(trainer.score({ x: await examples.read(some), n: some.length }), from * nClasses);
  }
  return probabilities;
}
