// The library is scored, compared and rewritten in a worker, so that the engine goes on answering.
import { type LibraryDb, openLibrary } from '../db/open.ts';
import type { CompareTask, LibraryComparison, LibraryScores, RescoreTask, ScoreTracksTask } from '../domain/model-tasks.ts';
import { SILENT_LOGGER } from '../logger.ts';
import { compareOverLibrary } from '../models/library-comparison.ts';
import { encoderOf, openHead } from '../models/open-head.ts';
import { rescore } from '../models/rescore.ts';
import { scoreRange } from '../models/score-tracks.ts';

type Pulse = (fraction: number | null) => void;

/** @throws StemscapeError model.unknown | model.corrupt | library.* */
export function scoreTracks({ libraryFile, modelId, ...range }: ScoreTracksTask, pulse: Pulse): LibraryScores {
  return withLibrary(libraryFile, (db) => {
    const { model, head } = openHead(db, modelId);
    return scoreRange(db.trainingRows, encoderOf(model), head, range, () => pulse(null));
  });
}

/** @throws StemscapeError model.unknown | model.corrupt | library.* */
export function compareModels({ libraryFile, a, b }: CompareTask, pulse: Pulse): LibraryComparison {
  return withLibrary(libraryFile, (db) => compareOverLibrary(db, a, b, () => pulse(null)));
}

/** @throws StemscapeError model.unknown | model.corrupt | library.* | disk.full */
export function rescoreLibrary({ libraryFile, ...task }: RescoreTask, pulse: Pulse): { nTracks: number } {
  return withLibrary(libraryFile, (db) => ({ nTracks: rescore(db, task, () => pulse(null)) }));
}

function withLibrary<T>(file: string, work: (db: LibraryDb) => T): T {
  const db = openLibrary(file, { logger: SILENT_LOGGER });
  try {
    return work(db);
  } finally {
    db.close();
  }
}
