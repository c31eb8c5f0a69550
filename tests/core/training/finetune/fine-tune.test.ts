// Whole trainings on the demo library: they learn, survive kill -9 bit for bit, and refuse what is damaged.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEncoderManifest } from '../../../../src/core/nn/model-manifest.ts';
import { openTensors } from '../../../../src/core/nn/tfjs/backend.ts';
import { writeModel } from '../../../../src/core/nn/tfjs/tail-weights.ts';
import { checkAgreement } from '../../../../src/core/training/finetune/agreement.ts';
import { epochsOfRun } from '../../../../src/core/training/finetune/checkpoint.ts';
import { fineTune } from '../../../../src/core/training/finetune/fine-tune.ts';
import { RunReader } from '../../../../src/core/training/finetune/run-folder.ts';
import { readPlan } from '../../../../src/core/training/finetune/run-plan.ts';
import { suiteTempDir, tempDir } from '../../../support/temp-dir.ts';
import { writeDemoRun } from './run-fixture.ts';

const CHILD = fileURLToPath(new URL('./fine-tune-child.ts', import.meta.url));

/** The digest of every file of a folder, by name. */
async function contents(dir: string): Promise<Map<string, string>> {
  const names = (await readdir(dir)).sort();
  const digest = async (name: string) =>
    createHash('sha256')
      .update(await readFile(join(dir, name)))
      .digest('hex');
  return new Map(await Promise.all(names.map(async (name) => [name, await digest(name)] as const)));
}

/** A run with the same plan and windows, and no checkpoints. */
async function copyOf(runDir: string): Promise<string> {
  const dir = tempDir();
  for (const name of ['plan.json', 'windows.u8']) await copyFile(join(runDir, name), join(dir, name));
  return dir;
}

describe.each(['finetune', 'scratch'] as const)('a training (%s)', (mode) => {
  const dir = suiteTempDir();
  const runDir = join(dir, 'run');
  const outDir = join(dir, 'out');
  let result: Awaited<ReturnType<typeof fineTune>>;

  beforeAll(async () => {
    await writeDemoRun(runDir, mode);
    result = await fineTune({ runDir, outDir, backend: 'wasm' });
  });

  it('lowers the validation loss', () => {
    const losses = result.epochs.map(({ validationLoss }) => validationLoss);
    expect(losses).toHaveLength(3);
    // Three genres told apart by nothing have a loss of log 3.
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    expect(Math.min(...losses)).toBeLessThan(Math.log(3));
    expect(result.bestEpoch).toBe(1 + losses.indexOf(Math.min(...losses)));
  });

  it('gives an encoder on which both engines agree', async () => {
    expect(result.maxDifference).toBeLessThan(1e-4);
    const { name, version, genres } = await readEncoderManifest(outDir);
    expect({ name, version, nGenres: genres.length }).toEqual({ name: 'own', version: 'test', nGenres: 3 });
  });

  it('gives the same bytes when it is killed after an epoch and goes on', async () => {
    const killedRun = await copyOf(runDir);
    const killedOut = join(killedRun, 'out');
    const child = spawn(process.execPath, [CHILD, killedRun, killedOut], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(child.stdout)) if (line === 'epoch 1') break;
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { text } = await readPlan(killedRun);
    const before = await epochsOfRun(killedRun, text);
    expect(before.length).toBeGreaterThanOrEqual(1);
    expect(before.length).toBeLessThan(3);

    const again = await fineTune({ runDir: killedRun, outDir: killedOut, backend: 'auto' });
    expect(again).toEqual(result);
    expect(await contents(killedOut)).toEqual(await contents(outDir));
  });
});

