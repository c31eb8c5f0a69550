// The autoencoder's gradients against differences of its loss, and its latents against sums written out.
import { beforeAll, expect, test } from 'vitest';
import { type AutoencoderShape, autoencoderTensors, encoderTensors } from '../../../../src/core/nn/tfjs/autoencoder-network.ts';
import { AutoencoderTrainer, encodeRows, type TrackBatch } from '../../../../src/core/nn/tfjs/autoencoder-trainer.ts';
import { openTensors } from '../../../../src/core/nn/tfjs/backend.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';

const SHAPE: AutoencoderShape = { inputSize: 7, hidden: [6, 5], latentSize: 3, nClasses: 3 };
const N = 8;
const random = createRandom(4);
const normals = (length: number): Float32Array => Float32Array.from({ length }, () => normal(random));
const VALUES = new Map(autoencoderTensors(SHAPE).map(({ name, shape: [rows, columns] }) => [name, normals(rows * columns)]));
const BATCH: TrackBatch = { rows: normals(N * SHAPE.inputSize), n: N, classes: Int32Array.of(0, 2, 1, 2) };
const GENRE_WEIGHT = 0.3;

beforeAll(async () => {
  await openTensors('wasm');
});

function lossWith(values: ReadonlyMap<string, Float32Array>): number {
  const trainer = new AutoencoderTrainer(SHAPE, values);
  const { reconstruction, genre } = trainer.evaluate(BATCH);
  trainer.dispose();
  return reconstruction + GENRE_WEIGHT * genre;
}

test('one step without decay moves every weight against the slope of the loss', () => {
  const rate = 1e-3;
  const trainer = new AutoencoderTrainer(SHAPE, VALUES);
  trainer.train(BATCH, { genreWeight: GENRE_WEIGHT, rate, weightDecay: 0 });
  const after = trainer.values();
  trainer.dispose();
  const size = 4e-3;
  let nChecked = 0;
  for (const { name } of autoencoderTensors(SHAPE)) {
    for (let i = 0; i < VALUES.get(name)!.length; i += 3) {
      const losses = [size, -size].map((shift) => {
        const values = new Map(VALUES);
        values.set(
          name,
          VALUES.get(name)!.map((value, at) => (at === i ? value + shift : value)),
        );
        return lossWith(values);
      });
      const slope = (losses[0]! - losses[1]!) / (2 * size);
      // Adam's first step has the size of the rate and the sign of the gradient; tiny slopes drown in rounding.
      if (Math.abs(slope) < 0.02) continue;
      nChecked++;
      expect(after.get(name)![i]! - VALUES.get(name)![i]!, `${name}[${i}]`).toBeCloseTo(-rate * Math.sign(slope), 5);
    }
  }
  expect(nChecked).toBeGreaterThan(40);
});

test('latents are the layers’ sums, row by row, however many rows there are', () => {
  const n = 300;
  const rows = normals(n * SHAPE.inputSize);
  const latents = encodeRows(SHAPE, VALUES, rows, n);
  const times = (name: string, x: number[]): number[] => {
    const weights = VALUES.get(name)!;
    return Array.from({ length: weights.length / x.length }, (_, r) =>
      x.reduce((sum, v, j) => sum + v * weights[r * x.length + j]!, 0),
    );
  };
  const layer = (i: number, x: number[]): number[] =>
    times(`encoder.${i}.weight`, x).map((value, r) => value + VALUES.get(`encoder.${i}.bias`)![r]!);
  for (const i of [0, 255, 256, n - 1]) {
    const x = [...rows.subarray(i * SHAPE.inputSize, (i + 1) * SHAPE.inputSize)];
    const hidden = layer(
      1,
      layer(0, x).map((value) => Math.max(0, value)),
    ).map((value) => Math.max(0, value));
    const expected = layer(2, hidden).map((value, r) => value + times('encoder.linear', x)[r]!);
    for (const [r, value] of expected.entries()) expect(latents[i * SHAPE.latentSize + r]).toBeCloseTo(value, 3);
  }
  expect(encoderTensors(SHAPE).every(({ name }) => name.startsWith('encoder.'))).toBe(true);
});

test('learns a handful of tracks by heart, their genres too', () => {
  const wide: AutoencoderShape = { ...SHAPE, hidden: [24, 24] };
  const values = new Map(
    autoencoderTensors(wide).map(({ name, shape: [rows, columns] }) => [
      name,
      normals(rows * columns).map((value) => value / Math.sqrt(columns)),
    ]),
  );
  const trainer = new AutoencoderTrainer(wide, values);
  const before = trainer.evaluate(BATCH);
  for (let step = 0; step < 400; step++) trainer.train(BATCH, { genreWeight: 0.3, rate: 1e-2, weightDecay: 0 });
  const after = trainer.evaluate(BATCH);
  trainer.dispose();
  expect(before.reconstruction).toBeGreaterThan(1);
  expect(after.reconstruction).toBeLessThan(0.05);
  expect(after.genre).toBeLessThan(0.05);
});

test('tracks without labels leave the genre layer as it is', () => {
  const trainer = new AutoencoderTrainer(SHAPE, VALUES);
  const unlabelled = { ...BATCH, classes: new Int32Array(0) };
  expect(trainer.train(unlabelled, { genreWeight: 1, rate: 0.1, weightDecay: 0.1 }).genre).toBe(0);
  const after = trainer.values();
  trainer.dispose();
  expect(after.get('genre.weight')).toEqual(VALUES.get('genre.weight'));
  expect(after.get('encoder.0.weight')).not.toEqual(VALUES.get('encoder.0.weight'));
});
