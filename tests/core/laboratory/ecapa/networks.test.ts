// The networks of the protocol `ecapa` against PyTorch, their gradients against differences, and that each learns eight examples by heart.
import { tidy, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FitStep, NetworkName } from '../../../../src/core/domain/laboratory-networks.ts';
import { NETWORK_MAKERS } from '../../../../src/core/laboratory/networks/registry.ts';
import { openTensors } from '../../../../src/core/nn/tfjs/backend.ts';
import { Net, type Network, Tensors } from '../../../../src/core/nn/tfjs/network/net.ts';
import { type ExampleShape, NetworkTrainer, type NetworkValues } from '../../../../src/core/nn/tfjs/network/network-trainer.ts';
import { guessesOf } from '../../../../src/core/training/evaluation/metrics.ts';
import { createRandom } from '../../../../src/core/training/random.ts';
import reference from '../../../reference/ecapa.json' with { type: 'json' };
import { maxDifference } from '../../../reference/signals.ts';
import { examplesFor, trainedShapes, valuesFor } from '../../../support/network-values.ts';

const { n, nClasses } = reference;
const shape = reference.shape as unknown as ExampleShape;
const fullShape = reference.fullShape as unknown as ExampleShape;
const smallShape: ExampleShape = [48, 48, 1];
/** Times five updates. */
const MAX_STEPS = 30;
const batch = {
  x: examplesFor(n, shape),
  n,
  classes: Int32Array.from(reference.classes),
  weights: Float32Array.from(reference.weights),
};

beforeAll(async () => {
  await openTensors('auto');
});

interface Wanted {
  network: string;
  options: unknown;
}

function networkOf({ network, options }: Wanted): Network {
  return NETWORK_MAKERS[network as NetworkName](options as FitStep['options'], nClasses);
}

function trainerOf(wanted: Wanted): NetworkTrainer {
  return new NetworkTrainer(networkOf(wanted), { shape, nClasses, loss: 'categorical', seed: 1, chance: createRandom });
}

const titleOf = ({ network, options }: Wanted) => `${network} ${JSON.stringify(options).replaceAll('"', '')}`;

describe.each(reference.compared.map((wanted) => [titleOf(wanted), wanted] as const))('%s', (_, wanted) => {
  const shapes = { ...wanted.trained, ...wanted.running } as unknown as Record<string, number[]>;

  it('has the tensors, logits, loss and gradients of PyTorch', () => {
    const trainer = trainerOf(wanted);
    expect(trainedShapes(trainer)).toEqual(wanted.trained);
    trainer.restore(valuesFor(shapes));
    expect(maxDifference(trainer.logits(batch), wanted.logits)).toBeLessThan(1e-4);
    const learning = trainer.gradients(batch);
    expect(learning.loss).toBeCloseTo(wanted.loss, 3);
    for (const [name, gradient] of Object.entries(wanted.gradients)) {
      const own = learning.gradients.get(name)!.subarray(0, gradient.length);
      expect(maxDifference(own, gradient)).toBeLessThan(0.01 * Math.max(...gradient.map(Math.abs)));
    }
    trainer.dispose();
  });

  it('has gradients that tell how the loss changes', () => {
    const trainer = trainerOf(wanted);
    const values = valuesFor(shapes);
    trainer.restore(values);
    const { gradients } = trainer.gradients(batch);
    // Along the gradient itself, where the change is largest beside what single precision loses.
    const squares = [...gradients.values()].reduce((sum, each) => sum + each.reduce((s, g) => s + g * g, 0), 0);
    const step = 2e-3 / squares;
    const lossAt = (far: number): number => {
      trainer.restore(moved(values, gradients, far));
      return trainer.loss(batch);
    };
    const slope = (lossAt(step) - lossAt(-step)) / (2 * step);
    expect(Math.abs(slope / squares - 1)).toBeLessThan(0.05);
    trainer.dispose();
  });

  it('learns eight examples by heart', () => {
    const trainer = new NetworkTrainer(networkOf(wanted), {
      shape: smallShape,
      nClasses,
      loss: 'categorical',
      seed: 2,
      chance: createRandom,
    });
    const classes = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const eight = { x: examplesFor(8, smallShape), n: 8, classes, weights: new Float32Array(8).fill(1) };
    const guesses = () => guessesOf(trainer.score(eight), nClasses);
    for (let step = 1; step <= MAX_STEPS && guesses().join() !== classes.join(); step++)
      for (let i = 0; i < 5; i++) trainer.learn(eight, { rate: 5e-3, weightDecay: 0, labelSmoothing: 0 });
    expect(guesses()).toEqual(classes);
    trainer.dispose();
  }, 120_000);
});

function moved(values: NetworkValues, gradients: ReadonlyMap<string, Float32Array>, far: number): NetworkValues {
  return new Map(
    [...values].map(([name, value]) => {
      const gradient = gradients.get(name);
      return [name, gradient ? value.map((v, i) => v + far * gradient[i]!) : value];
    }),
  );
}

describe('full widths', () => {
  it.each(reference.counted.map((wanted) => [titleOf(wanted), wanted] as const))(
    '%s',
    (_, wanted) => {
      // Which numbers they begin with does not matter here.
      const tensors = new Tensors(1, () => ({ next: () => 0.5 }));
      const logits = tidy(() => networkOf(wanted).forward(new Net(tensors, false, 0), zeros([2, ...fullShape])).shape);
      expect(logits).toEqual([2, nClasses]);
      expect(tensors.nParameters).toBe(wanted.nParameters);
      tensors.dispose();
    },
    60_000,
  );

  it('of the broadcast network are the published 180,458 without what normalization learns', () => {
    const { network, options } = reference.compared.find((each) => each.network === 'broadcast-network')!;
    const tensors = new Tensors(1, () => ({ next: () => 0.5 }));
    const whole = networkOf({ network, options: { ...options, narrowing: 1 } });
    tidy(() => whole.forward(new Net(tensors, false, 0), zeros([1, ...shape])).shape);
    const ofNorms = [...tensors.trained].filter(([name]) => /\.(gamma|beta)$/.test(name));
    expect(tensors.nParameters - ofNorms.reduce((sum, [, { size }]) => sum + size, 0)).toBe(180_458);
    tensors.dispose();
  });
});
