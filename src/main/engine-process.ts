// Entry of the engine process: the whole library lives here, so that nothing it does can stall the window.
import { openEngine } from '../engine/open-engine.ts';
import { createEngineHost } from './engine-host.ts';
import { createLogger } from './log.ts';

const { parentPort } = process;

const host = createEngineHost({
  post: (message) => parentPort.postMessage(message),
  openEngine,
  createLogger,
  exit: () => process.exit(0),
});

parentPort.on('message', ({ data, ports }) => host.receive(data, ports));
