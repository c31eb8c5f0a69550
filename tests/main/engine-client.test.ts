// The engine process from both sides: answers by id, crashes, restarts, closing, and the workers it asks for.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { EventMessage } from '../../src/contract/index.ts';
import { StemscapeError } from '../../src/core/domain/errors.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { EngineClient, type EngineProcess } from '../../src/main/engine-client.ts';
import { createEngineHost } from '../../src/main/engine-host.ts';
import type { HostMessage } from '../../src/main/engine-messages.ts';
import { type FakeEngine, fakeEngine } from '../server/fake-engine.ts';
import { PortDouble } from './electron-double.ts';

const OPEN = { libraryDir: '/library', resourcesDir: '/resources', logFile: null };

/** An engine process without the process: a real engine host at the other end of two functions. */
class ProcessDouble implements EngineProcess {
  posted: HostMessage[] = [];
  exit: (code: number | null) => void = () => {};
  say: (message: unknown) => void = () => {};
  killed = false;
  readonly #host: ReturnType<typeof createEngineHost> | null;

  constructor(openEngine: (() => Promise<FakeEngine>) | null) {
    const options = {
      createLogger: () => SILENT_LOGGER,
      exit: () => this.exit(0),
      post: (message: unknown) => this.say(message),
    };
    this.#host = openEngine && createEngineHost({ ...options, openEngine });
  }
  post(message: HostMessage): void {
    this.posted.push(message);
    this.#host?.receive(structuredClone(message), []);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.say = (message) => listener(structuredClone(message));
  }
  onExit(listener: (code: number | null) => void): void {
    this.exit = listener;
  }
  kill(): void {
    this.killed = true;
  }
}

let processes: ProcessDouble[] = [];
let nowMs = 0;
beforeEach(() => {
  processes = [];
  nowMs = 0;
});

function clientOver(openEngine: (() => Promise<FakeEngine>) | null): EngineClient {
  const fork = (): EngineProcess => {
    const started = new ProcessDouble(openEngine);
    processes.push(started);
    return started;
  };
  return new EngineClient({ fork, open: OPEN, logger: SILENT_LOGGER, nowMs: () => nowMs, closeTimeoutMs: 20 });
}

const ask = (client: EngineClient, id = 9) => client.handle({ type: 'request', id, name: 'settings.get', input: {} });

describe('while it lives', () => {
  test('two windows may use the same id', async () => {
    const client = clientOver(async () => fakeEngine({ handle: ({ name }) => ({ ok: true, value: name }) }));
    const answers = await Promise.all([ask(client), ask(client)]);
    expect(answers).toEqual(Array(2).fill({ type: 'response', id: 9, result: { ok: true, value: 'settings.get' } }));
  });

  test('media and events come through', async () => {
    const engine = fakeEngine({ media: ({ id }) => ({ kind: 'file', path: `/${id}.flac`, mediaType: 'audio/flac' }) });
    const client = clientOver(async () => engine);
    const heard: EventMessage[] = [];
    client.onEvent((message) => heard.push(message));
    expect(await client.media({ kind: 'audio', id: 4 })).toEqual({ kind: 'file', path: '/4.flac', mediaType: 'audio/flac' });
    engine.emit({ type: 'event', name: 'settings.changed', payload: {} });
    expect(heard).toEqual([{ type: 'event', name: 'settings.changed', payload: {} }]);
  });

  test('a library that would not open is told, and tried again with the next question', async () => {
    const open = vi
      .fn<() => Promise<FakeEngine>>()
      .mockRejectedValueOnce(new StemscapeError('library.locked', 'In use.'))
      .mockRejectedValueOnce(new StemscapeError('library.locked', 'In use.'))
      .mockResolvedValue(fakeEngine());
    const client = clientOver(open);
    await vi.waitFor(() => expect(open).toHaveBeenCalledTimes(1));
    await new Promise((resolve) => setImmediate(resolve));
    expect((await ask(client)).result).toMatchObject({ ok: false, error: { code: 'library.locked' } });
    expect((await ask(client)).result).toMatchObject({ ok: true });
  });
});

describe('when it crashes', () => {
  const progress: EventMessage = { type: 'event', name: 'scan.progress', payload: {} };

  test('open questions fail, a new one starts, and the window hears that its scan ended', async () => {
    const client = clientOver(null);
    const heard: string[] = [];
    client.onEvent((message) => heard.push(message.name));
    processes[0]?.say(progress);
    const open = [ask(client), client.media({ kind: 'audio', id: 1 })] as const;
    processes[0]?.exit(139);
    expect((await open[0]).result).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await open[1]).toBeNull();
    expect(heard).toEqual(['scan.progress', 'scan.ended', 'tracks.changed']);
    expect(processes).toHaveLength(2);
    expect(processes[1]?.posted).toEqual([{ type: 'open', ...OPEN }]);
  });

  test('again and again, it is left alone', async () => {
    const client = clientOver(null);
    for (let crash = 0; crash < 4; crash++) processes.at(-1)?.exit(1);
    expect(processes).toHaveLength(4);
    expect((await ask(client)).result).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('again and again') },
    });
  });

  test('now and then, it is always started', () => {
    clientOver(null);
    for (let crash = 0; crash < 10; crash++) {
      nowMs += 61_000;
      processes.at(-1)?.exit(1);
    }
    expect(processes).toHaveLength(11);
  });
});

describe('closing', () => {
  test('waits for the engine', async () => {
    const engine = fakeEngine();
    const client = clientOver(async () => engine);
    await client.close();
    expect(engine.closed).toBe(true);
    expect(processes).toHaveLength(1);
    expect((await ask(client)).result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  test('does not wait for ever', async () => {
    const client = clientOver(null);
    await client.close();
    expect(processes[0]?.killed).toBe(true);
  });
});

describe('workers of the engine', () => {
  test('are asked of the shell, and get what was sent before they came', async () => {
    const posted: unknown[] = [];
    let spawn: (() => import('../../src/core/jobs/worker-handle.ts').WorkerHandle) | undefined;
    const host = createEngineHost({
      post: (message) => posted.push(message),
      openEngine: async (options) => {
        spawn = options.spawnWorker;
        return fakeEngine();
      },
      createLogger: () => SILENT_LOGGER,
      exit: () => {},
    });
    host.receive({ type: 'open', ...OPEN }, []);
    const worker = spawn?.();
    expect(posted).toEqual([{ type: 'forkWorker', id: 1 }]);

    const heard: unknown[] = [];
    const exits: unknown[] = [];
    const received: unknown[] = [];
    worker?.onMessage((message) => heard.push(message));
    worker?.onExit((code) => exits.push(code));
    worker?.send('early');
    const [near, far] = [new PortDouble(), new PortDouble()];
    near.other = far;
    far.other = near;
    far.on('message', ({ data }) => received.push(data));
    host.receive({ type: 'workerPort', id: 1 }, [near]);
    worker?.send(new Float32Array([1]));
    far.postMessage('pulse');
    worker?.kill();
    host.receive({ type: 'workerExit', id: 1, exitCode: 11 }, []);

    expect(near.started).toBe(true);
    expect(received).toEqual(['early', new Float32Array([1])]);
    expect(heard).toEqual(['pulse']);
    expect(posted.at(-1)).toEqual({ type: 'killWorker', id: 1 });
    expect(exits).toEqual([11]);
    expect(near.closed).toBe(true);
  });
});
