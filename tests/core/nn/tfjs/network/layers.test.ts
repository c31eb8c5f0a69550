// The gradients of every layer against differences of the loss, and what layers do while a network learns and while it does not.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTensors } from '../../../../../src/core/nn/tfjs/backend.ts';
import { batchNorm } from '../../../../../src/core/nn/tfjs/network/batch-norm.ts';
import { conv1d, conv2d, separableConv2d } from '../../../../../src/core/nn/tfjs/network/convolution.ts';
import { dense, dropout, flatten } from '../../../../../src/core/nn/tfjs/network/dense.ts';
import { lstm } from '../../../../../src/core/nn/tfjs/network/lstm.ts';
import type { Net, Network } from '../../../../../src/core/nn/tfjs/network/net.ts';
import { type LearningBatch, NetworkTrainer } from '../../../../../src/core/nn/tfjs/network/network-trainer.ts';
import * as ops from '../../../../../src/core/nn/tfjs/network/ops.ts';
import {
  averagePool2d,
  globalAveragePool2d,
  globalMaxPool2d,
  maxPool2d,
} from '../../../../../src/core/nn/tfjs/network/pooling.ts';
import { gru, lastStep } from '../../../../../src/core/nn/tfjs/network/recurrent.ts';
import { createRandom, normal } from '../../../../../src/core/training/random.ts';

const SHAPE = [6, 9, 2] as const;
const N = 4;
const random = createRandom(3);
const BATCH: LearningBatch = {
  x: Float32Array.from({ length: N * 6 * 9 * 2 }, () => normal(random)),
  n: N,
  classes: Int32Array.of(0, 2, 1, 2),
  weights: Float32Array.of(1, 0.5, 2, 1),
};
/** Distance of five points, wide enough for float32 and exact up to the fourth power; and one that seldom makes another value the largest. */
const STEP = 5e-3;
const SMALL_STEP = 1e-3;

beforeAll(async () => {
  await openTensors('auto');
});

function trainerOf(forward: Network['forward'], loss: 'categorical' | 'binary' = 'categorical'): NetworkTrainer {
  return new NetworkTrainer(
    { forward },
    { shape: SHAPE, nClasses: loss === 'binary' ? 2 : 3, loss, seed: 1, chance: createRandom },
  );
}

/** Analytic gradients against differences, for some numbers of every tensor. */
function checkGradients(
  forward: Network['forward'],
  batch = BATCH,
  loss: 'categorical' | 'binary' = 'categorical',
  step = STEP,
): void {
  const trainer = trainerOf(forward, loss);
  const values = new Map(trainer.values());
  // Away from zeros and ones, where a missing term would not show.
  for (const [name, value] of values)
    values.set(
      name,
      value.map((each) => each + 0.1 * normal(random)),
    );
  for (const [name, value] of values) if (name.endsWith('variance')) values.set(name, value.map(Math.abs));
  const lossWith = (name: string, at: number, shift: number): number => {
    const shifted = values.get(name)!.slice();
    shifted[at] = shifted[at]! + shift;
    trainer.restore(new Map([...values, [name, shifted]]));
    return trainer.loss(batch);
  };
  trainer.restore(values);
  const { gradients } = trainer.gradients(batch);
  expect(gradients.size).toBeGreaterThan(0);
  for (const [name, gradient] of gradients) {
    const largest = Math.max(...gradient.map(Math.abs));
    expect(largest, name).toBeGreaterThan(1e-4);
    for (let at = 0; at < gradient.length; at += Math.max(1, Math.floor(gradient.length / 7))) {
      const near = lossWith(name, at, step) - lossWith(name, at, -step);
      const far = lossWith(name, at, 2 * step) - lossWith(name, at, -2 * step);
      const slope = (8 * near - far) / (12 * step);
      expect(Math.abs(gradient[at]! - slope), `${name}[${at}] ${gradient[at]} ${slope}`).toBeLessThan(0.02 * largest + 2e-4);
    }
  }
  trainer.dispose();
}

const classify = (net: Net, x: ops.Tensor) => dense(net, 'out', flatten(x), { units: 3 });
/** Smooth everywhere, so that differences are slopes. */
const smooth = (x: ops.Tensor4D) => ops.tanh(x);

