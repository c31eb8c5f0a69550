// Runs tasks in worker processes: one task at a time each, started when needed, replaced when they crash or hang. A file
// that brings a decoder down costs that task and nothing else.
import { basename } from 'node:path';
import { z } from 'zod';
import type { TaskResults, WorkerTask } from '../domain/analysis.ts';
import { ERROR_CODES, type ErrorCode, StemscapeError } from '../domain/errors.ts';
import type { Logger } from '../logger.ts';
import { createJobQueue, type Job, type JobPriority } from './job-queue.ts';
import type { SpawnWorker, WorkerHandle } from './worker-handle.ts';

export interface WorkerPoolOptions {
  /** Most workers at a time. */
  size: number;
  spawn: SpawnWorker;
  logger: Logger;
  /** A worker silent for so long during a task is taken for hung. */
  stallMs?: number;
  /** A worker without a task for so long is ended. */
  idleMs?: number;
  /** A cancelled task may end by itself for so long before its worker is ended. */
  graceMs?: number;
}

export interface RunOptions {
  signal?: AbortSignal | undefined;
  /** 0..1, null when unknown. */
  onPulse?: ((fraction: number | null) => void) | undefined;
  priority?: JobPriority;
}

export interface WorkerPool {
  /** Rejects with `decode.crashed`, `decode.stalled`, `cancelled`, `host.unavailable` or what the worker answers. */
  run<K extends WorkerTask['kind']>(task: Extract<WorkerTask, { kind: K }>, options?: RunOptions): Promise<TaskResults[K]>;
  /** Ends every worker; what was running or waiting is cancelled. */
  close(): Promise<void>;
}

const replySchema = z.discriminatedUnion('type', [
  z.object({ id: z.number(), type: z.literal('pulse'), fraction: z.number().nullable() }),
  z.object({ id: z.number(), type: z.literal('result'), result: z.unknown() }),
  z.object({ id: z.number(), type: z.literal('failure'), failure: z.object({ code: z.enum(ERROR_CODES), message: z.string() }) }),
]);

interface Slot {
  handle: WorkerHandle;
  job: Job | null;
  timer: NodeJS.Timeout | undefined;
  exited: PromiseWithResolvers<void>;
}

/** So many workers dying in a row before any ever answered means that they cannot run here at all. */
const MAX_MUTE_CRASHES = 3;
const CLOSE_TIMEOUT_MS = 3000;

export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { size, spawn, logger, stallMs = 60_000, idleMs = 60_000, graceMs = 2000 } = options;
  const slots = new Set<Slot>();
  const queue = createJobQueue();
  let isClosed = false;
  let hasAnswered = false;
  let nMuteCrashes = 0;

  const killAll = () => {
    for (const slot of slots) slot.handle.kill();
  };
  process.once('exit', killAll);

  function pump(): void {
    while (!isClosed && queue.size > 0) {
      const slot = [...slots].find(({ job }) => job === null) ?? (slots.size < size ? open() : null);
      if (!slot) return;
      start(slot, queue.take()!);
    }
  }

  /** null when no worker can be started; the waiting task is told. */
  function open(): Slot | null {
    try {
      const slot: Slot = { handle: spawn(), job: null, timer: undefined, exited: Promise.withResolvers() };
      slots.add(slot);
      slot.handle.onMessage((message) => receive(slot, message));
      slot.handle.onExit((exitCode) => remove(slot, exitCode));
      return slot;
    } catch (error) {
      logger.error({ error }, 'an analysis worker could not be started');
      queue.take()?.reject(cannotStart(error));
      return null;
    }
  }

  function start(slot: Slot, job: Job): void {
    slot.job = job;
    watch(slot);
    job.onAbandoned = () => setTimer(slot, graceMs, () => slot.handle.kill());
    slot.handle.send({ id: job.id, task: job.task });
  }

  function setTimer(slot: Slot, ms: number, act: () => void): void {
    clearTimeout(slot.timer);
    slot.timer = setTimeout(act, ms);
    slot.timer.unref();
  }

  function watch(slot: Slot): void {
    setTimer(slot, stallMs, () => {
      logger.warn({ task: slot.job?.task, stallMs }, 'an analysis worker hangs and is ended');
      slot.job?.reject(failureOf(slot.job.task, 'decode.stalled'));
      slot.handle.kill();
    });
  }

  function receive(slot: Slot, message: unknown): void {
    const reply = replySchema.safeParse(message);
    if (!reply.success) {
      logger.error({ error: reply.error }, 'an analysis worker said something unexpected and is ended');
      slot.handle.kill();
      return;
    }
    hasAnswered = true;
    const { job } = slot;
    if (!job || reply.data.id !== job.id) return;
    if (reply.data.type === 'pulse') {
      if (job.isSettled) return;
      watch(slot);
      job.onPulse?.(reply.data.fraction);
      return;
    }
    if (reply.data.type === 'result') job.resolve(reply.data.result);
    else job.reject(new StemscapeError(reply.data.failure.code, reply.data.failure.message));
    slot.job = null;
    setTimer(slot, idleMs, () => slot.handle.kill());
    pump();
  }

  function remove(slot: Slot, exitCode: number | null): void {
    slots.delete(slot);
    clearTimeout(slot.timer);
    slot.exited.resolve();
    if (slot.job && !slot.job.isSettled) {
      logger.warn({ exitCode, task: slot.job.task }, 'an analysis worker ended during a task');
      nMuteCrashes = hasAnswered ? 0 : nMuteCrashes + 1;
      const cannotRun = nMuteCrashes >= MAX_MUTE_CRASHES;
      slot.job.reject(cannotRun ? cannotStart(`exit code ${exitCode}`) : failureOf(slot.job.task, 'decode.crashed'));
    }
    slot.job = null;
    pump();
  }

  return {
    run<K extends WorkerTask['kind']>(task: Extract<WorkerTask, { kind: K }>, run: RunOptions = {}) {
      if (isClosed) return Promise.reject(new StemscapeError('cancelled', 'Stemscape is closing.'));
      const result = queue.add(task, run);
      pump();
      return result as Promise<TaskResults[K]>;
    },
    async close() {
      isClosed = true;
      const closing = new StemscapeError('cancelled', 'Stemscape is closing.');
      for (let job = queue.take(); job; job = queue.take()) job.reject(closing);
      for (const slot of slots) slot.job?.reject(closing);
      const exits = [...slots].map((slot) => slot.exited.promise);
      killAll();
      await Promise.race([Promise.all(exits), new Promise((resolve) => setTimeout(resolve, CLOSE_TIMEOUT_MS).unref())]);
      process.off('exit', killAll);
    },
  };
}

function cannotStart(cause: unknown): StemscapeError {
  const sentence = 'The processes that analyse music cannot run here; "stemscape doctor" tells why.';
  return new StemscapeError('host.unavailable', sentence, { cause });
}

function failureOf(task: WorkerTask, code: Extract<ErrorCode, 'decode.crashed' | 'decode.stalled'>): StemscapeError {
  const name = 'path' in task ? basename(task.path) : 'The measurement';
  const sentence =
    code === 'decode.crashed'
      ? `${name} stopped the decoder; the scan went on without it.`
      : `${name} kept the decoder busy without an end; the scan went on without it.`;
  return new StemscapeError(code, sentence);
}
