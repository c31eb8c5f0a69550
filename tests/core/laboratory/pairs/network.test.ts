// The network for two genres against PyTorch, and that it learns eight examples by heart.
import { beforeAll, expect, it } from 'vitest';
import { trainNetwork } from '../../../../src/core/laboratory/networks/train-network.ts';
import { pairNetwork } from '../../../../src/core/laboratory/pairs/network.ts';
import { openTensors } from '../../../../src/core/nn/tfjs/backend.ts';
import { NetworkTrainer } from '../../../../src/core/nn/tfjs/network/network-trainer.ts';
import { createRandom } from '../../../../src/core/training/random.ts';
import reference from '../../../reference/pairs.json' with { type: 'json' };
import { maxDifference } from '../../../reference/signals.ts';
import { examplesFor, examplesInMemory, trainedShapes, valuesFor } from '../../../support/network-values.ts';

const network = pairNetwork({}, 2);

beforeAll(async () => {
  await openTensors('auto');
});

it('has the shapes and the number of parameters, and gives the logits, loss and gradients of PyTorch', () => {
  const { n } = reference;
  const shape = reference.shape as [number, number, number];
  const trainer = new NetworkTrainer(network, { shape, nClasses: 2, loss: 'binary', seed: 1, chance: createRandom });
  expect(trainedShapes(trainer)).toEqual(reference.trained);
  expect(trainer.nParameters).toBe(reference.nParameters);
  trainer.restore(valuesFor(reference.trained));
  const x = examplesFor(n, shape);
  expect(maxDifference(trainer.logits({ x, n }), reference.logits)).toBeLessThan(1e-4);
  const learning = trainer.gradients({
    x,
    n,
    classes: Int32Array.from(reference.second),
    weights: Float32Array.from(reference.weights),
  });
  expect(learning.loss).toBeCloseTo(reference.loss, 4);
  for (const [name, gradient] of Object.entries(reference.gradients))
    expect(maxDifference(learning.gradients.get(name)!, gradient), name).toBeLessThan(0.01 * Math.max(...gradient.map(Math.abs)));
  trainer.dispose();
});

it('learns eight examples by heart', async () => {
  const shape = [32, 40, 1] as const;
  const places = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
  const { probabilities } = await trainNetwork({
    network,
    examples: examplesInMemory(examplesFor(8, shape), shape),
    classes: places.map((i) => i % 2),
    nClasses: 2,
    learned: places,
    checked: new Int32Array(0),
    tested: places,
    recipe: {
      nEpochs: 80,
      batchSize: 8,
      rate: 1e-2,
      schedule: { kind: 'constant' },
      weightDecay: 0,
      labelSmoothing: 0,
      loss: 'binary',
      usesClassWeights: true,
      keep: 'last',
      patience: null,
    },
    seed: 2,
    onProgress: () => {},
  });
  for (let i = 0; i < 8; i++) expect(probabilities[2 * i + (i % 2)]!).toBeGreaterThan(0.5);
}, 120_000);
