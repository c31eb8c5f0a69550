import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  type Checkpoint,
  newestCheckpoint,
  planDigest,
  writeCheckpoint,
} from '../../../../src/core/training/finetune/checkpoint.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const PLAN = planDigest('{"a":1}');

function checkpointOf(nEpochs: number): Checkpoint {
  const epochs = Array.from({ length: nEpochs }, (_, i) => ({
    epoch: i + 1,
    trainLoss: 1 / 3,
    validationLoss: 2 / 3,
    validationAccuracy: 0.5,
  }));
  const arrays = new Map([
    ['value/a', Float32Array.of(1, -0, Math.fround(0.1), Number.MAX_VALUE)],
    ['best/a', Float32Array.of(nEpochs)],
    ['value/empty', new Float32Array(0)],
  ]);
  return { planSha256: PLAN, baseSha256: 'b', backend: 'wasm', step: 7 * nEpochs, bestEpoch: 1, epochs, arrays };
}

it('comes back bit for bit, the newest first, and old ones go', async () => {
  const dir = tempDir();
  for (const nEpochs of [8, 9, 10, 11]) await writeCheckpoint(dir, checkpointOf(nEpochs));
  expect(await newestCheckpoint(dir, PLAN)).toEqual(checkpointOf(11));
  expect((await readdir(dir)).sort()).toEqual(['checkpoint-10.bin', 'checkpoint-11.bin']);
});

it('is passed over when it is cut off, changed, or of another plan', async () => {
  const dir = tempDir();
  await writeCheckpoint(dir, checkpointOf(1));
  await writeCheckpoint(dir, checkpointOf(2));
  const newest = join(dir, 'checkpoint-2.bin');
  const bytes = await readFile(newest);
  for (const damaged of [bytes.subarray(0, -1), bytes.subarray(0, 5), Buffer.from(bytes).fill(0, 200, 201)]) {
    await writeFile(newest, damaged);
    expect((await newestCheckpoint(dir, PLAN))?.epochs).toHaveLength(1);
  }
  expect(await newestCheckpoint(dir, planDigest('{"a":2}'))).toBeNull();
});

it('is not there in an empty folder', async () => {
  expect(await newestCheckpoint(tempDir(), PLAN)).toBeNull();
});