describe('a training', () => {
  const runDir = suiteTempDir();
  beforeAll(() => writeDemoRun(runDir, 'scratch', { maxEpochs: 6 }));

  it('keeps the best epoch of a cancelled one', async () => {
    const run = await copyOf(runDir);
    const outDir = join(run, 'out');
    await expect(fineTune({ runDir: run, outDir, backend: 'wasm', finishOnly: true })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const controller = new AbortController();
    const training = fineTune({
      runDir: run,
      outDir,
      backend: 'wasm',
      signal: controller.signal,
      onEpoch: ({ epoch }) => epoch === 2 && controller.abort(),
    });
    await expect(training).rejects.toMatchObject({ code: 'cancelled' });
    const { epochs, bestEpoch } = await fineTune({ runDir: run, outDir, backend: 'wasm', finishOnly: true });
    expect(epochs).toHaveLength(2);
    const losses = epochs.map(({ validationLoss }) => validationLoss);
    expect(losses[bestEpoch - 1]).toBe(Math.min(...losses));
    await readEncoderManifest(outDir);
  });

  it('begins anew when the network it started from is another one, wherever that lies', async () => {
    const run = await copyOf(runDir);
    const outDir = join(run, 'out');
    const { plan } = await readPlan(run);
    const controller = new AbortController();
    const start = (baseDir: string, signal?: AbortSignal) =>
      fineTune({ runDir: run, outDir, backend: 'wasm', baseDir, signal, onEpoch: () => signal && controller.abort() });
    await expect(start(plan.baseDir, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });

    const moved = join(run, 'moved');
    await cp(plan.baseDir, moved, { recursive: true });
    await fineTune({ runDir: run, outDir, backend: 'wasm', baseDir: moved, finishOnly: true });

    const manifest = await readEncoderManifest(moved);
    const other = join(run, 'other');
    const values = new Map([['project.bias', new Float32Array(96).fill(0.5)]]);
    await writeModel(moved, manifest, other, { name: 'other', version: '1', trainedOn: 'nothing', genres: ['a', 'b'] }, values);
    const finish = fineTune({ runDir: run, outDir, backend: 'wasm', baseDir: other, finishOnly: true });
    await expect(finish).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends early when nothing improves', async () => {
    const run = tempDir();
    // A rate so high that the first epochs cannot be the worst.
    await writeDemoRun(run, 'scratch', { maxEpochs: 30, patience: 2, peakRate: 0.05, warmupEpochs: 0 });
    const { epochs, bestEpoch } = await fineTune({ runDir: run, outDir: join(run, 'out'), backend: 'wasm' });
    expect(epochs.length).toBeLessThan(30);
    expect(epochs.length - bestEpoch).toBe(2);
  });

  it('of another seed is another network', async () => {
    const other = tempDir();
    await writeDemoRun(other, 'scratch', { maxEpochs: 1 }, 8);
    const same = tempDir();
    await writeDemoRun(same, 'scratch', { maxEpochs: 1 }, 7);
    const [a, b] = await Promise.all(
      [other, same].map(async (run) => (await fineTune({ runDir: run, outDir: join(run, 'out'), backend: 'wasm' })).epochs),
    );
    expect(a).not.toEqual(b);
  });

  it('refuses damaged weights to start from, cut windows and a genre without tracks', async () => {
    const run = await copyOf(runDir);
    const start = () => fineTune({ runDir: run, outDir: join(run, 'out'), backend: 'wasm' });
    const { plan } = await readPlan(run);
    const rewrite = (change: object) => writeFile(join(run, 'plan.json'), JSON.stringify({ ...plan, ...change }));

    await rewrite({ genres: [...plan.genres, 'Polka'] });
    await expect(start()).rejects.toMatchObject({ code: 'training.tooFewLabels', message: /Polka/ });

    const baseDir = join(run, 'base');
    await cp(plan.baseDir, baseDir, { recursive: true });
    const weights = await readFile(join(baseDir, 'model.bin'));
    weights[5000]! ^= 1;
    await writeFile(join(baseDir, 'model.bin'), weights);
    await rewrite({ baseDir });
    await expect(start()).rejects.toMatchObject({ code: 'model.corrupt' });

    await rewrite({});
    await writeFile(join(run, 'windows.u8'), (await readFile(join(run, 'windows.u8'))).subarray(0, -1));
    await expect(start()).rejects.toMatchObject({ code: 'input.invalid' });
    expect(await readdir(run)).not.toContain('out');
  });

  it('refuses a network on which the engines disagree', async () => {
    await openTensors('wasm');
    const dir = join(tempDir(), 'model');
    const run = await RunReader.open(runDir);
    const { baseDir } = run.plan;
    await mkdir(dir);
    await cp(baseDir, dir, { recursive: true });
    const manifest = JSON.parse(await readFile(join(baseDir, 'model.json'), 'utf8'));
    // tfjs reads one bias where another lies.
    const [first, second] = ['blocks.1.bias', 'project.bias'].map((name) =>
      manifest.tail.tensors.find((tensor: { name: string }) => tensor.name === name),
    );
    second.offset = first.offset;
    await writeFile(join(dir, 'model.json'), JSON.stringify(manifest));
    await expect(checkAgreement(dir, run)).rejects.toMatchObject({ code: 'model.failed' });
    expect(await checkAgreement(baseDir, run)).toBeLessThan(1e-4);
    await run.close();
  });
});
