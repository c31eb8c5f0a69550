// Runs tasks in worker processes: one task at a time each, started when needed, replaced when they crash or hang. A file
// that brings a decoder down costs that task and nothing else.
import { z } from 'zod';
import type { TaskResults, WorkerTask } from '../domain/analysis.ts';
import { ERROR_CODES, StemscapeError } from '../domain/errors.ts';
import { MAP_STAGES } from '../domain/map.ts';
import type { Logger } from '../logger.ts';
import { createJobQueue, type Job, type JobPriority, type OnPulse } from './job-queue.ts';
import { silentEnd } from './silent-end.ts';
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

/** Between two signs of life these take a whole batch through a network: on a slow, busy machine that is minutes. */
const NETWORK_STEPS: ReadonlySet<WorkerTask['kind']> = new Set(['fineTune', 'labStep']);
const NETWORK_PATIENCE = 10;

export interface RunOptions {
  signal?: AbortSignal | undefined;
  onPulse?: OnPulse | undefined;
  priority?: JobPriority;
}

export interface WorkerPool {
  /** Rejects with `decode.crashed`, `decode.stalled`, `cancelled`, `host.unavailable` or what the worker answers. */
  run<K extends WorkerTask['kind']>(task: Extract<WorkerTask, { kind: K }>, options?: RunOptions): Promise<TaskResults[K]>;
  /** Ends every worker; what was running or waiting is cancelled. */
  close(): Promise<void>;
}

const epochSchema = z.object({
  epoch: z.number(),
  trainLoss: z.number(),
  validationLoss: z.number(),
  validationAccuracy: z.number(),
});

const frameSchema = z.object({
  iteration: z.number(),
  trackIds: z.instanceof(Int32Array).nullable(),
  positions: z.instanceof(Float32Array),
});

const newsSchema = z.object({
  epoch: epochSchema.exactOptional(),
  stage: z.enum(MAP_STAGES).exactOptional(),
  frame: frameSchema.exactOptional(),
});

const replySchema = z.discriminatedUnion('type', [
  z.object({ id: z.number(), type: z.literal('pulse'), fraction: z.number().nullable(), news: newsSchema.exactOptional() }),
  z.object({ id: z.number(), type: z.literal('result'), result: z.unknown() }),
  z.object({ id: z.number(), type: z.literal('failure'), failure: z.object({ code: z.enum(ERROR_CODES), message: z.string() }) }),
]);
type Reply = z.output<typeof replySchema>;

interface Slot {
  handle: WorkerHandle;
  job: Job | null;
  /** Killed, but its exit has not been heard of: it gets no more work. */
  isEnding: boolean;
  timer: NodeJS.Timeout | undefined;
  exited: PromiseWithResolvers<void>;
}

/** So many workers dying in a row before any ever answered means that they cannot run here at all. */
const MAX_MUTE_CRASHES = 3;
const CLOSE_TIMEOUT_MS = 3000;

export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  return new ProcessPool(options);
}

class ProcessPool implements WorkerPool {
  readonly #options: Required<WorkerPoolOptions>;
  readonly #slots = new Set<Slot>();
  readonly #queue = createJobQueue();
  readonly #killAll = () => {
    for (const slot of this.#slots) this.#end(slot);
  };
  #isClosed = false;
  #hasAnswered = false;
  #nMuteCrashes = 0;

