// An engine that answers from a table, for tests of the hosts around it.
import type { EventMessage, MediaResource, Request, Result } from '../../src/contract/index.ts';
import type { Engine, MediaAnswer } from '../../src/engine/engine.ts';

export interface FakeEngine extends Engine {
  requests: Request[];
  closed: boolean;
  emit(message: EventMessage): void;
}

export interface FakeAnswers {
  handle?: (request: Request) => Result<unknown> | Promise<Result<unknown>>;
  media?: (resource: MediaResource) => MediaAnswer | null;
}

export function fakeEngine(answers: FakeAnswers = {}): FakeEngine {
  const listeners = new Set<(message: EventMessage) => void>();
  const engine: FakeEngine = {
    requests: [],
    closed: false,
    async handle(request) {
      engine.requests.push(request);
      const result = (await answers.handle?.(request)) ?? { ok: true, value: { echo: request.name } };
      return { type: 'response', id: request.id, result };
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    media: async (resource) => answers.media?.(resource) ?? null,
    async close() {
      engine.closed = true;
    },
    emit(message) {
      for (const listener of listeners) listener(message);
    },
  };
  return engine;
}
