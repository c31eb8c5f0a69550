// The engine as the shell sees it: the same Engine, over the process it runs in. A crash answers what was asked with a
// failure, tells the window and starts the engine again.
import type { EventMessage, Failure, MediaResource, Request, Response } from '../contract/index.ts';
import type { Logger } from '../core/logger.ts';
import type { Engine, MediaAnswer } from '../engine/engine.ts';
import { type EngineMessage, engineMessageSchema, type HostMessage, type OpenMessage } from './engine-messages.ts';

/** A started engine process; see utility-engine.ts for the real one. */
export interface EngineProcess {
  post(message: HostMessage): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (exitCode: number | null) => void): void;
  kill(): void;
}

export interface EngineClientOptions {
  fork(): EngineProcess;
  open: Omit<OpenMessage, 'type'>;
  logger: Logger;
  nowMs?: () => number;
  closeTimeoutMs?: number;
}

type Answer = Extract<EngineMessage, { type: 'response' | 'mediaAnswer' }>;
type Question = Extract<HostMessage, { type: 'request' | 'media' }>;

const CLOSE_TIMEOUT_MS = 8000;
/** An engine that crashes more often than this is not started again: it would only burn the machine. */
const MAX_CRASHES = 3;
const CRASH_WINDOW_MS = 60_000;

const CRASHED: Failure = {
  code: 'internal',
  message: 'The engine stopped unexpectedly and was started again. Please try once more.',
};
const GAVE_UP: Failure = { code: 'internal', message: 'The engine stops again and again. Quit Stemscape and see its log.' };
const CLOSING: Failure = { code: 'cancelled', message: 'Stemscape is closing.' };

export class EngineClient implements Engine {
  readonly #options: EngineClientOptions;
  readonly #pending = new Map<number, (answer: Answer | Failure) => void>();
  readonly #listeners = new Set<(message: EventMessage) => void>();
  readonly #crashTimesMs: number[] = [];
  #process: EngineProcess | null = null;
  #lastId = 0;
  #scanning = false;
  #closed: (() => void) | null = null;

  constructor(options: EngineClientOptions) {
    this.#options = options;
    this.#start();
  }

  async handle(request: Request): Promise<Response> {
    const answer = await this.#ask((id) => ({ ...request, id }));
    if ('code' in answer) return { type: 'response', id: request.id, result: { ok: false, error: answer } };
    if (answer.type !== 'response') throw new Error('the engine answered a command with media');
    return { ...answer, id: request.id };
  }

  async media(resource: MediaResource): Promise<MediaAnswer | null> {
    const answer = await this.#ask((id) => ({ type: 'media', id, resource }));
    return 'type' in answer && answer.type === 'mediaAnswer' ? answer.answer : null;
  }

  onEvent(listener: (message: EventMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets the engine stop its scan and write what it holds, but not for ever. */
  async close(): Promise<void> {
    const engineProcess = this.#process;
    if (engineProcess === null || this.#closed !== null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#closed = resolve;
    engineProcess.post({ type: 'close' });
    const timer = setTimeout(() => {
      this.#options.logger.warn({}, 'the engine did not close in time');
      engineProcess.kill();
      resolve();
    }, this.#options.closeTimeoutMs ?? CLOSE_TIMEOUT_MS);
    await promise;
    clearTimeout(timer);
  }

  #start(): void {
    const engineProcess = this.#options.fork();
    this.#process = engineProcess;
    engineProcess.onMessage((message) => this.#receive(message));
    engineProcess.onExit((exitCode) => this.#exited(exitCode));
    engineProcess.post({ type: 'open', ...this.#options.open });
  }

  #ask(question: (id: number) => Question): Promise<Answer | Failure> {
    const { promise, resolve } = Promise.withResolvers<Answer | Failure>();
    if (this.#closed !== null) resolve(CLOSING);
    else if (this.#process === null) resolve(GAVE_UP);
    else {
      const id = ++this.#lastId;
      this.#pending.set(id, resolve);
      this.#process.post(question(id));
    }
    return promise;
  }

  #receive(raw: unknown): void {
    const message = engineMessageSchema.parse(raw);
    if (message.type === 'event') this.#emit(message);
    if (message.type !== 'response' && message.type !== 'mediaAnswer') return;
    this.#pending.get(message.id)?.(message);
    this.#pending.delete(message.id);
  }

  #exited(exitCode: number | null): void {
    this.#process = null;
    if (this.#closed !== null) {
      this.#failPending(CLOSING);
      this.#closed();
      return;
    }
    this.#options.logger.error({ exitCode }, 'the engine process ended by itself');
    const again = this.#mayStartAgain();
    if (again) this.#start();
    const failure = again ? CRASHED : GAVE_UP;
    this.#failPending(failure);
    this.#tellWindow(failure);
  }

  #mayStartAgain(): boolean {
    const nowMs = (this.#options.nowMs ?? Date.now)();
    this.#crashTimesMs.push(nowMs);
    return this.#crashTimesMs.filter((timeMs) => nowMs - timeMs < CRASH_WINDOW_MS).length <= MAX_CRASHES;
  }

  #failPending(failure: Failure): void {
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const resolve of waiting) resolve(failure);
  }

  /** A scan that ran has ended, and whatever the window shows may be older than what was stored. */
  #tellWindow(failure: Failure): void {
    if (this.#scanning) this.#emit({ type: 'event', name: 'scan.ended', payload: { summary: null, failure } });
    this.#emit({ type: 'event', name: 'tracks.changed', payload: { ids: null } });
  }

  #emit(message: EventMessage): void {
    if (message.name === 'scan.progress') this.#scanning = true;
    if (message.name === 'scan.ended') this.#scanning = false;
    for (const listener of this.#listeners) listener(message);
  }
}
