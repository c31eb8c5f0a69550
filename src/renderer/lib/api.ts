// The only user of the bridge: commands as promises that throw `EngineFailure`, events, and media addresses.
import type {
  Bridge,
  CommandInput,
  CommandName,
  CommandOutput,
  ErrorCode,
  EventName,
  EventPayload,
  Failure,
  MediaResource,
} from '../../contract/index.ts';
import type { Connection } from './connection.ts';
import { failureText } from './failure-words.ts';
import { connectWebSocket } from './websocket-bridge.ts';

/** A command the engine refused, with its sentence for a person in the window's language. */
export class EngineFailure extends Error {
  readonly code: ErrorCode;

  constructor(failure: Failure) {
    super(failureText(failure));
    this.name = 'EngineFailure';
    this.code = failure.code;
  }
}

export interface Api {
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  /** Returns the unsubscribe function. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  mediaUrl(resource: MediaResource): string;
}

const ALWAYS_OPEN: Connection = {
  watch(listener) {
    listener(true);
    return () => {};
  },
};

/** The preload's bridge in the desktop window, a WebSocket everywhere else. */
export function connect(): { bridge: Bridge; connection: Connection } {
  if (window.stemscape) return { bridge: window.stemscape, connection: ALWAYS_OPEN };
  return connectWebSocket(window.location);
}

export function createApi(bridge: Bridge): Api {
  return {
    async call(name, input) {
      const result = await bridge.invoke(name, input);
      if (!result.ok) throw new EngineFailure(result.error);
      return result.value;
    },
    on: (name, listener) => bridge.on(name, listener),
    mediaUrl: (resource) => bridge.mediaUrl(resource),
  };
}