  constructor(options: WorkerPoolOptions) {
    this.#options = { stallMs: 60_000, idleMs: 60_000, graceMs: 2000, ...options };
    process.once('exit', this.#killAll);
  }

  run<K extends WorkerTask['kind']>(task: Extract<WorkerTask, { kind: K }>, run: RunOptions = {}): Promise<TaskResults[K]> {
    if (this.#isClosed) return Promise.reject(closing());
    const result = this.#queue.add(task, run);
    this.#pump();
    return result as Promise<TaskResults[K]>;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (let job = this.#queue.take(); job; job = this.#queue.take()) job.reject(closing());
    for (const slot of this.#slots) slot.job?.reject(closing());
    const exits = [...this.#slots].map((slot) => slot.exited.promise);
    this.#killAll();
    await Promise.race([Promise.all(exits), new Promise((resolve) => setTimeout(resolve, CLOSE_TIMEOUT_MS).unref())]);
    process.off('exit', this.#killAll);
  }

  /** Hands waiting tasks to free workers, starting new ones up to the size. */
  #pump(): void {
    while (!this.#isClosed && this.#queue.size > 0) {
      const free = [...this.#slots].find(({ job, isEnding }) => job === null && !isEnding);
      const slot = free ?? (this.#slots.size < this.#options.size ? this.#open() : null);
      if (!slot) return;
      this.#start(slot, this.#queue.take()!);
    }
  }

  /** null when no worker can be started; the waiting task is told. */
  #open(): Slot | null {
    try {
      const slot: Slot = {
        handle: this.#options.spawn(),
        job: null,
        isEnding: false,
        timer: undefined,
        exited: Promise.withResolvers(),
      };
      this.#slots.add(slot);
      slot.handle.onMessage((message) => this.#receive(slot, message));
      slot.handle.onExit((exitCode) => this.#remove(slot, exitCode));
      return slot;
    } catch (error) {
      this.#options.logger.error({ error }, 'an analysis worker could not be started');
      for (let job = this.#queue.take(); job; job = this.#queue.take()) job.reject(cannotStart(error));
      return null;
    }
  }

  #start(slot: Slot, job: Job): void {
    slot.job = job;
    this.#watch(slot);
    job.onAbandoned = () => this.#after(slot, this.#options.graceMs, () => this.#end(slot));
    slot.handle.send({ id: job.id, task: job.task });
  }

  /** A slot waits for one thing at a time: a sign of life, the end of a cancelled task, or work. */
  #after(slot: Slot, ms: number, act: () => void): void {
    clearTimeout(slot.timer);
    slot.timer = setTimeout(act, ms);
    slot.timer.unref();
  }

  #end(slot: Slot): void {
    slot.isEnding = true;
    slot.handle.kill();
  }

  #watch(slot: Slot): void {
    const { logger } = this.#options;
    const stallMs = this.#options.stallMs * (slot.job && NETWORK_STEPS.has(slot.job.task.kind) ? NETWORK_PATIENCE : 1);
    this.#after(slot, stallMs, () => {
      logger.warn({ task: slot.job && briefly(slot.job.task), stallMs }, 'an analysis worker hangs and is ended');
      slot.job?.reject(silentEnd(slot.job.task, 'decode.stalled'));
      this.#end(slot);
    });
  }

  #receive(slot: Slot, message: unknown): void {
    const reply = replySchema.safeParse(message);
    if (!reply.success) {
      this.#options.logger.error({ error: reply.error }, 'an analysis worker said something unexpected and is ended');
      this.#end(slot);
      return;
    }
    this.#hasAnswered = true;
    if (slot.job && reply.data.id === slot.job.id) this.#answer(slot, slot.job, reply.data);
  }

  #answer(slot: Slot, job: Job, reply: Reply): void {
    if (reply.type === 'pulse') {
      // A cancelled task's pulses do not prolong its grace.
      if (job.isSettled) return;
      this.#watch(slot);
      job.onPulse?.(reply.fraction, reply.news);
      return;
    }
    if (reply.type === 'result') job.resolve(reply.result);
    else job.reject(new StemscapeError(reply.failure.code, reply.failure.message));
    slot.job = null;
    job.onAbandoned = null;
    this.#after(slot, this.#options.idleMs, () => this.#end(slot));
    this.#pump();
  }

  #remove(slot: Slot, exitCode: number | null): void {
    this.#slots.delete(slot);
    clearTimeout(slot.timer);
    slot.exited.resolve();
    const { job } = slot;
    slot.job = null;
    if (job) {
      job.onAbandoned = null;
      if (!job.isSettled) this.#reportCrash(job, exitCode);
    }
    this.#pump();
  }

  #reportCrash(job: Job, exitCode: number | null): void {
    this.#options.logger.warn({ exitCode, task: briefly(job.task) }, 'an analysis worker ended during a task');
    this.#nMuteCrashes = this.#hasAnswered ? 0 : this.#nMuteCrashes + 1;
    const cannotRun = this.#nMuteCrashes >= MAX_MUTE_CRASHES;
    job.reject(cannotRun ? cannotStart(`exit code ${exitCode}`) : silentEnd(job.task, 'decode.crashed'));
  }
}

/** What a log needs of a task; some carry millions of numbers. */
function briefly(task: WorkerTask): { kind: string; path: string | null } {
  return { kind: task.kind, path: 'path' in task ? task.path : null };
}

function closing(): StemscapeError {
  return new StemscapeError('cancelled', 'Stemscape is closing.');
}

function cannotStart(cause: unknown): StemscapeError {
  const sentence = 'The processes that analyse music cannot run here; "stemscape doctor" tells why.';
  return new StemscapeError('host.unavailable', sentence, { cause });
}
