// What every command shares: the library it works on, the logger on stderr, output on stdout, exit codes.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import envPaths from 'env-paths';
import pino from 'pino';
import { type App, createApp } from '../core/app.ts';
import type { Logger } from '../core/logger.ts';

/** 0 done, 1 failed, 2 bad usage, 3 finished with some tracks failed. */
export const EXIT = { done: 0, failed: 1, usage: 2, someFailed: 3 } as const;

export interface GlobalOptions {
  library?: string;
  json?: boolean;
  verbose?: boolean;
}

export function globalOptions(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}

/** The platform's data folder, unless --library names another. */
export function libraryDirOf(options: GlobalOptions): string {
  return resolve(options.library ?? join(envPaths('Stemscape', { suffix: '' }).data, 'library'));
}

/** resources/ beside the project's root, from the built file as well as from the source. */
export function resourcesDir(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'resources', 'models')) && dirname(dir) !== dir) dir = dirname(dir);
  return join(dir, 'resources');
}

export function createLogger(options: GlobalOptions): Logger {
  const level = options.verbose ? 'debug' : 'warn';
  return pino({ level, base: null, serializers: { error: pino.stdSerializers.err } }, pino.destination({ dest: 2, sync: true }));
}

/** Opens the application, runs the command and closes it, also when the command fails. */
export async function withApp(command: Command, action: (app: App, options: GlobalOptions) => Promise<void>): Promise<void> {
  const options = globalOptions(command);
  const app = await createApp({
    libraryDir: libraryDirOf(options),
    resourcesDir: resourcesDir(),
    logger: createLogger(options),
  });
  try {
    await action(app, options);
  } finally {
    await app.close();
  }
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** A signal that aborts on the first Ctrl-C or a polite kill; a second one ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.failed);
    process.stderr.write('\nStopping after the tracks in work; press Ctrl-C again to stop at once.\n');
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
