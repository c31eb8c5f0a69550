// The analysis worker in a thread that looks like an Electron utility process: `process.parentPort`, and a first message
// that brings the port to the engine.
import { type MessagePort, parentPort } from 'node:worker_threads';

interface Greeting {
  data: unknown;
  port: MessagePort;
}

function asElectronPort(port: MessagePort): object {
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on: (_event: string, listener: (event: object) => void) => port.on('message', (data) => listener({ data, ports: [] })),
    start: () => port.start(),
  };
}

const toShell = {
  postMessage() {},
  on(_event: string, listener: (event: object) => void) {
    parentPort?.on('message', ({ data, port }: Greeting) => listener({ data, ports: [asElectronPort(port)] }));
  },
};

Object.defineProperty(process, 'parentPort', { value: toShell });
await import('../../src/core/analysis/worker.ts');
