// A head applied to the library from stored features, in steps; nothing is decoded.
import type { FeatureRows, IdRange, TrainingRows } from '../db/training-rows.ts';
import type { EncoderRef } from '../domain/model.ts';
import type { LibraryScores } from '../domain/model-tasks.ts';
import type { Head } from '../domain/training.ts';
import { createHeadScorer, type HeadScorer } from '../training/head/head-scores.ts';

/** Tracks read at a time: some 8 MB of numbers. */
const STEP_TRACKS = 2000;

/** Tracks of the range that the encoder has heard, by id. */
export function scoreRange(
  rows: TrainingRows,
  encoder: EncoderRef,
  head: Head,
  range: IdRange,
  onStep: () => void = () => {},
): LibraryScores {
  const scorer = createHeadScorer(head);
  const parts: LibraryScores[] = [];
  for (let afterId = range.afterId; ; ) {
    const step = rows.step(encoder, head, { afterId, throughId: range.throughId, limit: STEP_TRACKS });
    if (step.lastId === null) return joinScores(parts, head.genres.length);
    parts.push(scoresOf(scorer, step));
    afterId = step.lastId;
    onStep();
  }
}

/** Only the tracks named, in the order of their ids; those that the encoder has not heard are left out. */
export function scoreIds(rows: TrainingRows, encoder: EncoderRef, head: Head, ids: readonly number[]): LibraryScores {
  return scoresOf(createHeadScorer(head), rows.ofTracks(encoder, head, ids));
}

function scoresOf(scorer: HeadScorer, rows: FeatureRows): LibraryScores {
  return { trackIds: rows.trackIds, analysedAtMs: rows.analysedAtMs, probabilities: scorer.trackProbabilities(rows) };
}

/** Scores of several ranges as one, in the order given. */
export function joinScores(parts: readonly LibraryScores[], nGenres: number): LibraryScores {
  const n = parts.reduce((sum, { trackIds }) => sum + trackIds.length, 0);
  const joined = { trackIds: new Int32Array(n), analysedAtMs: new Float64Array(n), probabilities: new Float32Array(n * nGenres) };
  let at = 0;
  for (const part of parts) {
    joined.trackIds.set(part.trackIds, at);
    joined.analysedAtMs.set(part.analysedAtMs, at);
    joined.probabilities.set(part.probabilities, at * nGenres);
    at += part.trackIds.length;
  }
  return joined;
}
