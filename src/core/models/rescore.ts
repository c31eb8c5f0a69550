// Taking a model into use: its verdicts, what the lists show, and the history of use change in one transaction. Nothing is decoded.

import type { StoredModel } from '../db/model-store.ts';
import type { LibraryDb } from '../db/open.ts';
import { BUNDLED_MODEL_ID } from '../domain/model.ts';
import type { LibraryScores, RescoreTask } from '../domain/model-tasks.ts';
import type { Head } from '../domain/training.ts';
import { argmax } from '../training/head/join-rules.ts';
import { applyContext } from './context.ts';
import { priorsOf } from './library-context.ts';
import { encoderOf, openHead } from './open-head.ts';
import { joinScores, scoreIds } from './score-tracks.ts';

/** Tracks written between two signs of life. */
const STEP_TRACKS = 2000;

/**
 * Writes the verdicts of `task.scores` and takes the model into use; tracks that were analysed since are scored here. All or
 * nothing: a process that ends on the way leaves the model before in use.
 * @throws StemscapeError model.unknown | model.corrupt | library.* | disk.full
 */
export function rescore(db: LibraryDb, task: Omit<RescoreTask, 'kind' | 'libraryFile'>, onStep: () => void = () => {}): number {
  return db.transaction(() => {
    // First, because what a track shows is looked up by the model in use.
    if (task.use === 'add') db.models.setActive(task.modelId, task.atMs);
    if (task.use === 'goBack') db.models.dropLatestUse();
    return task.modelId === BUNDLED_MODEL_ID ? toBundled(db, onStep) : toOwn(db, task, onStep);
  });
}

function toBundled(db: LibraryDb, onStep: () => void): number {
  const labels = db.guessRows.labels();
  let nTracks = 0;
  db.predictions.clear();
  for (const { trackId, genres, probabilities } of db.guessRows.bundled()) {
    const best = argmax(probabilities, 0, probabilities.length);
    writeGuess(db, labels, trackId, genres[best] ?? null, probabilities[best] ?? 0);
    if (++nTracks % STEP_TRACKS === 0) onStep();
  }
  return nTracks;
}

function toOwn(
  db: LibraryDb,
  { modelId, scores, contextWeight }: Pick<RescoreTask, 'modelId' | 'scores' | 'contextWeight'>,
  onStep: () => void,
): number {
  const { model, head } = openHead(db, modelId);
  const nGenres = head.genres.length;
  const { trackIds, probabilities } = upToDate(db, model, head, scores);
  const labels = db.guessRows.labels();
  if (contextWeight > 0)
    applyContext(probabilities, priorsOf(db, head.genres, db.guessRows.genreParents(), labels, trackIds), nGenres, contextWeight);
  const listId = db.predictions.classListId(head.genres);
  const judged = new Set(trackIds);
  db.predictions.clear();
  for (const [i, trackId] of trackIds.entries()) {
    const row = probabilities.subarray(i * nGenres, (i + 1) * nGenres);
    const best = argmax(row, 0, nGenres);
    const isUnknown = row[best]! < head.thresholds[best]!;
    db.predictions.put(trackId, modelId, listId, row, isUnknown);
    writeGuess(db, labels, trackId, isUnknown ? null : head.genres[best]!, row[best]!);
    if (i % STEP_TRACKS === 0) onStep();
  }
  for (const trackId of db.guessRows.analysed().trackIds) if (!judged.has(trackId)) writeGuess(db, labels, trackId, null, 0);
  return trackIds.length;
}

function writeGuess(db: LibraryDb, labels: ReadonlyMap<number, string>, trackId: number, name: string | null, p: number): void {
  const confidence = Math.min(1, p);
  if (labels.has(trackId)) db.guessRows.setAside(trackId, name === null ? null : { name, confidence });
  else if (name !== null) db.guessRows.setShown(trackId, name, confidence);
  else db.guessRows.setTag(trackId);
}

/** The scores computed before, without those of tracks that are gone or were analysed anew, which are scored now. */
function upToDate(db: LibraryDb, model: StoredModel, head: Head, scores: LibraryScores | null): LibraryScores {
  const nGenres = head.genres.length;
  const analysed = db.guessRows.analysed();
  const places = new Map(Array.from(scores?.trackIds ?? [], (id, place) => [id, place]));
  const kept: number[] = [];
  const stale: number[] = [];
  for (const [i, id] of analysed.trackIds.entries()) {
    const place = places.get(id);
    if (place !== undefined && scores!.analysedAtMs[place] === analysed.analysedAtMs[i]) kept.push(place);
    else stale.push(id);
  }
  const fresh = scoreIds(db.trainingRows, encoderOf(model), head, stale);
  if (scores !== null && kept.length === scores.trackIds.length) return joinScores([scores, fresh], nGenres);
  const unchanged: LibraryScores = {
    trackIds: Int32Array.from(kept, (place) => scores!.trackIds[place]!),
    analysedAtMs: Float64Array.from(kept, (place) => scores!.analysedAtMs[place]!),
    probabilities: new Float32Array(kept.length * nGenres),
  };
  for (const [i, place] of kept.entries())
    unchanged.probabilities.set(scores!.probabilities.subarray(place * nGenres, (place + 1) * nGenres), i * nGenres);
  return joinScores([unchanged, fresh], nGenres);
}
