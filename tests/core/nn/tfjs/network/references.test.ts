// Layers and losses against PyTorch.
import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTensors } from '../../../../../src/core/nn/tfjs/backend.ts';
import { batchNorm } from '../../../../../src/core/nn/tfjs/network/batch-norm.ts';
import { conv1d, conv2d, separableConv2d } from '../../../../../src/core/nn/tfjs/network/convolution.ts';
import { dense, flatten } from '../../../../../src/core/nn/tfjs/network/dense.ts';
import { weightedBinaryCrossEntropy, weightedCrossEntropy } from '../../../../../src/core/nn/tfjs/network/losses.ts';
import { lstm } from '../../../../../src/core/nn/tfjs/network/lstm.ts';
import type { Net } from '../../../../../src/core/nn/tfjs/network/net.ts';
import { NetworkTrainer } from '../../../../../src/core/nn/tfjs/network/network-trainer.ts';
import { reshape, type Tensor, type Tensor3D, type Tensor4D, transpose } from '../../../../../src/core/nn/tfjs/network/ops.ts';
import { averagePool2d, maxPool2d } from '../../../../../src/core/nn/tfjs/network/pooling.ts';
import { gru } from '../../../../../src/core/nn/tfjs/network/recurrent.ts';
import { createRandom } from '../../../../../src/core/training/random.ts';
import reference from '../../../../reference/layers.json' with { type: 'json' };
import { maxDifference } from '../../../../reference/signals.ts';
import { examplesFor, valuesFor } from '../../../../support/network-values.ts';

const { n, losses } = reference;
const shape = reference.shape as [number, number, number];

beforeAll(async () => {
  await openTensors('auto');
});

const sequence = (x: Tensor4D) => reshape(transpose(x, [0, 2, 1, 3]), [x.shape[0], shape[1], shape[0] * shape[2]]) as Tensor3D;

const LAYERS: Record<keyof typeof reference.cases, (net: Net, x: Tensor4D) => Tensor> = {
  plain: (net, x) => conv2d(net, 'layer', x, { filters: 5, kernel: 3 }),
  strided: (net, x) => conv2d(net, 'layer', x, { filters: 5, kernel: [3, 5], stride: [2, 1], padding: [1, 2] }),
  holes: (net, x) => conv2d(net, 'layer', x, { filters: 5, kernel: [2, 3], dilation: [2, 1], padding: 'valid' }),
  separable: (net, x) => separableConv2d(net, 'layer', x, { filters: 6, kernel: 3 }),
  sequence: (net, x) => conv1d(net, 'layer', sequence(x), { filters: 5, kernel: 3, dilation: 2 }),
  gru: (net, x) => gru(net, 'layer', sequence(x), 6),
  lstm: (net, x) => lstm(net, 'layer', sequence(x), 6),
  maxPool: (_, x) => maxPool2d(x, 3, { stride: 2, padding: 1 }),
  averagePool: (_, x) => averagePool2d(x, [3, 2], { stride: 2, padding: 1 }),
  norm: (net, x) => batchNorm(net, 'layer', x, { momentum: 0.7 }),
};

/** What a layer gives, looked at from inside a network that ends in one logit of it. */
function outputOf(layer: (net: Net, x: Tensor4D) => Tensor, tensors: Record<string, readonly number[]>) {
  const seen = { values: new Float32Array(0), shape: [] as number[] };
  const forward = (net: Net, x: Tensor4D) => {
    const y = layer(net, x);
    seen.values = Float32Array.from(y.dataSync());
    seen.shape = y.shape;
    return dense(net, 'out', flatten(y), { units: 1 });
  };
  const trainer = new NetworkTrainer({ forward }, { shape, nClasses: 2, loss: 'binary', seed: 1, chance: createRandom });
  trainer.restore(new Map([...trainer.values(), ...valuesFor(tensors)]));
  const batch = { x: examplesFor(n, shape), n, classes: new Int32Array(n), weights: new Float32Array(n).fill(1) };
  return { trainer, seen, batch };
}

describe('layers', () => {
  it.each(Object.keys(LAYERS) as (keyof typeof LAYERS)[])('%s', (name) => {
    const wanted = reference.cases[name];
    const { trainer, seen, batch } = outputOf(LAYERS[name], wanted.tensors as unknown as Record<string, number[]>);
    trainer.score(batch);
    expect(seen.shape).toEqual(wanted.shape);
    expect(maxDifference(seen.values, wanted.values)).toBeLessThan(1e-5);
    trainer.dispose();
  });

  it('batch normalization while it learns, and the running statistics that it leaves', () => {
    const tensors = reference.cases.norm.tensors as unknown as Record<string, number[]>;
    const { trainer, seen, batch } = outputOf(LAYERS.norm, tensors);
    trainer.loss(batch);
    expect(maxDifference(seen.values, reference.norm.learning)).toBeLessThan(1e-5);
    expect(maxDifference(trainer.values().get('layer.mean')!, reference.norm.mean)).toBeLessThan(1e-5);
    expect(maxDifference(trainer.values().get('layer.variance')!, reference.norm.variance)).toBeLessThan(1e-5);
    trainer.dispose();
  });
});

it('losses of examples that count differently, of targets that are spread, and of large logits', () => {
  const logits = tensor2d(losses.logits);
  const weights = tensor2d(losses.weights, [3, 1]);
  expect(weightedCrossEntropy(logits, tensor2d(losses.targets), weights).dataSync()[0]).toBeCloseTo(losses.categorical, 4);
  const first = tensor2d(
    losses.logits.map(([value]) => value!),
    [3, 1],
  );
  expect(weightedBinaryCrossEntropy(first, tensor2d(losses.yes, [3, 1]), weights).dataSync()[0]).toBeCloseTo(losses.binary, 4);
});
