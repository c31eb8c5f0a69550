// What every stage of an evaluation is given.
import type { ModelPaths } from '../domain/analysis.ts';
import type { LabProgress } from '../domain/laboratory.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { ResultCache } from './result-cache.ts';

export interface LabContext {
  pool: WorkerPool;
  models: () => Promise<ModelPaths>;
  cache: ResultCache;
  /** Folder for trainings that keep checkpoints of their own. */
  runsDir: string;
  /** Pieces of work at a time. */
  nJobs: number;
  versions: { classifier: string; separator: string; profile: string; application: string };
  signal: AbortSignal;
  onProgress: (progress: LabProgress) => void;
}
