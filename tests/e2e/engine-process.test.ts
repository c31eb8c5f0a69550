// The desktop's engine with real models: its workers are forked by the shell and talk over MessagePorts. Threads stand in
// for Electron's processes; everything else is what the packaged app runs.
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAudioPath } from '../../src/contract/index.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { EngineClient, type EngineProcess } from '../../src/main/engine-client.ts';
import { createEngineHost } from '../../src/main/engine-host.ts';
import type { EngineMessage, MessagePortLike } from '../../src/main/engine-messages.ts';

const resourcesDir = resolve(import.meta.dirname, '..', '..', 'resources');
const WORKER = new URL('../support/port-worker.ts', import.meta.url);

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stemscape-engine-'));
  await mkdir(join(dir, 'music'));
  const names = await readdir(join(resourcesDir, 'demo'), { recursive: true });
  const [first] = names.filter(isAudioPath).sort();
  await cp(join(resourcesDir, 'demo', first ?? ''), join(dir, 'music', 'one.opus'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function asElectronPort(port: MessagePort): MessagePortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (_event, listener) => port.on('message', (data) => listener({ data })),
    start: () => port.start(),
    close: () => port.close(),
  };
}

/** The shell's part of utility-engine.ts, with threads. */
function forkInThreads(counts: { workers: number }): EngineProcess {
  const workers = new Map<number, Worker>();
  let tell: (message: unknown) => void = () => {};
  let ended: (code: number | null) => void = () => {};
  const fork = (id: number): void => {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(WORKER);
    worker.once('exit', (exitCode) => host.receive({ type: 'workerExit', id, exitCode }, []));
    worker.postMessage({ data: { type: 'port' }, port: port1 }, [port1]);
    workers.set(id, worker);
    counts.workers += 1;
    host.receive({ type: 'workerPort', id }, [asElectronPort(port2)]);
  };
  const post = (message: EngineMessage): void => {
    if (message.type === 'forkWorker') fork(message.id);
    else if (message.type === 'killWorker') void workers.get(message.id)?.terminate();
    else tell(structuredClone(message));
  };
  const host = createEngineHost({ post, openEngine, createLogger: () => SILENT_LOGGER, exit: () => ended(0) });
  return {
    post: (message) => host.receive(structuredClone(message), []),
    onMessage: (listener) => {
      tell = listener;
    },
    onExit: (listener) => {
      ended = listener;
    },
    kill() {},
  };
}

test('a track is analysed by a worker over its port', async () => {
  const counts = { workers: 0 };
  const open = { libraryDir: join(dir, 'library'), resourcesDir, logFile: null };
  const client = new EngineClient({ fork: () => forkInThreads(counts), open, logger: SILENT_LOGGER });
  const ended = Promise.withResolvers<unknown>();
  client.onEvent((message) => message.name === 'scan.ended' && ended.resolve(message.payload));
  const ask = (name: 'scan.start' | 'tracks.list', input: unknown) => client.handle({ type: 'request', id: 1, name, input });

  expect((await ask('scan.start', { folders: [join(dir, 'music')] })).result).toEqual({ ok: true, value: {} });
  expect(await ended.promise).toMatchObject({ summary: { found: 1, analysed: 1, failed: 0 }, failure: null });
  expect((await ask('tracks.list', {})).result).toMatchObject({ value: { total: 1, tracks: [{ status: 'analysed' }] } });
  expect(counts.workers).toBeGreaterThan(0);
  expect(await client.media({ kind: 'audio', id: 1 })).toEqual({
    kind: 'file',
    path: join(dir, 'music', 'one.opus'),
    mediaType: 'audio/ogg',
  });
  await client.close();
});
