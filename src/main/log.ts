// Where the desktop app logs: a file in the platform's log folder, or stderr while developing.
import { rename, stat } from 'node:fs/promises';
import { pino } from 'pino';
import type { Logger } from '../core/logger.ts';

const MAX_LOG_BYTES = 5 * 1024 ** 2;

/** Written without blocking; `logFile` null is stderr. */
export function createLogger(logFile: string | null): Logger {
  const options = { level: 'info', serializers: { error: pino.stdSerializers.err } };
  return pino(
    options,
    pino.destination(logFile === null ? { dest: 2, sync: true } : { dest: logFile, mkdir: true, sync: false }),
  );
}

/** Keeps one older file beside the current one. Called once at start, before anything logs. */
export async function rotateLog(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) await rename(logFile, `${logFile}.old`);
}
