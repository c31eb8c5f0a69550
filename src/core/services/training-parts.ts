// What trainings are made with, and how a finished one becomes a version in the registry.
import type { AppEvents } from '../app-events.ts';
import type { Settings } from '../config/settings.ts';
import type { StoredModel } from '../db/model-store.ts';
import type { TrainedHead } from '../domain/model-tasks.ts';
import type { EpochFigures, TrainMode, TrainProgress, TrainRequest, TrainStage } from '../domain/training.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { Logger } from '../logger.ts';
import { type ModelFolders, newModelId } from '../models/model-folder.ts';
import type { PreparedTraining, TrainingSources } from '../models/prepare-training.ts';

export interface TrainingParts extends TrainingSources {
  libraryDir: string;
  pool: WorkerPool;
  events: AppEvents;
  logger: Logger;
  folders: ModelFolders;
  settings: () => Settings;
  /** Workers at a time. */
  concurrency: () => number;
  nowMs: () => number;
  /** Folders of the networks that trainings start from. */
  baseDirs: Record<'finetune' | 'scratch', string>;
  embeddingSize: number;
}

/** Tells how far a training is; an epoch when one has ended. */
export type Report = (stage: TrainStage, fraction: number | null, epochs?: readonly EpochFigures[]) => void;

/** Estimates the rest of a stage from its pace so far. */
export class ProgressTeller {
  readonly #mode: TrainMode;
  readonly #tell: (progress: TrainProgress) => void;
  #stage: TrainStage | null = null;
  #stageStartMs = 0;
  #startFraction: number | null = null;
  #epochs: EpochFigures[] = [];

  constructor(mode: TrainMode, tell: (progress: TrainProgress) => void) {
    this.#mode = mode;
    this.#tell = tell;
  }

  readonly report: Report = (stage, fraction, epochs = []) => {
    const nowMs = performance.now();
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#stageStartMs = nowMs;
      this.#startFraction = null;
    }
    // A resumed stage does not begin at 0.
    if (fraction !== null) this.#startFraction ??= fraction;
    this.#epochs = [...this.#epochs, ...epochs];
    this.#tell({ mode: this.#mode, stage, fraction, remainingSec: this.#remaining(fraction, nowMs), epochs: this.#epochs });
  };

  #remaining(fraction: number | null, nowMs: number): number | null {
    const done = (fraction ?? 0) - (this.#startFraction ?? 0);
    if (fraction === null || done < 0.02) return null;
    return ((nowMs - this.#stageStartMs) / 1000 / done) * (1 - fraction);
  }
}

export interface Finished {
  trained: TrainedHead;
  backend: string;
  seconds: number;
  encoder: string;
  encoderFolder: string | null;
  id?: string;
}

/** Stores a new version, which is not yet in use. @returns its id */
export function storeModel(parts: TrainingParts, request: TrainRequest, prepared: PreparedTraining, finished: Finished): string {
  const { trained, id = newModelId(), ...rest } = finished;
  const { dataset, labels, labelsHash } = prepared;
  const createdAtMs = parts.nowMs();
  const { settings, join, evaluation, head } = trained;
  const model: StoredModel = {
    ...rest,
    ...{ id, createdAtMs, labelsHash, settings, join, evaluation },
    name: request.name ?? defaultName(request.mode, createdAtMs, labels.length),
    mode: request.mode,
    genres: dataset.genres,
    nTracks: labels.length,
    seed: request.seed,
  };
  parts.db.models.add({ ...model, labels, head, outOfFold: trained.outOfFold, outOfFoldTracks: trained.testedIds });
  parts.events.emit('models.changed', {});
  return id;
}

const MODE_NAMES: Record<TrainMode, string> = { quick: 'Quick', finetune: 'Fine-tuned', scratch: 'From scratch' };

/** "Quick, 21 Nov, 214 labels" */
export function defaultName(mode: TrainMode, atMs: number, nLabels: number): string {
  const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(atMs);
  return `${MODE_NAMES[mode]}, ${date}, ${nLabels} labels`;
}
