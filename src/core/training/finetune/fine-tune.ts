// Gradient training of a network's last layers (or of a whole small network) on a person's labels: epochs with a checkpoint after
// each, early stopping, and a new encoder folder out of the best epoch.
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FineTuneResult, TensorBackend } from '../../domain/analysis.ts';
import { StemscapeError } from '../../domain/errors.ts';
import type { EpochFigures } from '../../domain/training.ts';
import { Encoder } from '../../nn/encoder.ts';
import { versionOf } from '../../nn/model-manifest.ts';
import { openTensors } from '../../nn/tfjs/backend.ts';
import { readTail, writeModel } from '../../nn/tfjs/tail-weights.ts';
import { checkAgreement } from './agreement.ts';
import { type Checkpoint, newestCheckpoint, planDigest } from './checkpoint.ts';
import { syncFolder } from './durable-file.ts';
import { EpochLoop } from './epoch-loop.ts';
import { RunReader } from './run-folder.ts';
import { checkPlan, type RunPlan } from './run-plan.ts';

export interface FineTuneOptions {
  runDir: string;
  /** Where the new encoder goes; whatever is there is replaced. */
  outDir: string;
  backend: 'auto' | TensorBackend;
  /** Where the network that the plan starts from lies now; the plan's own place unless told. */
  baseDir?: string;
  /** Trains no further: makes the model out of the best epoch so far. */
  finishOnly?: boolean;
  /** Called at least every few seconds with the share of the longest possible training, 0..1. */
  onPulse?: (fraction: number) => void;
  /** Called when an epoch's checkpoint is on the disk. */
  onEpoch?: (figures: EpochFigures) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Goes on from the newest checkpoint of the run where there is one, bit for bit. The same plan on the same backend gives the same
 * files, interrupted or not.
 * @throws StemscapeError file.missing | input.invalid | training.tooFewLabels | model.missing | model.corrupt | model.failed |
 * host.unavailable | cancelled (also when `finishOnly` finds no finished epoch)
 */
export async function fineTune(options: FineTuneOptions): Promise<FineTuneResult> {
  const run = await RunReader.open(options.runDir);
  try {
    checkPlan(run.plan);
    const baseDir = options.baseDir ?? run.plan.baseDir;
    const encoder = await Encoder.open(baseDir, { provider: 'cpu', nThreads: 1 });
    try {
      return await train(run, encoder, { ...options, baseDir });
    } finally {
      await encoder.close();
    }
  } finally {
    await run.close();
  }
}

type Located = FineTuneOptions & { baseDir: string };

async function train(run: RunReader, encoder: Encoder, options: Located): Promise<FineTuneResult> {
  const { runDir, finishOnly = false } = options;
  const newest = await newestCheckpoint(runDir, planDigest(run.planText));
  const found = newest?.baseSha256 === encoder.manifest.sha256.weights ? newest : null;
  const backend = await openBackend(options.backend, found);
  if (finishOnly && !found) throw new StemscapeError('cancelled', 'The training was stopped before its first epoch had ended.');
  const checkpoint = finishOnly && found ? found : await trainEpochs(run, encoder, backend, found, options);
  const maxDifference = await finish(run, encoder, checkpoint, options);
  return { backend, bestEpoch: checkpoint.bestEpoch, epochs: checkpoint.epochs, maxDifference };
}

/** A training goes on where it began, so that its result stays the same; elsewhere only when that backend has gone. */
async function openBackend(preference: FineTuneOptions['backend'], found: Checkpoint | null): Promise<TensorBackend> {
  if (preference !== 'auto' || !found) return openTensors(preference);
  return openTensors(found.backend).catch(() => openTensors('auto'));
}

async function trainEpochs(
  run: RunReader,
  encoder: Encoder,
  backend: TensorBackend,
  found: Checkpoint | null,
  { runDir, baseDir, onPulse, onEpoch, signal }: Located,
): Promise<Checkpoint> {
  const values = await readTail(baseDir, encoder.manifest);
  const loop = new EpochLoop(run, encoder, values, { runDir, backend, pulse: (fraction) => onPulse?.(fraction), signal });
  try {
    if (found) loop.resume(found);
    while (!loop.isOver) {
      const figures = await loop.runEpoch();
      onEpoch?.(figures);
    }
    return loop.checkpoint();
  } finally {
    loop.dispose();
  }
}

/** The new folder appears under its name only when it is whole and checked. @returns the difference of the two engines */
async function finish(run: RunReader, encoder: Encoder, { arrays }: Checkpoint, { baseDir, outDir }: Located): Promise<number> {
  const { plan } = run;
  const best = new Map([...arrays].filter(([name]) => name.startsWith('best/')).map(([name, value]) => [name.slice(5), value]));
  const partial = `${outDir}.partial`;
  await rm(partial, { recursive: true, force: true });
  await writeModel(baseDir, encoder.manifest, partial, describe(plan, encoder), best);
  const difference = await checkAgreement(partial, run);
  await rm(outDir, { recursive: true, force: true });
  await rename(partial, outDir);
  await syncFolder(dirname(outDir));
  return difference;
}

function describe({ encoder: { name, version }, genres, mode }: RunPlan, { manifest }: Encoder) {
  const start = versionOf(manifest);
  const trainedOn = mode === 'finetune' ? `A person's own labels, from ${start} on.` : "A person's own labels, from scratch.";
  return { name, version, genres, trainedOn };
}
