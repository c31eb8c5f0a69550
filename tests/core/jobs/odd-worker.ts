// A worker for the pool's tests: what it does is told by the path it is given.

interface Request {
  id: number;
  task: { path: string };
}

/** Blocks the process without using the processor. */
const hang = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);

async function act({ id, task }: Request): Promise<void> {
  const say = (message: object) => process.send!({ id, ...message });
  say({ type: 'pulse', fraction: 0.5 });
  const [verb, argument] = task.path.split(':');
  if (verb === 'crash') process.kill(process.pid, 'SIGSEGV');
  else if (verb === 'hang') setImmediate(hang);
  else if (verb === 'babble') process.send!({ nonsense: true });
  else if (verb === 'fail') say({ type: 'failure', failure: { code: 'decode.corrupt', message: 'The file is damaged.' } });
  else {
    await new Promise((resolve) => setTimeout(resolve, Number(argument ?? 0)));
    say({ type: 'result', result: { pid: process.pid, path: task.path, vector: Float32Array.of(1.5, 2.5) } });
  }
}

process.on('message', (request) => void act(request as Request));
