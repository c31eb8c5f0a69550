// Whole trainings of an autoencoder on small libraries with known structure.
import { expect, test } from 'vitest';
import { encodeTracks } from '../../../../src/core/training/autoencoder/autoencoder.ts';
import { readAutoencoder, writeAutoencoder } from '../../../../src/core/training/autoencoder/autoencoder-file.ts';
import { type AutoencoderTask, trainAutoencoder } from '../../../../src/core/training/autoencoder/train-autoencoder.ts';
import { createRandom, normal, type Random } from '../../../../src/core/training/random.ts';

const [D, N_GENRES] = [40, 4];
/** Narrow layers learn as much of so few descriptors, and sooner. */
const HIDDEN = [48, 24];

/** Two causes, bent into 40 descriptors: no plane holds them, a curved surface does. */
function bent(n: number): AutoencoderTask {
  const random = createRandom(1);
  const mixes = normals(4 * D, random);
  const descriptors = new Float32Array(n * D);
  for (let i = 0; i < n; i++) {
    const [u, v] = [7 * random.next(), 7 * random.next()];
    for (const [c, cause] of [Math.sin(u), Math.cos(u), Math.sin(v), Math.cos(v)].entries())
      addTo(descriptors, i, mixes, c, 10 * cause);
    for (let j = 0; j < D; j++) descriptors[i * D + j]! += 100 + normal(random);
  }
  return { descriptors, n, classes: new Int32Array(n).fill(-1), nClasses: 0, seed: 1, hidden: HIDDEN };
}

/** Six strong causes that say nothing about the genre, and four weak ones that do; some tracks have no label. */
function disguised(n: number, seed: number, labelled: number): AutoencoderTask & { truth: Int32Array } {
  const mixes = normals(10 * D, createRandom(99));
  const random = createRandom(seed);
  const truth = Int32Array.from({ length: n }, (_, i) => i % N_GENRES);
  const descriptors = normals(n * D, random);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < 6; c++) addTo(descriptors, i, mixes, c, 3 * normal(random));
    addTo(descriptors, i, mixes, 6 + truth[i]!, 1);
  }
  const classes = truth.map((genre) => (random.next() < labelled ? genre : -1));
  return { descriptors, n, classes, nClasses: N_GENRES, seed: 1, hidden: HIDDEN, truth };
}

function normals(length: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => normal(random));
}

function addTo(descriptors: Float32Array, i: number, mixes: Float32Array, cause: number, size: number): void {
  for (let j = 0; j < D; j++) descriptors[i * D + j]! += size * mixes[cause * D + j]!;
}

/** Share of rows whose nearest other row has the same class. */
function purity(latent: Float32Array, size: number, classes: Int32Array): number {
  let nSame = 0;
  for (let i = 0; i < classes.length; i++) {
    let [best, least] = [-1, Infinity];
    for (let j = 0; j < classes.length; j++) {
      let distance = 0;
      for (let c = 0; c < size; c++) distance += (latent[i * size + c]! - latent[j * size + c]!) ** 2;
      if (j !== i && distance < least) [best, least] = [j, distance];
    }
    if (classes[best] === classes[i]) nSame++;
  }
  return nSame / classes.length;
}

test('reconstructs held-out tracks of a curved surface better than as many principal components', async () => {
  const result = await trainAutoencoder({ ...bent(400), latentSize: 2, maxRounds: 12 });
  expect(result).toMatchObject({ kind: 'autoencoder', nHeldOut: 40, genreLoss: null });
  expect(result.reconstructionLoss).toBeLessThan(0.95 * result.principalLoss);
  expect(result.latent.length).toBe(800);
});

test('never reconstructs worse than the principal components where nothing else is asked', async () => {
  const random = createRandom(5);
  const descriptors = Float32Array.from({ length: 80 * D }, () => normal(random));
  const noise = { descriptors, n: 80, classes: new Int32Array(80).fill(-1), nClasses: 0, seed: 1, hidden: HIDDEN };
  const result = await trainAutoencoder({ ...noise, latentSize: 10, maxRounds: 4 });
  expect(result.reconstructionLoss).toBeLessThanOrEqual(result.principalLoss);
});

test('labels draw genres apart, on tracks that had none as well', async () => {
  const task = { ...disguised(300, 1, 0.7), latentSize: 8, maxRounds: 10 };
  const fresh = disguised(200, 2, 0);
  const [guided, free] = [await trainAutoencoder(task), await trainAutoencoder({ ...task, nClasses: 0 })];
  expect(guided.genreLoss!).toBeLessThan(0.5 * Math.log(N_GENRES));
  expect(free.genreLoss).toBe(null);
  const latents = await Promise.all([guided, free].map((result) => result.encode(fresh.descriptors, fresh.n)));
  const [withLabels, without] = latents.map((latent) => purity(latent, 8, fresh.truth));
  expect(withLabels!).toBeGreaterThan(without! + 0.1);
});

test('few tracks: the principal components, and said so', async () => {
  for (const n of [1, 3, 30]) {
    const result = await trainAutoencoder({ ...bent(n), latentSize: 5 });
    expect(result).toMatchObject({ kind: 'principalComponents', nHeldOut: 0, nRounds: 0 });
    expect(result.latent.length).toBe(5 * n);
    expect(result.latent.every(Number.isFinite)).toBe(true);
  }
});

test('the same seed gives the same latents; what is stored gives them again, missing values and all', async () => {
  const task = { ...disguised(120, 1, 0.5), latentSize: 3, maxRounds: 2 };
  task.descriptors[7] = Number.NaN;
  const [one, two] = [await trainAutoencoder(task), await trainAutoencoder(task)];
  expect(two.latent).toEqual(one.latent);
  const stored = readAutoencoder(Buffer.from(writeAutoencoder(one.autoencoder)));
  expect(await encodeTracks(stored, task.descriptors, task.n)).toEqual(one.latent);
  expect(one.latent.every(Number.isFinite)).toBe(true);
});

test('stored bytes that were cut or changed are refused', async () => {
  const { autoencoder } = await trainAutoencoder({ ...bent(10), latentSize: 2 });
  const bytes = writeAutoencoder(autoencoder);
  const changed = bytes.slice();
  changed[200]! ^= 1;
  for (const wrong of [changed, bytes.subarray(0, 500), new Uint8Array(100), new Uint8Array(0)]) {
    expect(() => readAutoencoder(wrong)).toThrow(expect.objectContaining({ code: 'model.corrupt' }));
  }
});

test('is cancelled by its progress', async () => {
  const fractions: number[] = [];
  const training = trainAutoencoder({ ...bent(100), latentSize: 2, onProgress: (fraction) => fractions.push(fraction) < 5 });
  await expect(training).rejects.toMatchObject({ code: 'cancelled' });
  expect(fractions).toHaveLength(5);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
});
