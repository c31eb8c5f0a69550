// Puts the writing of tags together, for app.ts.
import type { AppEvents } from './app-events.ts';
import type { AppOptions } from './app-options.ts';
import type { LibraryDb } from './db/open.ts';
import type { WriteGate } from './library/write-gate.ts';
import { type TagWritingParts, TagWritingService } from './services/tag-writing.ts';

export interface TagServices {
  tags: TagWritingService;
}

export interface TagServiceParts {
  options: AppOptions;
  db: LibraryDb;
  events: AppEvents;
  gate: WriteGate;
  idsOf: TagWritingParts['idsOf'];
}

export function createTagServices({ options, db, events, gate, idsOf }: TagServiceParts): TagServices {
  const { logger, nowMs = Date.now } = options;
  return { tags: new TagWritingService({ db, events, logger, gate, idsOf, nowMs }) };
}
