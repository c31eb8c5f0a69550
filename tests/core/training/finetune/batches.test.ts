import { describe, expect, it } from 'vitest';
import { planEpoch, readBatch, wholeWindows } from '../../../../src/core/training/finetune/batches.ts';
import { learningRate } from '../../../../src/core/training/finetune/learning-rate.ts';
import { type LabelledWindow, RunReader, RunWriter } from '../../../../src/core/training/finetune/run-folder.ts';
import { RECIPES } from '../../../../src/core/training/finetune/run-plan.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const RECIPE = { ...RECIPES.finetune, batchSize: 10, cropFrames: 50, maxSteps: 40 };
const N_MELS = 128;

/** Ninety windows of the first genre, ten of the second. */
const UNEVEN: LabelledWindow[] = Array.from({ length: 100 }, (_, i) => ({
  startSec: 0,
  lengthSec: 1,
  nFrames: 60 + i,
  offset: i,
  track: i,
  class: i < 90 ? 0 : 1,
}));

describe('the batches of an epoch', () => {
  const batches = planEpoch(UNEVEN, RECIPE, 3, 1);
  const crops = batches.flatMap((batch) => batch.crops);

  it('hear both genres equally often, and all of a genre before any of it again', () => {
    expect(batches).toHaveLength(10);
    const rare = crops.filter(({ window }) => window.class === 1);
    expect(rare).toHaveLength(50);
    for (let i = 0; i < 50; i += 10) expect(new Set(rare.slice(i, i + 10).map(({ window }) => window.track)).size).toBe(10);
    expect(new Set(crops.filter(({ window }) => window.class === 0).map(({ window }) => window.track)).size).toBe(50);
  });

  it('cut within the window', () => {
    for (const { window, from } of crops) expect(from + 50).toBeLessThanOrEqual(window.nFrames);
    expect(new Set(crops.map(({ from }) => from)).size).toBeGreaterThan(10);
  });

  it('follow from seed and epoch alone', () => {
    expect(planEpoch(UNEVEN, RECIPE, 3, 1)).toEqual(batches);
    expect(planEpoch(UNEVEN, RECIPE, 3, 2)).not.toEqual(batches);
    expect(planEpoch(UNEVEN, RECIPE, 4, 1)).not.toEqual(batches);
  });

  it('end after the recipe’s limit', () => {
    expect(planEpoch(UNEVEN, { ...RECIPE, maxSteps: 4 }, 3, 1)).toHaveLength(4);
  });
});

it('whole windows are joined only with their equals', () => {
  const windows = [60, 60, 60, 61, 60].map((nFrames) => ({ ...UNEVEN[0]!, nFrames }));
  expect(wholeWindows(windows, 2).map(({ crops, nFrames }) => [crops.length, nFrames])).toEqual([
    [2, 60],
    [1, 60],
    [1, 61],
    [1, 60],
  ]);
});

it('a window shorter than the crop starts anew at its end', async () => {
  const dir = tempDir();
  const writer = await RunWriter.create(dir, {
    mode: 'scratch',
    seed: 1,
    genres: ['a', 'b'],
    baseDir: 'nowhere',
    encoder: { name: 'x', version: '1' },
    recipe: RECIPE,
  });
  const bytesOf = (nFrames: number, first: number): Uint8Array =>
    Uint8Array.from({ length: nFrames * N_MELS }, (_, i) => first + Math.floor(i / N_MELS));
  const heard = { startSec: 0, lengthSec: 1 };
  await writer.add({ trackId: 1, class: 0, part: 'train' }, [{ ...heard, nFrames: 3, bytes: bytesOf(3, 0) }]);
  await writer.add({ trackId: 2, class: 1, part: 'test' }, [{ ...heard, nFrames: 5, bytes: bytesOf(5, 250) }]);
  await writer.finish();
  const run = await RunReader.open(dir);
  const [short, long] = run.windows() as [LabelledWindow, LabelledWindow];
  const crops = [
    { window: short, from: 1, variation: null },
    { window: long, from: 0, variation: null },
  ];
  const melDb = await readBatch(run, { crops, nFrames: 5 });
  const rows = Array.from({ length: 10 }, (_, i) => Math.round((255 * (melDb[i * N_MELS]! + 80)) / 80));
  expect(rows).toEqual([1, 2, 0, 1, 2, 250, 251, 252, 253, 254]);
  await run.close();
});

it('the learning rate rises, falls and ends at nothing', () => {
  const recipe = { ...RECIPE, peakRate: 1, warmupEpochs: 1, maxEpochs: 5 };
  const rates = Array.from({ length: 50 }, (_, step) => learningRate(step, 10, recipe));
  expect(rates[0]).toBeCloseTo(0.1);
  expect(rates[9]).toBe(1);
  for (let i = 10; i < 50; i++) expect(rates[i]!).toBeLessThanOrEqual(rates[i - 1]!);
  expect(rates[49]!).toBeLessThan(0.01);
});
