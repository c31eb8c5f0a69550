// The bridge in a browser: the contract's envelopes as JSON over a WebSocket that reconnects by itself.
import {
  type Bridge,
  type EventName,
  type EventPayload,
  eventMessageSchema,
  events,
  type Failure,
  mediaPath,
  type Result,
} from '../../contract/index.ts';
import type { Connection } from './connection.ts';
import { t } from './language.ts';

const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 5000;
const lost = (): Failure => ({ code: 'host.unavailable', message: t('shell.lostAnswer') });

type Listener = (payload: never) => void;

export interface WebSocketLike {
  readonly readyState: number;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(text: string): void;
}

interface Place {
  protocol: string;
  host: string;
}

const openSocket = (url: string): WebSocketLike => new WebSocket(url) as unknown as WebSocketLike;

export function connectWebSocket(place: Place, open = openSocket): { bridge: Bridge; connection: Connection } {
  const url = `${place.protocol === 'https:' ? 'wss:' : 'ws:'}//${place.host}/bridge`;
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  const unsent: string[] = [];
  const listeners = new Map<EventName, Set<Listener>>();
  const watchers = new Set<(isOpen: boolean) => void>();
  let socket: WebSocketLike;
  let isOpen = false;
  let retryMs = FIRST_RETRY_MS;
  let lastId = 0;

  const setOpen = (value: boolean): void => {
    isOpen = value;
    for (const watcher of watchers) watcher(value);
  };
  const dial = (): void => {
    socket = open(url);
    socket.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      for (const text of unsent.splice(0)) socket.send(text);
      setOpen(true);
    };
    socket.onclose = () => {
      for (const [id, answer] of [...waiting]) {
        waiting.delete(id);
        answer({ ok: false, error: lost() });
      }
      unsent.length = 0;
      setOpen(false);
      setTimeout(dial, retryMs);
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    };
    socket.onmessage = ({ data }) => receive(String(data), waiting, listeners);
  };
  dial();

  const bridge: Bridge = {
    async invoke(name, input) {
      const id = ++lastId;
      const { promise, resolve } = Promise.withResolvers<Result<unknown>>();
      waiting.set(id, resolve);
      const text = JSON.stringify({ type: 'request', id, name, input });
      if (isOpen) socket.send(text);
      else unsent.push(text);
      // The engine answers with the output its command's schema describes.
      return (await promise) as Awaited<ReturnType<typeof bridge.invoke<typeof name>>>;
    },
    on(name, listener) {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener as Listener));
      return () => heard.delete(listener as Listener);
    },
    mediaUrl: (resource) => `/media/${mediaPath(resource)}`,
  };
  const connection: Connection = {
    watch(listener) {
      watchers.add(listener);
      listener(isOpen);
      return () => watchers.delete(listener);
    },
  };
  return { bridge, connection };
}

function receive(
  text: string,
  waiting: Map<number, (result: Result<unknown>) => void>,
  listeners: Map<EventName, Set<Listener>>,
): void {
  const message: unknown = parse(text);
  if (typeof message !== 'object' || message === null || !('type' in message)) return;
  if (message.type === 'response' && 'id' in message && typeof message.id === 'number' && 'result' in message) {
    waiting.get(message.id)?.(message.result as Result<unknown>);
    waiting.delete(message.id);
    return;
  }
  const event = eventMessageSchema.safeParse(message);
  if (!event.success) return;
  const payload = events[event.data.name].safeParse(event.data.payload);
  if (!payload.success) return;
  for (const listener of listeners.get(event.data.name) ?? []) listener(payload.data as EventPayload<EventName> as never);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
