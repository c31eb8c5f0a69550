// Quick training: a new head on what is stored already.
import type { TrainRequest } from '../domain/training.ts';
import type { PreparedTraining } from '../models/prepare-training.ts';
import { type Report, storeModel, type TrainingParts } from './training-parts.ts';

/** What an evaluation is after, once the head stands. */
const EVALUATES_FROM = 0.4;

/** @returns the new model's id @throws StemscapeError training.tooFewLabels | cancelled | model.* | library.* */
export async function trainQuick(
  parts: TrainingParts,
  request: TrainRequest,
  prepared: PreparedTraining,
  report: Report,
  signal: AbortSignal,
): Promise<string> {
  const startMs = performance.now();
  const { dataset, incumbent } = prepared;
  const { version } = parts.bundled;
  report('head', null);
  const trained = await parts.pool.run(
    {
      kind: 'trainHead',
      libraryFile: parts.db.file,
      encoder: { kind: 'bundled', version },
      storedSize: parts.embeddingSize,
      embeddingSize: parts.embeddingSize,
      genres: dataset.genres,
      trackIds: Int32Array.from(dataset.trackIds),
      classes: Int32Array.from(dataset.classes),
      groups: Int32Array.from(dataset.groups),
      seed: request.seed,
      join: request.join,
      incumbent,
      heldOut: null,
    },
    {
      signal,
      priority: 'interactive',
      onPulse: (fraction) => report(fraction !== null && fraction >= EVALUATES_FROM ? 'evaluate' : 'head', fraction),
    },
  );
  const seconds = (performance.now() - startMs) / 1000;
  return storeModel(parts, request, prepared, { trained, backend: 'cpu', seconds, encoder: version, encoderFolder: null });
}
