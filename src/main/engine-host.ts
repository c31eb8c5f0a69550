// The engine process from the inside: opens the engine and answers the shell's messages. Free of Electron, so that tests
// drive it over plain functions.

import type { AppOptions } from '../core/app-options.ts';
import { type Failure, StemscapeError, toFailure } from '../core/domain/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Engine } from '../engine/engine.ts';
import {
  type EngineMessage,
  type HostMessage,
  hostMessageSchema,
  type MessagePortLike,
  type OpenMessage,
} from './engine-messages.ts';
import { createWorkerPorts, type WorkerPorts } from './worker-ports.ts';

export interface EngineHostOptions {
  post(message: EngineMessage): void;
  openEngine(options: AppOptions): Promise<Engine>;
  createLogger(logFile: string | null): Logger;
  exit(): void;
}

export interface EngineHost {
  receive(message: unknown, ports: readonly MessagePortLike[]): void;
}

export function createEngineHost(options: EngineHostOptions): EngineHost {
  const workers = createWorkerPorts(options.post);
  let opened: OpenedEngine | null = null;
  return {
    receive(raw, ports) {
      const message = hostMessageSchema.parse(raw);
      if (message.type === 'open') opened = new OpenedEngine(options, message, workers.spawn);
      else if (message.type === 'workerPort' || message.type === 'workerExit') routeWorker(workers, message, ports);
      else if (message.type === 'close') void closeAndExit(opened, options);
      else void opened?.answer(message).then(options.post);
    },
  };
}

function routeWorker(
  workers: WorkerPorts,
  message: Extract<HostMessage, { type: 'workerPort' | 'workerExit' }>,
  ports: readonly MessagePortLike[],
): void {
  if (message.type === 'workerExit') workers.exited(message.id, message.exitCode);
  else if (ports[0]) workers.connect(message.id, ports[0]);
}

async function closeAndExit(opened: OpenedEngine | null, options: EngineHostOptions): Promise<void> {
  await opened?.close();
  options.exit();
}

/** The engine, opened with the first question and again with the next one when that failed (a library that was locked). */
class OpenedEngine {
  readonly #open: () => Promise<Engine>;
  readonly #logger: Logger;
  #engine: Promise<Engine> | null = null;

  constructor(options: EngineHostOptions, message: OpenMessage, spawnWorker: WorkerPorts['spawn']) {
    const { libraryDir, resourcesDir } = message;
    this.#logger = options.createLogger(message.logFile);
    this.#open = async () => {
      const engine = await options.openEngine({
        libraryDir,
        resourcesDir,
        logger: this.#logger,
        logFile: message.logFile,
        spawnWorker,
      });
      engine.onEvent(options.post);
      return engine;
    };
    void this.#current().catch(() => {});
  }

  async answer(message: Extract<HostMessage, { type: 'request' | 'media' }>): Promise<EngineMessage> {
    try {
      const engine = await this.#current();
      if (message.type === 'request') return await engine.handle(message);
      return { type: 'mediaAnswer', id: message.id, answer: await engine.media(message.resource) };
    } catch (error) {
      if (message.type === 'media') return { type: 'mediaAnswer', id: message.id, answer: null };
      return { type: 'response', id: message.id, result: { ok: false, error: this.#failure(error) } };
    }
  }

  async close(): Promise<void> {
    await this.#engine?.then((engine) => engine.close()).catch((error: unknown) => this.#failure(error));
  }

  #current(): Promise<Engine> {
    this.#engine ??= this.#open().catch((error: unknown) => {
      this.#engine = null;
      throw error;
    });
    return this.#engine;
  }

  #failure(error: unknown): Failure {
    if (!(error instanceof StemscapeError)) this.#logger.error({ error }, 'the engine failed');
    return toFailure(error);
  }
}
