// A training and its network through real worker processes: listening, gradient steps with pulses, and embeddings.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FineTuneResult } from '../../../src/core/domain/analysis.ts';
import type { EpochFigures } from '../../../src/core/domain/training.ts';
import { createNodeWorkerSpawner } from '../../../src/core/jobs/spawn-node-worker.ts';
import { createWorkerPool, type WorkerPool } from '../../../src/core/jobs/worker-pool.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { RunReader } from '../../../src/core/training/finetune/run-folder.ts';
import { audioFilesIn, DEMO_DIR, RESOURCES_DIR } from '../../support/real-audio.ts';
import { suiteTempDir } from '../../support/temp-dir.ts';
import { writeDemoRun } from '../training/finetune/run-fixture.ts';

const WORKER = new URL('../../../src/core/analysis/worker.ts', import.meta.url);
const MODELS = join(RESOURCES_DIR, 'models');

describe('a worker', () => {
  const dir = suiteTempDir();
  const runDir = join(dir, 'run');
  const outDir = join(dir, 'out');
  const path = audioFilesIn(join(DEMO_DIR, 'Gravelthrone'))[0]!;
  const plan = { nWindows: 3, windowSec: 4 };
  const pulses: (EpochFigures | number | null)[] = [];
  let pool: WorkerPool;
  let result: FineTuneResult;

  beforeAll(async () => {
    pool = createWorkerPool({ size: 1, spawn: createNodeWorkerSpawner(WORKER, SILENT_LOGGER), logger: SILENT_LOGGER });
    await writeDemoRun(runDir, 'finetune', { maxEpochs: 2 });
    result = await pool.run<'fineTune'>(
      { kind: 'fineTune', runDir, outDir, finishOnly: false, backend: 'auto' },
      { onPulse: (fraction, news) => pulses.push(news?.epoch ?? fraction) },
    );
  });
  afterAll(() => pool.close());

  it('listens where an analysis listens', async () => {
    const heard = await pool.run<'listenWindows'>({ kind: 'listenWindows', path, ...plan });
    const models = {
      separatorDir: join(MODELS, 'separator'),
      classifierDir: join(MODELS, 'classifier'),
      provider: 'cpu',
    } as const;
    const { windows } = await pool.run<'analyse'>({ kind: 'analyse', path, models, ...plan });
    expect(heard.map(({ startSec, lengthSec }) => ({ startSec, lengthSec }))).toEqual(
      windows.map(({ startSec, lengthSec }) => ({ startSec, lengthSec })),
    );
    for (const { bytes, nFrames } of heard) {
      expect(bytes.length).toBe(nFrames * 128);
      expect(bytes.includes(255)).toBe(true);
    }
    // A byte is a third of a decibel: the bundled network hears almost the same.
    const encoderDir = models.classifierDir;
    const embedded = await pool.run<'embedTrack'>({ kind: 'embedTrack', path, encoderDir, provider: 'cpu', ...plan });
    for (const [i, { embedding }] of embedded.entries()) {
      const exact = windows[i]!.embedding;
      const size = Math.hypot(...exact);
      expect(Math.hypot(...exact.map((value, j) => value - embedding[j]!)) / size).toBeLessThan(0.02);
    }
  });

  it('says every epoch as it ends', () => {
    expect(pulses.filter((pulse) => pulse !== null && typeof pulse === 'object')).toEqual(result.epochs);
    expect(result.epochs).toHaveLength(2);
    const fractions = pulses.filter((pulse) => typeof pulse === 'number');
    expect(fractions.length).toBeGreaterThan(0);
    for (const fraction of fractions) expect(fraction).toBeLessThanOrEqual(1);
  });

  it('gives a track the embeddings that the training gave its windows', async () => {
    const run = await RunReader.open(runDir);
    const { embeddings, embeddingSize } = await pool.run<'embedRun'>({ kind: 'embedRun', runDir, encoderDir: outDir });
    expect(embeddings.length).toBe(run.windows().length * embeddingSize);
    await run.close();
    const embedded = await pool.run<'embedTrack'>({ kind: 'embedTrack', path, encoderDir: outDir, provider: 'cpu', ...plan });
    for (const [i, { embedding }] of embedded.entries())
      expect(embedding).toEqual(embeddings.slice(i * embeddingSize, (i + 1) * embeddingSize));
  });

  it('refuses an encoder that is not there, and works on', async () => {
    const missing = { kind: 'embedTrack', path, encoderDir: join(dir, 'nowhere'), provider: 'cpu', ...plan } as const;
    await expect(pool.run<'embedTrack'>(missing)).rejects.toMatchObject({ code: 'model.missing' });
    expect(await pool.run<'embedTrack'>({ ...missing, encoderDir: outDir })).toHaveLength(3);
  });
});
