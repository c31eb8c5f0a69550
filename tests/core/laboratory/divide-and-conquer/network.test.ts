// The convolutional-recurrent network and its variants against PyTorch, and that each learns eight examples by heart.
import { beforeAll, describe, expect, it } from 'vitest';
import { divideAndConquer } from '../../../../src/core/laboratory/divide-and-conquer/network.ts';
import { VARIANTS } from '../../../../src/core/laboratory/divide-and-conquer/variants.ts';
import { trainNetwork } from '../../../../src/core/laboratory/networks/train-network.ts';
import { openTensors } from '../../../../src/core/nn/tfjs/backend.ts';
import { NetworkTrainer } from '../../../../src/core/nn/tfjs/network/network-trainer.ts';
import { createRandom } from '../../../../src/core/training/random.ts';
import reference from '../../../reference/divide-and-conquer.json' with { type: 'json' };
import { maxDifference } from '../../../reference/signals.ts';
import { examplesFor, examplesInMemory, trainedShapes, valuesFor } from '../../../support/network-values.ts';

const { n, nClasses, nMels } = reference;

beforeAll(async () => {
  await openTensors('auto');
});

describe.each(reference.cases)('$options on $nFrames frames', (wanted) => {
  it('has the shapes and numbers of parameters, and gives the logits, loss and gradients of PyTorch', () => {
    const shape = [nMels, wanted.nFrames, 1] as const;
    // PyTorch draws other numbers: without dropout here and there.
    const network = divideAndConquer({ ...wanted.options, dropout: 0 }, nClasses);
    const trainer = new NetworkTrainer(network, { shape, nClasses, loss: 'categorical', seed: 1, chance: createRandom });
    const trained = wanted.trained as unknown as Record<string, number[]>;
    expect(trainedShapes(trainer)).toEqual(trained);
    expect(trainer.nParameters).toBe(wanted.nParameters);
    trainer.restore(valuesFor({ ...trained, ...(wanted.running as unknown as Record<string, number[]>) }));
    const x = examplesFor(n, shape);
    expect(maxDifference(trainer.logits({ x, n }), wanted.logits)).toBeLessThan(1e-4);
    const classes = Int32Array.from(reference.classes);
    const learning = trainer.gradients({ x, n, classes, weights: Float32Array.from(reference.weights) });
    expect(learning.loss).toBeCloseTo(wanted.loss, 4);
    for (const [name, gradient] of Object.entries(wanted.gradients as unknown as Record<string, number[]>))
      expect(maxDifference(learning.gradients.get(name)!, gradient), name).toBeLessThan(
        0.01 * Math.max(...gradient.map(Math.abs)),
      );
    trainer.dispose();
  });
});

it('variants of one network have the same parameters whatever the length, and fewer convolutions have fewer', () => {
  const countOf = (options: (typeof VARIANTS)[number]['options'], nFrames: number) => {
    const shape = [nMels, nFrames, 1] as const;
    const trainer = new NetworkTrainer(divideAndConquer(options, nClasses), {
      shape,
      nClasses,
      loss: 'categorical',
      seed: 1,
      chance: createRandom,
    });
    const { nParameters } = trainer;
    trainer.dispose();
    return nParameters;
  };
  const counts = VARIANTS.map(({ options }) => countOf(options, 129));
  expect(VARIANTS.map(({ options }) => countOf(options, 427))).toEqual(counts);
  expect(counts).toEqual([24_090, 24_090, 24_090, 18_874, 14_170, 21_978]);
});

/** Patterns of blocks: single points of noise are lost in the pooling. */
function blocks(n: number, [height, width]: readonly [number, number, number]): Float32Array {
  const coarse = examplesFor(n, [8, 8]);
  return Float32Array.from({ length: n * height * width }, (_, at) => {
    const [i, row, column] = [Math.floor(at / (height * width)), Math.floor(at / width) % height, at % width];
    return coarse[64 * i + 8 * Math.floor((8 * row) / height) + Math.floor((8 * column) / width)]!;
  });
}

/** The others have the base's layers. */
const LAYERS = VARIANTS.filter(({ name }) => !['L2', 'Learning-rate schedule'].includes(name));

describe.each(LAYERS)('$name', ({ options, schedule }) => {
  const shape = [128, 32, 1] as const;
  it('learns eight examples by heart', async () => {
    const places = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const { probabilities } = await trainNetwork({
      network: divideAndConquer(options, 4),
      examples: examplesInMemory(blocks(8, shape), shape),
      classes: places.map((i) => i % 4),
      nClasses: 4,
      learned: places,
      checked: places,
      tested: places,
      recipe: {
        // Learned after ten; the rest is for the running statistics, which a step moves by a tenth.
        nEpochs: 75,
        batchSize: 8,
        rate: 3e-3,
        schedule,
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
