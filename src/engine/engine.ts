// The engine as a host sees it: requests in, responses, events and media out. The same object stands behind the
// desktop window (over a MessagePort) and behind `serve` (over a WebSocket).
import type { EventMessage, MediaResource, Request, Response } from '../contract/index.ts';

/** What a media resource resolves to; null when there is none. */
export type MediaAnswer =
  | { kind: 'file'; path: string; mediaType: string }
  | { kind: 'bytes'; bytes: Uint8Array; mediaType: string; headers: Record<string, string> };

export interface Engine {
  /** Parses, runs and answers one request; never throws. `host.*` commands are the host's and answer `host.unavailable` here. */
  handle(request: Request): Promise<Response>;
  onEvent(listener: (message: EventMessage) => void): () => void;
  media(resource: MediaResource): Promise<MediaAnswer | null>;
  close(): Promise<void>;
}
