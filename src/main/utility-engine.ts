// Starts the engine as an Electron utility process, and the analysis workers it asks for: each gets its own process and
// a MessagePort straight to the engine, so that audio never passes through the window's process.
import { constants, setPriority } from 'node:os';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { Logger } from '../core/logger.ts';
import type { EngineProcess } from './engine-client.ts';
import { engineMessageSchema, type HostMessage } from './engine-messages.ts';

export interface EngineScripts {
  enginePath: string;
  workerPath: string;
}

/** The first message a worker receives; its MessagePort to the engine comes as ports[0]. */
const WORKER_GREETING = { type: 'port' } as const;
const KILL_GRACE_MS = 2000;

export function forkEngine(scripts: EngineScripts, logger: Logger): EngineProcess {
  const engine = utilityProcess.fork(scripts.enginePath, [], { serviceName: 'Stemscape engine', stdio: 'inherit' });
  const workers = new Map<number, UtilityProcess>();
  let alive = true;
  const post = (message: HostMessage, ports: MessagePortMain[] = []): void => {
    if (alive) engine.postMessage(message, ports);
  };
  logFatal(engine, 'engine', logger);
  engine.on('message', (raw: unknown) => {
    const message = engineMessageSchema.safeParse(raw).data;
    if (message?.type === 'forkWorker')
      workers.set(message.id, forkWorker(message.id, scripts.workerPath, post, workers, logger));
    if (message?.type === 'killWorker') kill(workers.get(message.id));
  });
  engine.once('exit', () => {
    alive = false;
    for (const worker of workers.values()) kill(worker);
  });
  return {
    post,
    onMessage: (listener) => void engine.on('message', listener),
    onExit: (listener) => void engine.once('exit', listener),
    kill: () => kill(engine),
  };
}

function forkWorker(
  id: number,
  workerPath: string,
  post: (message: HostMessage, ports?: MessagePortMain[]) => void,
  workers: Map<number, UtilityProcess>,
  logger: Logger,
): UtilityProcess {
  const { port1, port2 } = new MessageChannelMain();
  const worker = utilityProcess.fork(workerPath, [], { serviceName: 'Stemscape analysis', stdio: 'inherit' });
  logFatal(worker, 'analysis worker', logger);
  worker.once('spawn', () => lowerPriority(worker.pid));
  worker.once('exit', (exitCode) => {
    workers.delete(id);
    post({ type: 'workerExit', id, exitCode });
  });
  worker.postMessage(WORKER_GREETING, [port1]);
  post({ type: 'workerPort', id }, [port2]);
  return worker;
}

/** A scan must not make the rest of the machine slow. */
function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here, or it has ended already: it runs as it is.
  }
}

/** Politely first; a process stuck in native code is ended for good. */
function kill(child: UtilityProcess | undefined): void {
  if (child === undefined) return;
  const { pid } = child;
  const forced = setTimeout(() => {
    if (pid !== undefined && child.pid === pid) process.kill(pid, 'SIGKILL');
  }, KILL_GRACE_MS);
  child.once('exit', () => clearTimeout(forced));
  child.kill();
}

/** Without a listener, an `error` event would end the whole application. */
function logFatal(child: UtilityProcess, name: string, logger: Logger): void {
  child.on('error', (type, location) => logger.error({ type, location }, `the ${name} process met a fatal error`));
}
