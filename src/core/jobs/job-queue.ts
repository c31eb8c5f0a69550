// Tasks that wait for a worker: what a person waits for goes ahead of what a scan asks.
import type { TaskNews, WorkerTask } from '../domain/analysis.ts';
import { StemscapeError } from '../domain/errors.ts';

export type JobPriority = 'scan' | 'interactive';

/** A sign of life: how far the task is, 0..1, null when unknown; and what else there is to tell. */
export type OnPulse = (fraction: number | null, news?: TaskNews) => void;

export interface Job {
  id: number;
  task: WorkerTask;
  onPulse: OnPulse | undefined;
  /** Answered, failed or cancelled already. */
  readonly isSettled: boolean;
  resolve(result: unknown): void;
  reject(error: unknown): void;
  /** Called when the task is cancelled while a worker has it. */
  onAbandoned: (() => void) | null;
}

export interface JobRequest {
  signal?: AbortSignal | undefined;
  onPulse?: OnPulse | undefined;
  priority?: JobPriority;
}

export interface JobQueue {
  readonly size: number;
  /** Rejects with `cancelled` as soon as the signal says so. */
  add(task: WorkerTask, request: JobRequest): Promise<unknown>;
  take(): Job | undefined;
}

export function createJobQueue(): JobQueue {
  const waiting: Record<JobPriority, Job[]> = { interactive: [], scan: [] };
  let nextId = 1;

  return {
    get size() {
      return waiting.interactive.length + waiting.scan.length;
    },
    take: () => waiting.interactive.shift() ?? waiting.scan.shift(),
    add(task, { signal, onPulse, priority = 'scan' }) {
      if (signal?.aborted) return Promise.reject(cancelled());
      const line = waiting[priority];
      const { job, promise } = createJob(nextId++, task, onPulse);
      const abort = () => {
        const place = line.indexOf(job);
        if (place >= 0) line.splice(place, 1);
        job.reject(cancelled());
        job.onAbandoned?.();
      };
      signal?.addEventListener('abort', abort, { once: true });
      line.push(job);
      return promise.finally(() => signal?.removeEventListener('abort', abort));
    },
  };
}

function cancelled(): StemscapeError {
  return new StemscapeError('cancelled', 'Cancelled.');
}

function createJob(id: number, task: WorkerTask, onPulse: Job['onPulse']): { job: Job; promise: Promise<unknown> } {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  let isSettled = false;
  const settle = (act: () => void) => {
    if (isSettled) return;
    isSettled = true;
    act();
  };
  const job: Job = {
    id,
    task,
    onPulse,
    get isSettled() {
      return isSettled;
    },
    resolve: (result) => settle(() => resolve(result)),
    reject: (error) => settle(() => reject(error)),
    onAbandoned: null,
  };
  return { job, promise };
}
