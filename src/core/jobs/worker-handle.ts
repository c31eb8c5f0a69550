// A worker process as the pool sees it. The CLI, the server and the tests fork Node; the desktop shell forks a utility process.

export interface WorkerHandle {
  /** Structured-clone message: typed arrays stay typed arrays. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, whatever ended the process. */
  onExit(listener: (exitCode: number | null) => void): void;
  kill(): void;
}

export type SpawnWorker = () => WorkerHandle;
