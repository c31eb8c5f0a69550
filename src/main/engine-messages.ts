// What the shell and the engine process say to each other: the contract's envelopes, media, and the forking of workers.
import { z } from 'zod';
import {
  type EventMessage,
  eventMessageSchema,
  failureSchema,
  mediaResourceSchema,
  type Response,
  requestSchema,
} from '../contract/index.ts';

const id = z.number().int();

/** Shell to engine. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  /** The first message: what to open; `logFile` null logs to stderr. */
  z.object({ type: z.literal('open'), libraryDir: z.string(), resourcesDir: z.string(), logFile: z.string().nullable() }),
  requestSchema,
  z.object({ type: z.literal('media'), id, resource: mediaResourceSchema }),
  /** Carries the worker's MessagePort. */
  z.object({ type: z.literal('workerPort'), id }),
  z.object({ type: z.literal('workerExit'), id, exitCode: z.number().nullable() }),
  z.object({ type: z.literal('close') }),
]);
export type HostMessage = z.output<typeof hostMessageSchema>;
export type OpenMessage = Extract<HostMessage, { type: 'open' }>;

const mediaAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), path: z.string(), mediaType: z.string() }),
  z.object({
    kind: z.literal('bytes'),
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    mediaType: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
]);

const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: failureSchema }),
]);

/** Engine to shell. */
export const engineMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('response'), id, result: resultSchema }) satisfies z.ZodType<Response>,
  eventMessageSchema satisfies z.ZodType<EventMessage>,
  z.object({ type: z.literal('mediaAnswer'), id, answer: mediaAnswerSchema.nullable() }),
  z.object({ type: z.literal('forkWorker'), id }),
  z.object({ type: z.literal('killWorker'), id }),
]);
export type EngineMessage = z.output<typeof engineMessageSchema>;

/** A MessagePort as both sides use it: Electron's, or a double in tests. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  start(): void;
  close(): void;
}
