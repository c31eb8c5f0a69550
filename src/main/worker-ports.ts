// Analysis workers as the engine process sees them. It cannot fork processes itself (the packaged app does not run as
// Node), so it asks the shell for one and speaks with it over a MessagePort of their own.
import type { SpawnWorker, WorkerHandle } from '../core/jobs/worker-handle.ts';
import type { EngineMessage, MessagePortLike } from './engine-messages.ts';

export interface WorkerPorts {
  spawn: SpawnWorker;
  /** The shell forked the worker with this id. */
  connect(id: number, port: MessagePortLike): void;
  exited(id: number, exitCode: number | null): void;
}

interface PendingWorker {
  port: MessagePortLike | null;
  unsent: unknown[];
  messageListeners: ((message: unknown) => void)[];
  exitListeners: ((exitCode: number | null) => void)[];
}

export function createWorkerPorts(postToShell: (message: EngineMessage) => void): WorkerPorts {
  const workers = new Map<number, PendingWorker>();
  let lastId = 0;
  return {
    spawn() {
      const id = ++lastId;
      const worker: PendingWorker = { port: null, unsent: [], messageListeners: [], exitListeners: [] };
      workers.set(id, worker);
      postToShell({ type: 'forkWorker', id });
      return handleOf(worker, () => postToShell({ type: 'killWorker', id }));
    },
    connect(id, port) {
      const worker = workers.get(id);
      if (worker === undefined) return port.close();
      worker.port = port;
      port.on('message', ({ data }) => {
        for (const listener of worker.messageListeners) listener(data);
      });
      port.start();
      for (const message of worker.unsent.splice(0)) port.postMessage(message);
    },
    exited(id, exitCode) {
      const worker = workers.get(id);
      if (worker === undefined) return;
      workers.delete(id);
      worker.port?.close();
      for (const listener of worker.exitListeners) listener(exitCode);
    },
  };
}

function handleOf(worker: PendingWorker, kill: () => void): WorkerHandle {
  return {
    send(message) {
      if (worker.port === null) worker.unsent.push(message);
      else worker.port.postMessage(message);
    },
    onMessage: (listener) => void worker.messageListeners.push(listener),
    onExit: (listener) => void worker.exitListeners.push(listener),
    kill,
  };
}
