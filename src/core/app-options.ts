// What a host hands to createApp.
import type { SpawnWorker } from './jobs/worker-handle.ts';
import type { Logger } from './logger.ts';

export interface AppOptions {
  /** Folder of library.db, the stem cache and the settings; made when absent. */
  libraryDir: string;
  /** Folder that holds models/ and demo/. */
  resourcesDir: string;
  logger: Logger;
  /** Where the logger writes; null or absent when that is no file. */
  logFile?: string | null;
  /** How analysis workers are started; the default forks Node. */
  spawnWorker?: SpawnWorker;
  /** For tests. */
  nowMs?: () => number;
}
