// The built application as a person starts it: `stemscape serve`, its printed address, and a browser page on it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../support/real-audio.ts';

const START_LIMIT_MS = 30_000;

export interface ServedApp {
  /** With its one-time token. */
  url: string;
  stop(): Promise<void>;
}

export async function startServedApp(libraryDir: string, folders: string[] = []): Promise<ServedApp> {
  const built = join(PROJECT_ROOT, 'out/main/cli.js');
  if (!existsSync(built)) throw new Error('The application is not built: run "npm run build" first.');
  const args = [built, '--library', libraryDir, 'serve', '--no-open', '--port', '0', ...folders];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await printedUrl(child);
  return {
    url,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function printedUrl(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let printed = '';
  let logged = '';
  const limit = setTimeout(() => reject(new Error(`No address was printed.\n${logged}`)), START_LIMIT_MS);
  child.stdout?.on('data', (chunk) => {
    printed += String(chunk);
    const url = /http:\/\/\S+/.exec(printed)?.[0];
    if (url) resolve(url);
  });
  child.stderr?.on('data', (chunk) => {
    logged += String(chunk);
  });
  child.on('exit', (code) => reject(new Error(`The server ended with ${code}.\n${logged}`)));
  return promise.finally(() => clearTimeout(limit));
}
