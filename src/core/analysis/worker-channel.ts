// How a worker talks to whoever started it: Node's IPC channel when forked, a MessagePort in an Electron utility process.
import type { WorkerReply, WorkerRequest } from '../domain/analysis.ts';

export interface WorkerChannel {
  send(reply: WorkerReply): void;
}

/** The part of Electron's `process.parentPort` and of its MessagePortMain that is used here. */
interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void): void;
  start?(): void;
}

/** Requests come from our own pool, so their type is trusted. Ends the process when the parent goes away. */
export function connectToParent(onRequest: (request: WorkerRequest) => void): WorkerChannel {
  const parentPort = (process as { parentPort?: Port }).parentPort;
  if (parentPort) return connectToPort(parentPort, onRequest);
  process.on('message', (message) => onRequest(message as WorkerRequest));
  process.on('disconnect', () => process.exit(0));
  return { send: (reply) => void process.send?.(reply) };
}

/** The first message brings the port that leads straight to the engine; everything after goes over it. */
function connectToPort(parentPort: Port, onRequest: (request: WorkerRequest) => void): WorkerChannel {
  let engine: Port = parentPort;
  parentPort.on('message', (event) => {
    const port = event.ports[0];
    if (!port) return;
    engine = port;
    port.on('message', ({ data }) => onRequest(data as WorkerRequest));
    port.start?.();
  });
  return { send: (reply) => engine.postMessage(reply) };
}
