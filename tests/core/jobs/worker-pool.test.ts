// The pool with real processes: what crashes, hangs or is cancelled costs one task.
import { expect, onTestFinished, test } from 'vitest';
import { createNodeWorkerSpawner } from '../../../src/core/jobs/spawn-node-worker.ts';
import { createWorkerPool, type RunOptions, type WorkerPoolOptions } from '../../../src/core/jobs/worker-pool.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';

const spawn = createNodeWorkerSpawner(new URL('./odd-worker.ts', import.meta.url), SILENT_LOGGER);

interface Answer {
  pid: number;
  path: string;
  vector: Float32Array;
}

function createPool(changes: Partial<WorkerPoolOptions> = {}) {
  const pool = createWorkerPool({ size: 1, spawn, logger: SILENT_LOGGER, ...changes });
  onTestFinished(() => pool.close());
  return {
    close: () => pool.close(),
    // The fixture answers every task in its own way.
    run: (path: string, options?: RunOptions) =>
      pool.run({ kind: 'transcode', path, outFile: '' }, options) as unknown as Promise<Answer>,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('one worker does task after task; typed arrays arrive as such; pulses are heard', async () => {
  const pool = createPool();
  const pulses: (number | null)[] = [];
  const first = await pool.run('a', { onPulse: (fraction) => void pulses.push(fraction) });
  expect(first.vector).toEqual(Float32Array.of(1.5, 2.5));
  expect(pulses).toEqual([0.5]);
  expect((await pool.run('b')).pid).toBe(first.pid);
});

test('up to `size` workers at a time', async () => {
  const pool = createPool({ size: 2 });
  const answers = await Promise.all(['wait:200', 'wait:200', 'a', 'b'].map((path) => pool.run(path)));
  expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
});

test('a crash costs its task: the sentence names the file and the next task gets a new worker', async () => {
  const pool = createPool();
  const { pid } = await pool.run('a');
  await expect(pool.run('crash:now')).rejects.toMatchObject({
    code: 'decode.crashed',
    message: 'crash:now stopped the decoder; the scan went on without it.',
  });
  expect((await pool.run('b')).pid).not.toBe(pid);
});

test('a worker that falls silent is ended', async () => {
  const pool = createPool({ stallMs: 500 });
  await expect(pool.run('hang')).rejects.toMatchObject({ code: 'decode.stalled' });
  expect((await pool.run('a')).path).toBe('a');
});

test('a step of a training has longer, and is ended too', async () => {
  const pool = createWorkerPool({ size: 1, spawn, logger: SILENT_LOGGER, stallMs: 300 });
  onTestFinished(() => pool.close());
  // The fixture reads the path alone.
  const train = (path: string) =>
    pool.run({ kind: 'fineTune', runDir: '', outDir: '', finishOnly: false, backend: 'auto', path } as {
      kind: 'fineTune';
    } & never);
  await expect(train('wait:700')).resolves.toMatchObject({ path: 'wait:700' });
  await expect(train('hang')).rejects.toMatchObject({ code: 'model.failed' });
});

test('a failure is passed on and the worker stays; babble ends it', async () => {
  const pool = createPool();
  const { pid } = await pool.run('a');
  await expect(pool.run('fail')).rejects.toMatchObject({ code: 'decode.corrupt', message: 'The file is damaged.' });
  expect((await pool.run('b')).pid).toBe(pid);
  await expect(pool.run('babble')).rejects.toMatchObject({ code: 'decode.crashed' });
});

test('what a person waits for goes ahead of what a scan asks', async () => {
  const pool = createPool();
  const order: string[] = [];
  const note = ({ path }: Answer) => void order.push(path);
  await Promise.all([
    pool.run('wait:100').then(note),
    pool.run('scan').then(note),
    pool.run('person', { priority: 'interactive' }).then(note),
  ]);
  expect(order).toEqual(['wait:100', 'person', 'scan']);
});

test('a cancel answers at once; a worker that goes on past the grace is ended', async () => {
  const pool = createPool({ graceMs: 100 });
  const { pid } = await pool.run('a');
  const cancel = new AbortController();
  const running = pool.run('wait:60000', { signal: cancel.signal });
  const waiting = pool.run('b', { signal: cancel.signal });
  cancel.abort();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  expect((await pool.run('c')).pid).not.toBe(pid);
});

test('an idle worker ends by itself', async () => {
  const pool = createPool({ idleMs: 50 });
  const { pid } = await pool.run('a');
  await expect.poll(() => isAlive(pid), { timeout: 3000 }).toBe(false);
  expect((await pool.run('b')).path).toBe('b');
});

test('closing leaves no process behind and cancels what waits', async () => {
  const pool = createPool();
  const { pid } = await pool.run('a');
  const running = pool.run('wait:60000');
  const waiting = pool.run('b');
  const ended = Promise.allSettled([running, waiting]);
  await pool.close();
  expect(await ended).toMatchObject([{ reason: { code: 'cancelled' } }, { reason: { code: 'cancelled' } }]);
  expect(isAlive(pid)).toBe(false);
  await expect(pool.run('c')).rejects.toMatchObject({ code: 'cancelled' });
});

test('a worker module that cannot run at all is told apart from files that crash it', async () => {
  const pool = createPool({ spawn: createNodeWorkerSpawner(new URL('./no-such-worker.ts', import.meta.url), SILENT_LOGGER) });
  const codes: string[] = [];
  for (const path of ['a', 'b', 'c']) codes.push(await pool.run(path).catch((error) => error.code));
  expect(codes.at(-1)).toBe('host.unavailable');
});
