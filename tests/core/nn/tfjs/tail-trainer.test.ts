// The trained layers in tfjs against ONNX Runtime (forward) and PyTorch (losses, gradients, AdamW).
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Encoder } from '../../../../src/core/nn/encoder.ts';
import { openTensors } from '../../../../src/core/nn/tfjs/backend.ts';
import { embedFrames } from '../../../../src/core/nn/tfjs/tail-embedding.ts';
import { TailTrainer, type TrainingStep } from '../../../../src/core/nn/tfjs/tail-trainer.ts';
import { readTail, type TensorValues } from '../../../../src/core/nn/tfjs/tail-weights.ts';
import reference from '../../../reference/finetune.json' with { type: 'json' };
import { RESOURCES_DIR } from '../../../support/real-audio.ts';
import { lcg } from '../../../support/synthetic-song.ts';

const { input, recipe } = reference;
const N_MELS = 128;
/** A softmax over time does not change when all of its scores grow by the same: the true gradient is zero. */
const WITHOUT_EFFECT = 'pooling.score.bias';

interface Sample {
  places: number[];
  values: number[];
}

function noise(length: number, seed: number): number[] {
  return Array.from({ length }, lcg(seed));
}

function melOf(nWindows: number, nFrames: number, seed = 3): Float32Array {
  return Float32Array.from(noise(nWindows * nFrames * N_MELS, seed), (value) => -40 - 40 * value);
}

beforeAll(async () => {
  expect(await openTensors('wasm')).toBe('wasm');
});

describe.each(['classifier', 'scratch-cnn'] as const)('the last layers of %s', (name) => {
  const expected = reference[name];
  const dir = join(RESOURCES_DIR, 'models', name);
  let encoder: Encoder;
  let values: TensorValues;

  beforeAll(async () => {
    encoder = await Encoder.open(dir, { provider: 'cpu', nThreads: 1 });
    values = await readTail(dir, encoder.manifest);
  });
  afterAll(() => encoder.close());

  /** A trainer whose classification layer is the reference's, and its first step. */
  async function start(): Promise<{ trainer: TailTrainer; step: TrainingStep }> {
    const { tail, embeddingSize } = encoder.manifest;
    const { nWindows, nFrames, nGenres, classes } = input;
    const trainer = new TailTrainer(tail, values, { embeddingSize, nGenres, headRateFactor: recipe.headRateFactor });
    const { arrays } = trainer.state();
    arrays.set(
      'value/head.weight',
      Float32Array.from(noise(nGenres * embeddingSize, 5), (value) => 0.05 * value),
    );
    trainer.restore({ step: 0, arrays });
    const frames = await encoder.frames(melOf(nWindows, nFrames), nWindows);
    const { labelSmoothing, rate, weightDecay } = recipe;
    const step = { frames, nWindows, nFrames, classes: Int32Array.from(classes), labelSmoothing, rate, weightDecay };
    return { trainer, step };
  }

  it.each([
    [1, 431],
    [3, 44],
    [2, 101],
  ])('give the embeddings of ONNX Runtime (%i windows of %i frames)', async (nWindows, nFrames) => {
    const melDb = melOf(nWindows, nFrames, 11);
    const wanted = await encoder.embed(melDb, nWindows);
    const found = embedFrames(encoder.manifest.tail, values, await encoder.frames(melDb, nWindows), nWindows, nFrames);
    expect(found.length).toBe(wanted.length);
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - found[i]!)))).toBeLessThan(1e-4);
  });

  it('have the loss and the gradients of PyTorch', async () => {
    const { trainer, step } = await start();
    expect(trainer.train(step)).toBeCloseTo(expected.losses[0]!, 5);
    const { arrays } = trainer.state();
    for (const [tensor, { norm, places, values: gradients }] of Object.entries<Sample & { norm: number }>(expected.gradients)) {
      if (tensor === WITHOUT_EFFECT) continue;
      // The first moment after one step is a tenth of the gradient.
      const gradient = arrays.get(`first/${tensor}`)!.map((value) => 10 * value);
      expect(Math.sqrt(gradient.reduce((sum, value) => sum + value ** 2, 0)) / norm, tensor).toBeCloseTo(1, 3);
      const rms = norm / Math.sqrt(gradient.length);
      for (const [i, place] of places.entries())
        expect(Math.abs(gradient[place]! - gradients[i]!) / rms, `${tensor}[${place}]`).toBeLessThan(2e-3);
    }
    trainer.dispose();
  });

  it('are moved as by AdamW of PyTorch', async () => {
    const { trainer, step } = await start();
    trainer.train(step);
    expect(trainer.train(step)).toBeCloseTo(expected.losses[1]!, 4);
    const { arrays } = trainer.state();
    const gradientsOf: Record<string, Sample & { norm: number }> = expected.gradients;
    let nCompared = 0;
    for (const [tensor, { places, values: weights }] of Object.entries<Sample>(expected.after)) {
      if (tensor === WITHOUT_EFFECT) continue;
      const rate = recipe.rate * (tensor.startsWith('head.') ? recipe.headRateFactor : 1);
      const stored = arrays.get(`value/${tensor}`)!;
      const { norm, values: gradients } = gradientsOf[tensor]!;
      for (const [i, place] of places.entries()) {
        // Where a gradient is almost nothing, its sign is chance, and so is the step of Adam.
        if (Math.abs(gradients[i]!) < (0.1 * norm) / Math.sqrt(stored.length)) continue;
        nCompared++;
        // Two steps move a weight by up to twice the rate.
        expect(Math.abs(stored[place]! - weights[i]!) / rate, `${tensor}[${place}]`).toBeLessThan(0.02);
      }
    }
    expect(nCompared).toBeGreaterThan(50);
    trainer.dispose();
  });

  it('go on bit for bit from a saved state', async () => {
    const { trainer, step } = await start();
    trainer.train(step);
    const saved = trainer.state();
    trainer.train(step);
    const { trainer: other } = await start();
    other.restore(saved);
    other.train(step);
    const [found, wanted] = [other.state(), trainer.state()];
    expect(found.step).toBe(wanted.step);
    for (const [tensor, value] of wanted.arrays)
      expect(Buffer.from(value.buffer).equals(Buffer.from(found.arrays.get(tensor)!.buffer)), tensor).toBe(true);
    trainer.dispose();
    other.dispose();
  });
});

it('names the backend that cannot be opened', async () => {
  await expect(openTensors('tfjs-node-gpu')).rejects.toMatchObject({ code: 'host.unavailable', message: /tfjs-node-gpu/ });
});