describe('gradients', () => {
  const convolutions = {
    'a plain one': { kernel: 3 },
    'without padding': { kernel: [2, 3], padding: 'valid' },
    'with strides, padded as TensorFlow pads': { kernel: 3, stride: 2 },
    'with strides, padded evenly': { kernel: [3, 5], stride: [2, 1], padding: [1, 2] },
    'with holes': { kernel: 3, dilation: [1, 2] },
    'with holes, without padding': { kernel: [2, 3], dilation: 2, padding: 'valid' },
  } as const;
  for (const [name, options] of Object.entries(convolutions)) {
    it(`convolution: ${name}`, () => {
      checkGradients((net, x) => {
        const first = smooth(conv2d(net, 'first', x, { ...options, filters: 3 }));
        return classify(
          net,
          smooth(conv2d(net, 'second', first, { kernel: [2, 2], filters: 2, penalty: { l1: 0.01, l2: 0.02 } })),
        );
      });
    });
  }

  it('a separable convolution behind another layer', () => {
    checkGradients((net, x) => {
      const first = smooth(conv2d(net, 'first', x, { kernel: 3, filters: 3 }));
      const second = smooth(separableConv2d(net, 'second', first, { kernel: 3, filters: 4 }));
      return classify(
        net,
        separableConv2d(net, 'third', second, { kernel: [2, 3], filters: 2, padding: 'valid', dilation: [1, 2] }),
      );
    });
  });

  it('convolutions over time with holes', () => {
    checkGradients((net, x) => {
      const sequence = ops.reshape(ops.transpose(x, [0, 2, 1, 3]), [x.shape[0], 9, 12]) as ops.Tensor3D;
      const first = ops.tanh(conv1d(net, 'first', sequence, { kernel: 3, filters: 4, dilation: 2 }));
      return classify(net, conv1d(net, 'second', first, { kernel: 5, filters: 2, stride: 2, padding: 2 }));
    });
  });

  it('pooling by maximum and mean, with overlap and padding', () => {
    checkGradients(
      (net, x) => {
        const first = conv2d(net, 'first', x, { kernel: 3, filters: 4 });
        const pooled = averagePool2d(maxPool2d(first, 3, { stride: 2, padding: 1 }), 2, { stride: 1, padding: 1 });
        return classify(net, maxPool2d(averagePool2d(pooled, 2, { stride: 1 }), 2, { stride: 1 }));
      },
      BATCH,
      'categorical',
      SMALL_STEP,
    );
  });

  it('pooling over everything', () => {
    checkGradients((net, x) => {
      const first = smooth(conv2d(net, 'first', x, { kernel: 3, filters: 4 }));
      return classify(net, ops.concat([globalAveragePool2d(first), globalMaxPool2d(first)], 1));
    });
  });

  it('batch normalization by the batch', () => {
    checkGradients((net, x) => {
      const first = batchNorm(net, 'norm', conv2d(net, 'first', x, { kernel: 3, filters: 3, hasBias: false }));
      return classify(net, batchNorm(net, 'last', flatten(smooth(first))));
    });
  });

  it('a gated recurrent unit', () => {
    checkGradients((net, x) => {
      const sequence = ops.reshape(ops.transpose(x, [0, 2, 1, 3]), [x.shape[0], 9, 12]) as ops.Tensor3D;
      return classify(
        net,
        ops.concat([lastStep(gru(net, 'gru', sequence, 4)), ops.mean(gru(net, 'second', sequence, 3), 1) as ops.Tensor2D], 1),
      );
    });
  });

  it('a long short-term memory that large weights cost', () => {
    checkGradients((net, x) => {
      const sequence = ops.reshape(ops.transpose(x, [0, 2, 1, 3]), [x.shape[0], 9, 12]) as ops.Tensor3D;
      return classify(net, lstm(net, 'second', lstm(net, 'first', sequence, 4), 3, { l2: 0.02 }));
    });
  });

  it('activations, gates and attention', () => {
    checkGradients((net, x) => {
      const first = conv2d(net, 'first', x, { kernel: 3, filters: 4 });
      const [a, b] = ops.split(first, 2, 3) as [ops.Tensor4D, ops.Tensor4D];
      const gated = ops.mul(ops.elu(a), ops.sigmoid(b)) as ops.Tensor4D;
      const squeezed = ops.softmax(dense(net, 'squeeze', globalAveragePool2d(gated), { units: 2 }));
      const excited = ops.mul(gated, ops.reshape(squeezed, [x.shape[0], 1, 1, 2]));
      const weights = ops.exp(ops.leakyRelu(excited, 0.3));
      return classify(net, ops.div(excited, ops.add(ops.log(ops.add(weights, 1)), ops.sqrt(weights))));
    });
  });

  it('a yes or no', () => {
    const batch = { ...BATCH, classes: Int32Array.of(0, 1, 1, 0) };
    checkGradients(
      (net, x) => dense(net, 'out', flatten(smooth(conv2d(net, 'first', x, { kernel: 3, filters: 2 }))), { units: 1 }),
      batch,
      'binary',
    );
  });
});

