// The account of storage: no byte twice, and only what may go goes.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../../../src/core/app.ts';
import type { StoragePart, StorageSummary } from '../../../src/core/domain/storage.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { folderBytes } from '../../../src/core/services/folder-size.ts';
import { makeHeardLibrary, openHeard } from '../../support/heard-library.ts';
import { RESOURCES_DIR } from '../../support/real-audio.ts';
import { sampleModel } from '../../support/sample-model.ts';
import { tempDir } from '../../support/temp-dir.ts';

function put(dir: string, path: string, bytes: number): string {
  const file = join(dir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.alloc(bytes));
  return file;
}

async function setUp() {
  const dir = makeHeardLibrary(tempDir(), { nTracks: 12, nLabelled: 0 });
  const logFile = join(tempDir(), 'stemscape.log');
  const app = await createApp({ libraryDir: dir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER, logFile });
  return { dir, logFile, app };
}

const bytesOf = (summary: StorageSummary, part: StoragePart) => summary.parts.find((each) => each.part === part)!;

test('every file is counted once, by what it is for', async () => {
  const { dir, logFile, app } = await setUp();
  put(dir, 'cache/stems-1/drums.wav', 1000);
  put(dir, 'cache/.stems-2.partial/drums.wav', 50);
  put(dir, 'models/abc/weights.onnx', 300);
  put(dir, 'training/run/heard/1.bin', 20);
  put(dir, 'laboratory/transfer/report.json', 7);
  put(dir, 'laboratory/cache/runs/x', 40);
  writeFileSync(logFile, 'now');
  writeFileSync(`${logFile}.old`, 'before');
  const summary = await app.storage.summary();
  expect(bytesOf(summary, 'listening')).toMatchObject({ bytes: 1050, freeableBytes: 1000, path: join(dir, 'cache') });
  expect(bytesOf(summary, 'models')).toMatchObject({ bytes: 300, freeableBytes: 300 });
  expect(bytesOf(summary, 'training')).toMatchObject({ bytes: 20, freeableBytes: 20 });
  expect(bytesOf(summary, 'laboratory')).toMatchObject({ bytes: 47, freeableBytes: 40 });
  expect(bytesOf(summary, 'logs')).toMatchObject({ bytes: 9, freeableBytes: 6 });
  expect(bytesOf(summary, 'library')).toMatchObject({ freeableBytes: 0 });
  expect(bytesOf(summary, 'library').bytes).toBeGreaterThan(10_000);
  expect(summary.bytes).toBe((await folderBytes(dir)) + 9);
  expect(summary.diskFreeBytes).toBeGreaterThan(0);
  expect(summary.hasInterruptedTraining).toBe(false);
  await app.close();
});

test('what is freed goes, what is kept stays', async () => {
  const { dir, logFile, app } = await setUp();
  const stems = put(dir, 'cache/stems-1/drums.wav', 1000);
  const unfinished = put(dir, 'cache/.stems-2.partial/drums.wav', 50);
  const report = put(dir, 'laboratory/transfer/report.json', 7);
  const heard = put(dir, 'laboratory/cache/x', 40);
  const orphan = put(dir, 'models/abc/weights.onnx', 300);
  const run = put(dir, 'training/run/heard/1.bin', 20);
  writeFileSync(logFile, 'now');
  writeFileSync(`${logFile}.old`, 'before');
  const afterStems = await app.storage.free(['listening']);
  expect(bytesOf(afterStems, 'listening')).toMatchObject({ bytes: 50, freeableBytes: 0 });
  expect([stems, unfinished, orphan].map(existsSync)).toEqual([false, true, true]);
  const summary = await app.storage.free(['models', 'training', 'laboratory', 'logs']);
  expect([heard, orphan, run, `${logFile}.old`].map(existsSync)).toEqual([false, false, false, false]);
  expect([report, logFile].map(existsSync)).toEqual([true, true]);
  expect(summary.parts.every(({ freeableBytes }) => freeableBytes === 0)).toBe(true);
  expect(statSync(join(dir, 'library.db')).size).toBeGreaterThan(0);
  await app.close();
});

test('a network that a model is made of stays', async () => {
  const { dir, app } = await setUp();
  const db = openHeard(dir);
  db.models.add(sampleModel({ id: 'own', encoderFolder: 'own', mode: 'finetune' }));
  db.close();
  const own = put(dir, 'models/own/weights.onnx', 300);
  const orphan = put(dir, 'models/gone/weights.onnx', 200);
  expect(bytesOf(await app.storage.summary(), 'models')).toMatchObject({ bytes: 500, freeableBytes: 200 });
  await app.storage.free(['models']);
  expect([own, orphan].map(existsSync)).toEqual([true, false]);
  await app.close();
});

test('a library without any of it has nothing to free', async () => {
  const { app } = await setUp();
  const summary = await app.storage.free(['listening', 'models', 'training', 'laboratory', 'logs']);
  expect(summary.parts.filter(({ bytes }) => bytes > 0).map(({ part }) => part)).toEqual(['library']);
  await app.close();
});
