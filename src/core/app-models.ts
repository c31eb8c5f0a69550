// Puts training and the registry of models together, for app.ts.
import { join } from 'node:path';
import type { AppEvents } from './app-events.ts';
import type { AppOptions } from './app-options.ts';
import type { LibraryDb } from './db/open.ts';
import type { WorkerPool } from './jobs/worker-pool.ts';
import { labelsForTraining } from './labels/training-labels.ts';
import { createWriteGate, type WriteGate } from './library/write-gate.ts';
import { TrackJudge } from './models/judge-track.ts';
import { ModelFolders } from './models/model-folder.ts';
import { type ClassifierManifest, versionOf } from './nn/model-manifest.ts';
import { ExplanationService } from './services/explanations.ts';
import type { Inference } from './services/inference.ts';
import { ModelService } from './services/models.ts';
import { TrainingService } from './services/training.ts';

export interface ModelServices {
  training: TrainingService;
  models: ModelService;
  judge: TrackJudge;
  explanations: ExplanationService;
  gate: WriteGate;
}

export interface ModelServiceParts {
  options: AppOptions;
  db: LibraryDb;
  pool: WorkerPool;
  events: AppEvents;
  classifier: ClassifierManifest;
  inference: Inference;
  concurrency: () => number;
}

export function createModelServices(parts: ModelServiceParts): ModelServices {
  const { options, db, pool, events, classifier, inference, concurrency } = parts;
  const { libraryDir, resourcesDir, logger, nowMs = Date.now } = options;
  const gate = createWriteGate();
  const folders = new ModelFolders(libraryDir);
  const bundled = { version: versionOf(classifier), genres: classifier.genres.map(({ name }) => name) };
  const settings = () => db.settings.get();
  const provider = async () => (await inference.models()).provider;
  const shared = { db, pool, events, logger, folders, settings, concurrency, nowMs, bundled };
  const baseDirs = {
    finetune: join(resourcesDir, 'models', 'classifier'),
    scratch: join(resourcesDir, 'models', 'scratch-cnn'),
  };
  const training = new TrainingService({
    ...shared,
    libraryDir,
    baseDirs,
    embeddingSize: classifier.embeddingSize,
    labels: (origins) => labelsForTraining(db, origins).map(({ trackId, genres }) => ({ trackId, genre: genres[0]! })),
  });
  const judge = new TrackJudge({
    db,
    gate,
    logger,
    async embed(path, encoderFolder, signal) {
      const { nWindows, windowSec } = settings();
      const network = { encoderDir: folders.pathOf(encoderFolder), provider: await provider() };
      return pool.run({ kind: 'embedTrack', path, ...network, nWindows, windowSec }, { signal, priority: 'scan' });
    },
  });
  const { temperature } = classifier;
  const explanations = new ExplanationService({
    db,
    pool,
    folders,
    models: () => inference.models(),
    genres: bundled.genres,
    temperature,
  });
  return { training, explanations, models: new ModelService({ ...shared, gate, provider }), judge, gate };
}