it('running statistics follow the batches and stand in for them when nothing is learned', () => {
  const trainer = trainerOf((net, x) => dense(net, 'out', flatten(batchNorm(net, 'norm', x, { momentum: 0.8 })), { units: 3 }));
  const channel = Array.from({ length: BATCH.x.length / 2 }, (_, i) => BATCH.x[2 * i]!);
  const mean = channel.reduce((a, b) => a + b) / channel.length;
  const variance = channel.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (channel.length - 1);
  const before = trainer.score(BATCH);
  expect(trainer.score(BATCH)).toEqual(before);
  trainer.learn(BATCH, { rate: 0, weightDecay: 0, labelSmoothing: 0 });
  const values = trainer.values();
  expect(values.get('norm.mean')![0]).toBeCloseTo(0.2 * mean, 5);
  expect(values.get('norm.variance')![0]).toBeCloseTo(0.8 + 0.2 * variance, 5);
  expect(trainer.score(BATCH)).not.toEqual(before);
  trainer.dispose();
});

it('dropout leaves out its share, differently at every step and the same from the same seed', () => {
  const seen: number[][] = [];
  const forward: Network['forward'] = (net, x) => {
    const dropped = dropout(net, 'drop', ops.add(ops.mul(x, 0), 1) as ops.Tensor4D, 0.25);
    if (net.isLearning) seen.push([...dropped.dataSync()]);
    else expect(dropped.dataSync().every((v) => v === 1)).toBe(true);
    return dense(net, 'out', flatten(dropped), { units: 3 });
  };
  for (let run = 0; run < 2; run++) {
    const trainer = trainerOf(forward);
    for (let step = 0; step < 2; step++) trainer.learn(BATCH, { rate: 0.1, weightDecay: 0, labelSmoothing: 0 });
    trainer.dispose();
  }
  expect(new Set(seen[0])).toEqual(new Set([0, Math.fround(1 / 0.75)]));
  expect(seen[0]!.filter((v) => v === 0).length / seen[0]!.length).toBeCloseTo(0.25, 1);
  expect(seen[0]).not.toEqual(seen[1]);
  expect([seen[2], seen[3]]).toEqual([seen[0], seen[1]]);
});

it('the same seed learns the same, bit for bit, and names decide how a layer begins', () => {
  const forward: Network['forward'] = (net, x) =>
    classify(net, conv2d(net.within('block'), 'first', x, { kernel: 3, filters: 2 }));
  const results = [0, 1].map(() => {
    const trainer = trainerOf(forward);
    for (let i = 0; i < 3; i++) trainer.learn(BATCH, { rate: 0.01, weightDecay: 0.01, labelSmoothing: 0.1 });
    const values = trainer.values();
    trainer.dispose();
    return values;
  });
  expect(results[0]).toEqual(results[1]);
  expect([...results[0]!.keys()]).toEqual(['block.first.kernel', 'block.first.bias', 'out.kernel', 'out.bias']);
});

it('leaves no tensors behind', () => {
  const before = memory().numTensors;
  const trainer = trainerOf((net, x) =>
    classify(net, batchNorm(net, 'norm', conv2d(net, 'first', x, { kernel: 3, filters: 2, penalty: { l1: 0.1 } }))),
  );
  const afterMaking = memory().numTensors;
  for (let i = 0; i < 2; i++) trainer.learn(BATCH, { rate: 0.01, weightDecay: 0, labelSmoothing: 0 });
  trainer.score(BATCH);
  trainer.restore(trainer.values());
  expect(memory().numTensors).toBe(afterMaking);
  trainer.dispose();
  expect(memory().numTensors).toBe(before);
});
