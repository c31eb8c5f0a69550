// Starts the application and stays with it: signals go on to it, and its exit code is ours.
import { spawn } from 'node:child_process';

/** Resolves to the exit code and how long it ran, in milliseconds. */
export function follow(command, args, env = process.env) {
  return new Promise((done) => {
    const startMs = Date.now();
    const child = spawn(command, args, { env, stdio: 'inherit' });
    // On Windows a forwarded signal kills outright, and Ctrl-C reaches the child through the console anyway.
    const forward = (signal) => process.platform !== 'win32' && child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
    const end = (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, forward);
      done({ code, ranMs: Date.now() - startMs });
    };
    child.once('error', (error) => {
      console.error(error.message);
      end(1);
    });
    child.once('close', (code, signal) => end(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
  });
}
