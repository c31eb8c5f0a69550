// The four networks against PyTorch, and that each learns eight examples by heart.
import { beforeAll, describe, expect, it } from 'vitest';
import { trainNetwork } from '../../../../src/core/laboratory/networks/train-network.ts';
import { stemsCnn } from '../../../../src/core/laboratory/stems-cnn/network.ts';
import { openTensors } from '../../../../src/core/nn/tfjs/backend.ts';
import { NetworkTrainer } from '../../../../src/core/nn/tfjs/network/network-trainer.ts';
import { createRandom } from '../../../../src/core/training/random.ts';
import { maxDifference } from '../../../reference/signals.ts';
import reference from '../../../reference/stems-cnn.json' with { type: 'json' };
import { examplesFor, examplesInMemory, trainedShapes, valuesFor } from '../../../support/network-values.ts';

const { n, nClasses } = reference;
const [nMels, nFrames] = reference.shape as [number, number];

beforeAll(async () => {
  await openTensors('auto');
});

describe.each(reference.cases)('$nChannels spectrograms, separable: $isSeparable', (wanted) => {
  const { nChannels, isSeparable } = wanted;
  const shape = [nMels, nFrames, nChannels] as const;
  it('has the shapes and numbers of parameters, and gives the logits, loss and gradients of PyTorch', () => {
    // PyTorch draws other numbers: without dropout here and there.
    const network = stemsCnn({ isSeparable, dropout: 0 }, nClasses);
    const trainer = new NetworkTrainer(network, { shape, nClasses, loss: 'categorical', seed: 1, chance: createRandom });
    expect(trainedShapes(trainer)).toEqual(wanted.trained);
    expect(trainer.nParameters).toBe(wanted.nParameters);
    trainer.restore(valuesFor({ ...wanted.trained, ...wanted.running }));
    const x = examplesFor(n, shape);
    expect(maxDifference(trainer.logits({ x, n }), wanted.logits)).toBeLessThan(1e-4);
    const classes = Int32Array.from(reference.classes);
    const learning = trainer.gradients({ x, n, classes, weights: Float32Array.from(reference.weights) });
    expect(learning.loss).toBeCloseTo(wanted.loss, 4);
    for (const [name, gradient] of [
      ['first.norm.gamma', wanted.gammaGradient],
      ['first.kernel', wanted.kernelGradient],
    ] as const)
      expect(maxDifference(learning.gradients.get(name)!, gradient)).toBeLessThan(0.01 * Math.max(...gradient.map(Math.abs)));
    trainer.dispose();
  });

  const small = [64, 100, nChannels] as const;
  it('learns eight examples by heart', async () => {
    const places = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const { probabilities } = await trainNetwork({
      network: stemsCnn({ isSeparable }, 4),
      examples: examplesInMemory(examplesFor(8, small), small),
      classes: Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3),
      nClasses: 4,
      learned: places,
      checked: places,
      tested: places,
      recipe: {
        nEpochs: 60,
        batchSize: 8,
        rate: 1e-2,
        schedule: { kind: 'constant' },
        weightDecay: 0,
        labelSmoothing: 0,
        loss: 'categorical',
        usesClassWeights: true,
        keep: 'leastLoss',
        patience: null,
      },
      seed: 2,
      onProgress: () => {},
    });
    for (let i = 0; i < 8; i++) {
      const row = probabilities.subarray(4 * i, 4 * i + 4);
      expect(row.indexOf(Math.max(...row))).toBe(i % 4);
    }
  }, 120_000);
});
