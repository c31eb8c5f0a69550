// Puts the maps together, for app.ts.
import type { AppEvents } from './app-events.ts';
import type { AppOptions } from './app-options.ts';
import type { LibraryDb } from './db/open.ts';
import type { WorkerPool } from './jobs/worker-pool.ts';
import { encoderOf, openHead } from './models/open-head.ts';
import { type ClassifierManifest, versionOf } from './nn/model-manifest.ts';
import { MapService } from './services/maps.ts';

export interface MapServices {
  maps: MapService;
}

export interface MapServiceParts {
  options: AppOptions;
  db: LibraryDb;
  pool: WorkerPool;
  events: AppEvents;
  classifier: ClassifierManifest;
}

export function createMapServices({ options, db, pool, events, classifier }: MapServiceParts): MapServices {
  const bundled = {
    encoder: { kind: 'bundled', version: versionOf(classifier) } as const,
    embeddingSize: classifier.embeddingSize,
  };
  const maps = new MapService({
    db,
    pool,
    events,
    logger: options.logger,
    nowMs: options.nowMs ?? Date.now,
    bundled,
    encoder() {
      const id = db.models.activeId();
      const model = db.models.get(id);
      if (!model || model.encoderFolder === null) return bundled;
      return { encoder: encoderOf(model), embeddingSize: openHead(db, id).head.embeddingSize };
    },
  });
  return { maps };
}
