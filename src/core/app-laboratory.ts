// Puts the laboratory together, for app.ts.
import { join, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { AppOptions } from './app-options.ts';
import { ANALYSIS_PROFILE_ID } from './config/audio-profile.ts';
import type { LibraryDb } from './db/open.ts';
import type { LabProgress, LabReport, LabRequest } from './domain/laboratory.ts';
import type { WorkerPool } from './jobs/worker-pool.ts';
import { labelledTracks } from './laboratory/datasets/own-labels.ts';
import { evaluate } from './laboratory/evaluate.ts';
import { ResultCache } from './laboratory/result-cache.ts';
import type { Inference } from './services/inference.ts';

export interface LaboratoryServices {
  readonly laboratory: {
    /** Where the results of a request go. */
    outDirOf(request: LabRequest): string;
    /** @throws StemscapeError as `evaluate` */
    evaluate(
      request: LabRequest,
      listeners: { signal: AbortSignal; onProgress: (progress: LabProgress) => void },
    ): Promise<LabReport>;
  };
}

export interface LaboratoryParts {
  options: AppOptions;
  db: LibraryDb;
  pool: WorkerPool;
  inference: Inference;
  versions: { classifier: string; separator: string };
  concurrency: () => number;
}

export function createLaboratory({ options, db, pool, inference, versions, concurrency }: LaboratoryParts): LaboratoryServices {
  const ownDir = join(options.libraryDir, 'laboratory');
  const outDirOf = ({ outDir, protocol }: LabRequest): string => (outDir === null ? join(ownDir, protocol) : resolve(outDir));
  return {
    laboratory: {
      outDirOf,
      evaluate(request, { signal, onProgress }) {
        const outDir = outDirOf(request);
        const cacheDir = join(request.outDir === null ? ownDir : outDir, 'cache');
        const context = {
          pool,
          models: () => inference.models(),
          cache: new ResultCache(cacheDir),
          runsDir: join(cacheDir, 'runs'),
          nJobs: Math.max(1, Math.min(request.nJobs ?? concurrency(), concurrency())),
          versions: {
            classifier: versions.classifier,
            separator: versions.separator,
            profile: ANALYSIS_PROFILE_ID,
            application: packageJson.version,
          },
          signal,
          onProgress,
        };
        return evaluate(request, context, outDir, () => labelledTracks(db));
      },
    },
  };
}
