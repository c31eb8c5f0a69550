// How commands and events travel: the same envelopes over a MessagePort, Electron IPC and a WebSocket.
import { z } from 'zod';
import type { Failure } from '../core/domain/errors.ts';
import { type CommandInput, type CommandName, type CommandOutput, commands } from './commands.ts';
import { type EventName, type EventPayload, events } from './events.ts';
import type { MediaResource } from './media.ts';

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

export const requestSchema = z.object({
  type: z.literal('request'),
  id: z.number().int(),
  name: z.enum(Object.keys(commands) as [CommandName, ...CommandName[]]),
  input: z.unknown(),
});
export type Request = z.output<typeof requestSchema>;

export type Response = { type: 'response'; id: number; result: Result<unknown> };
export type EventMessage = { type: 'event'; name: EventName; payload: unknown };

export const eventMessageSchema = z.object({
  type: z.literal('event'),
  name: z.enum(Object.keys(events) as [EventName, ...EventName[]]),
  payload: z.unknown(),
});

/** The bridge as the renderer sees it: exposed by the preload as `window.stemscape`, or built over a WebSocket by `serve`. */
export interface Bridge {
  invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>>;
  /** Returns the unsubscribe function. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** URL of a media resource; see `MediaResource`. */
  mediaUrl(resource: MediaResource): string;
}
