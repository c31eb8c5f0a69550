// Binds the contract to the application: every request is parsed with its schema, answered, and every failure flattened.
import { commands, type EventMessage, type EventName, events, type Request } from '../contract/index.ts';
import type { App } from '../core/app.ts';
import { StemscapeError, toFailure } from '../core/domain/errors.ts';
import type { MapFrame } from '../core/domain/map.ts';
import type { Logger } from '../core/logger.ts';
import type { Engine } from './engine.ts';
import { createHandlers } from './handlers.ts';
import { frameOf } from './map-handlers.ts';
import { resolveMedia } from './media.ts';

/** Events whose columns of numbers are packed on their way out. */
const OUTGOING: Partial<Record<EventName, (payload: unknown) => unknown>> = {
  'map.frame': (payload) => frameOf(payload as MapFrame),
};
const EVENT_NAMES = Object.keys(events) as EventName[];

export function createEngine(app: App, logger: Logger): Engine {
  const handlers = createHandlers(app);
  return {
    async handle(request) {
      try {
        const value = await answer(handlers, request);
        return { type: 'response', id: request.id, result: { ok: true, value } };
      } catch (error) {
        if (!(error instanceof StemscapeError)) logger.error({ error, command: request.name }, 'A command failed unexpectedly');
        return { type: 'response', id: request.id, result: { ok: false, error: toFailure(error) } };
      }
    },
    onEvent(listener) {
      const unsubscribe = EVENT_NAMES.map((name) => subscribe(app, name, listener));
      return () => {
        for (const stop of unsubscribe) stop();
      };
    },
    media: (resource) => resolveMedia(app, resource),
    close: () => app.close(),
  };
}

async function answer(handlers: ReturnType<typeof createHandlers>, request: Request): Promise<unknown> {
  const parsed = commands[request.name].input.safeParse(request.input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new StemscapeError(
      'input.invalid',
      `${request.name}: ${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'is not valid'}`,
    );
  }
  // The table pairs each name with its own input type; TypeScript cannot follow that through an indexed access.
  const handler = handlers[request.name] as (input: unknown) => unknown;
  return handler(parsed.data);
}

function subscribe(app: App, name: EventName, listener: (message: EventMessage) => void): () => void {
  const encode = OUTGOING[name];
  const forward = (payload: unknown): void => listener({ type: 'event', name, payload: encode ? encode(payload) : payload });
  app.events.on(name, forward);
  return () => app.events.off(name, forward);
}
