// What the registry's service and the taking into use of a model are made with.
import type { AppEvents } from '../app-events.ts';
import type { Settings } from '../config/settings.ts';
import type { LibraryDb } from '../db/open.ts';
import type { Provider } from '../domain/analysis.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { WriteGate } from '../library/write-gate.ts';
import type { Logger } from '../logger.ts';
import type { ModelFolders } from '../models/model-folder.ts';

export interface ModelParts {
  db: LibraryDb;
  pool: WorkerPool;
  events: AppEvents;
  logger: Logger;
  gate: WriteGate;
  folders: ModelFolders;
  settings: () => Settings;
  /** Workers at a time. */
  concurrency: () => number;
  provider: () => Promise<Provider>;
  nowMs: () => number;
  /** "name version" of the bundled network, and the genres it tells apart. */
  bundled: { version: string; genres: readonly string[] };
}
