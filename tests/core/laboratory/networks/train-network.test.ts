// The training loop: what it keeps, what it weighs, and that nothing of the tested examples reaches the weights.
import { beforeAll, expect, it } from 'vitest';
import type { FitRecipe } from '../../../../src/core/domain/laboratory-networks.ts';
import { rateAt } from '../../../../src/core/laboratory/networks/rate-schedule.ts';
import { batchesOf, classWeights, trainNetwork } from '../../../../src/core/laboratory/networks/train-network.ts';
import { openTensors } from '../../../../src/core/nn/tfjs/backend.ts';
import { conv2d } from '../../../../src/core/nn/tfjs/network/convolution.ts';
import { dense, dropout, flatten } from '../../../../src/core/nn/tfjs/network/dense.ts';
import type { Network } from '../../../../src/core/nn/tfjs/network/net.ts';
import { relu } from '../../../../src/core/nn/tfjs/network/ops.ts';
import { maxPool2d } from '../../../../src/core/nn/tfjs/network/pooling.ts';
import { createRandom } from '../../../../src/core/training/random.ts';

const RECIPE: FitRecipe = {
  nEpochs: 4,
  batchSize: 8,
  rate: 0.01,
  schedule: { kind: 'constant' },
  weightDecay: 0,
  labelSmoothing: 0,
  loss: 'categorical',
  usesClassWeights: true,
  keep: 'leastLoss',
  patience: null,
};
const SHAPE = [6, 10, 1] as const;
const N = 40;
const random = createRandom(5);
const classes = Int32Array.from({ length: N }, (_, i) => i % 3);
/** Noise with a bright row for each class. */
const pictures = Array.from(classes, (c) =>
  Float32Array.from({ length: 60 }, (_, i) => 0.6 * random.next() + (Math.floor(i / 10) === 2 * c ? 0.4 : 0)),
);
const examplesOf = (all: readonly Float32Array[]) => ({
  shape: SHAPE,
  read: (places: Int32Array) => Promise.resolve(Float32Array.from([...places].flatMap((place) => [...all[place]!]))),
});
const network: Network = {
  forward(net, x) {
    const h = maxPool2d(relu(conv2d(net, 'first', x, { filters: 4, kernel: 3 })), 2);
    return dense(net, 'classes', dropout(net, 'dropout', flatten(h), 0.2), { units: 3 });
  },
};
const places = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
const train = (recipe: Partial<FitRecipe> = {}, all = pictures) =>
  trainNetwork({
    network,
    examples: examplesOf(all),
    classes,
    nClasses: 3,
    learned: places(0, 24),
    checked: places(24, 30),
    tested: places(30, N),
    recipe: { ...RECIPE, ...recipe },
    seed: 7,
    onProgress: () => {},
  });

beforeAll(async () => {
  await openTensors('auto');
});

it('learns, keeps the epoch of the least checked loss, and is the same again', async () => {
  const first = await train({ nEpochs: 12 });
  const losses = first.epochs.map(({ checkedLoss }) => checkedLoss);
  expect(first.epochs).toHaveLength(12);
  expect(first.epochs.at(-1)!.learnedLoss).toBeLessThan(0.7 * first.epochs[0]!.learnedLoss);
  expect(first.bestEpoch).toBe(1 + losses.indexOf(Math.min(...losses)));
  expect(first.probabilities).toHaveLength(3 * (N - 30));
  expect((await train({ nEpochs: 12 })).values).toEqual(first.values);
  expect((await train({ nEpochs: 2, keep: 'last' })).bestEpoch).toBe(2);
});

it('does not look at tested examples, and ends when it gets no better', async () => {
  const before = await train({ nEpochs: 3 });
  const changed = pictures.map((picture, i) => (i < 30 ? picture : picture.map((v) => 1 - v)));
  const after = await train({ nEpochs: 3 }, changed);
  expect(after.values).toEqual(before.values);
  expect(after.probabilities).not.toEqual(before.probabilities);
  // Rates so large that nothing is learned any more.
  const lost = await train({ nEpochs: 30, rate: 10, patience: 2 });
  expect(lost.epochs.length).toBe(lost.bestEpoch + 2);
});

it('weighs classes by how few they are, and never learns from one example alone', () => {
  expect([...classWeights(Int32Array.of(0, 0, 0, 1), 3)]).toEqual([4 / 6, 2, 0].map(Math.fround));
  expect(batchesOf([1, 2, 3, 4, 5], 2).map((batch) => [...batch])).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  expect(batchesOf([1, 2, 3, 4], 2)).toHaveLength(2);
});

it('rates follow their schedule', () => {
  const epoch = (checkedLoss: number) => ({ learnedLoss: 0, checkedLoss, checkedAccuracy: 0, checkedMacroF1: 0 });
  const rates = (schedule: FitRecipe['schedule'], at: [number, number][], epochs = [3, 2, 2.5, 2.1, 2.2].map(epoch)) =>
    at.map(([e, f]) => rateAt({ ...RECIPE, nEpochs: 10, rate: 1, schedule }, e, f, epochs));
  expect(rates({ kind: 'constant' }, [[7, 0.5]])).toEqual([1]);
  expect(
    rates({ kind: 'steps', everyEpochs: 2, factor: 0.5 }, [
      [1, 0.9],
      [2, 0],
      [5, 0],
    ]),
  ).toEqual([1, 0.5, 0.25]);
  const cosine = rates({ kind: 'cosine', warmupEpochs: 2 }, [
    [1, 0],
    [2, 0],
    [6, 0],
    [10, 0],
  ]);
  for (const [i, wanted] of [0.5, 1, 0.5, 0].entries()) expect(cosine[i]).toBeCloseTo(wanted, 6);
  expect(rates({ kind: 'plateau', patience: 2, factor: 0.1 }, [[5, 0]])).toEqual([0.1]);
  expect(rates({ kind: 'plateau', patience: 4, factor: 0.1 }, [[5, 0]])).toEqual([1]);
});
