// What to tell a person when a worker ended, or was ended, without an answer: who hit a bad file goes on without it, who waited for
// anything else is told what became of it.
import { basename } from 'node:path';
import type { WorkerTask } from '../domain/analysis.ts';
import { type ErrorCode, StemscapeError } from '../domain/errors.ts';

type Kind = WorkerTask['kind'];

const MODEL_WORK = 'The work on the model ended without an answer; nothing was changed. Try it again.';
const MAP = 'The map ended without an answer; the one before is kept. Try it again.';

const SENTENCES: Partial<Record<Kind, string>> = {
  fineTune: 'The training ended without an answer; it can go on from its last epoch.',
  trainHead: MODEL_WORK,
  scoreTracks: MODEL_WORK,
  compareModels: MODEL_WORK,
  rescore: MODEL_WORK,
  embedRun: MODEL_WORK,
  survey: 'The library could not be looked through for suggestions. Try it again.',
  drawMap: MAP,
  placeOnMap: MAP,
  followRecipe: 'The recipe ended without an answer; nothing was changed. Try it again.',
  findMoods: 'The moods could not be found. Try it again.',
  findDuplicates: 'The search for duplicates ended without an answer; nothing was changed. Try it again.',
};

export function silentEnd(task: WorkerTask, code: Extract<ErrorCode, 'decode.crashed' | 'decode.stalled'>): StemscapeError {
  const sentence = SENTENCES[task.kind];
  if (sentence !== undefined) return new StemscapeError('model.failed', sentence);
  const name = 'path' in task ? basename(task.path) : 'The measurement';
  return new StemscapeError(
    code,
    code === 'decode.crashed'
      ? `${name} stopped the decoder; the scan went on without it.`
      : `${name} kept the decoder busy without an end; the scan went on without it.`,
  );
}
