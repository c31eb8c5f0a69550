// Starts analysis workers as Node processes of lower priority: for the command line, the server and the tests.
import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../logger.ts';
import type { SpawnWorker } from './worker-handle.ts';

/** `entry` is the worker's module. Its stdout is dropped (ours may carry JSON); what drivers print to stderr is logged. */
export function createNodeWorkerSpawner(entry: URL, logger: Logger): SpawnWorker {
  return () => {
    const child = fork(fileURLToPath(entry), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    });
    lowerPriority(child.pid);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => logger.debug({ pid: child.pid }, text.trimEnd()));
    const ended = Promise.withResolvers<number | null>();
    child.once('exit', (exitCode) => ended.resolve(exitCode));
    child.once('error', () => ended.resolve(null));
    return {
      // A message that can no longer be delivered is answered by the exit that follows.
      send: (message) => void child.send(message as object, () => {}),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void ended.promise.then(listener),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here, or it has ended already: it runs as it is.
  }
}
