// Puts labels, genres and the labelling queues together, for app.ts.
import type { AppEvents } from './app-events.ts';
import type { AppOptions } from './app-options.ts';
import type { LibraryDb } from './db/open.ts';
import type { WorkerPool } from './jobs/worker-pool.ts';
import type { WriteGate } from './library/write-gate.ts';
import { type ClassifierManifest, versionOf } from './nn/model-manifest.ts';
import { GenreService } from './services/genres.ts';
import { type LabellingParts, LabellingService } from './services/labelling.ts';
import { SuggestionService } from './services/suggestions.ts';

export interface LabelServices {
  labels: LabellingService;
  genres: GenreService;
  suggestions: SuggestionService;
}

export interface LabelServiceParts {
  options: AppOptions;
  db: LibraryDb;
  pool: WorkerPool;
  events: AppEvents;
  classifier: ClassifierManifest;
  gate: WriteGate;
  idsOf: LabellingParts['idsOf'];
}

export function createLabelServices(parts: LabelServiceParts): LabelServices {
  const { options, db, pool, events, classifier, gate, idsOf } = parts;
  const { nowMs = Date.now } = options;
  const labels = new LabellingService({ db, events, gate, idsOf, nowMs });
  const genres = new GenreService({ db, events, gate, labelling: labels });
  const encoder = { kind: 'bundled', version: versionOf(classifier) } as const;
  const suggestions = new SuggestionService({ db, pool, encoder, embeddingSize: classifier.embeddingSize });
  return { labels, genres, suggestions };
}
