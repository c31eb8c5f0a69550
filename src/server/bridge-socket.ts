// The contract over WebSockets: one JSON envelope a message, requests in, responses and events out.
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type EventMessage, type Request, type Response, type Result, requestSchema } from '../contract/index.ts';
import type { Logger } from '../core/logger.ts';
import type { Engine } from '../engine/engine.ts';
import { answerHostCommand, type BrowserHost } from './host-commands.ts';

/** A playlist of another program comes as one message; the iTunes library of a large collection has some 100 MB. */
const MAX_MESSAGE_BYTES = 192 * 1024 ** 2;
/** A page that reads nothing any more must not hold the library's events in memory. */
const MAX_UNSENT_BYTES = 16 * 1024 ** 2;
const PING_INTERVAL_MS = 30_000;

export interface BridgeSockets {
  server: WebSocketServer;
  close(): void;
}

export function createBridgeSockets(engine: Engine, host: BrowserHost, logger: Logger): BridgeSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => void answer(socket, isBinary ? null : textOf(data), engine, host, logger));
    socket.on('error', (error) => logger.warn({ error }, 'a page sent something that is no message'));
  });
  const stopEvents = engine.onEvent((message) => broadcast(server, message));
  const pings = setInterval(() => dropSilent(server), PING_INTERVAL_MS);
  pings.unref();
  return {
    server,
    close() {
      clearInterval(pings);
      stopEvents();
      for (const socket of server.clients) socket.close(1001, 'Stemscape is closing');
      server.close();
    },
  };
}

async function answer(socket: WebSocket, text: string | null, engine: Engine, host: BrowserHost, logger: Logger): Promise<void> {
  const message = parseJson(text);
  const request = requestSchema.safeParse(message);
  if (!request.success) return refuse(socket, message);
  try {
    const hostResult = await answerHostCommand(request.data, host);
    send(socket, hostResult === null ? await engine.handle(request.data) : respond(request.data, hostResult));
  } catch (error) {
    logger.error({ error, command: request.data.name }, 'a command failed without an answer');
    const failure = { code: 'internal', message: 'The engine gave no answer; see the log.' } as const;
    send(socket, respond(request.data, { ok: false, error: failure }));
  }
}

/** A message with an id is told what is wrong with it; anything else is no page of ours. */
function refuse(socket: WebSocket, message: unknown): void {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
  if (typeof id !== 'number' || !Number.isInteger(id)) {
    socket.close(1008, 'not a request');
    return;
  }
  const failure = { code: 'input.invalid', message: 'The page asked for something this version does not know.' } as const;
  send(socket, respond({ id }, { ok: false, error: failure }));
}

function respond(request: Pick<Request, 'id'>, result: Result<unknown>): Response {
  return { type: 'response', id: request.id, result };
}

function send(socket: WebSocket, message: Response): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}

function broadcast(server: WebSocketServer, message: EventMessage): void {
  const text = JSON.stringify(message);
  for (const socket of server.clients) {
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.send(text);
  }
}

const answeredPing = new WeakMap<WebSocket, boolean>();

function dropSilent(server: WebSocketServer): void {
  for (const socket of server.clients) {
    if (answeredPing.get(socket) === false) {
      socket.terminate();
      continue;
    }
    answeredPing.set(socket, false);
    socket.once('pong', () => answeredPing.set(socket, true));
    socket.ping();
  }
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function textOf(data: RawData): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString('utf8');
}
