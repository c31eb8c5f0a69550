// Goes through the files of a write or an undo one by one: one bad file costs one file, a cancel finishes the file in work.
import { type ErrorCode, StemscapeError, toFailure } from '../domain/errors.ts';
import type { TagProgress, TagRefusal, TagWriteResult } from '../domain/tag-write.ts';
import type { Logger } from '../logger.ts';

/** Refused or failed files that are named; all are counted. */
export const MAX_NAMED_FILES = 500;
const PROGRESS_INTERVAL_MS = 100;
/** Failures that every further file would meet as well. */
const ENDS_ALL: ReadonlySet<ErrorCode> = new Set(['library.corrupt', 'library.locked']);

export interface FileRun {
  kind: TagWriteResult['kind'];
  writeId: number;
  signal: AbortSignal;
  onProgress: (progress: TagProgress) => void;
  logger: Logger;
}

interface TaggedFile {
  path: string;
  trackId: number | null;
}

/** @param act changes one file and answers with what it had to leave; what it throws is the file's failure */
export async function runFiles<F extends TaggedFile>(
  run: FileRun,
  files: readonly F[],
  act: (file: F) => Promise<TagRefusal[]>,
): Promise<TagWriteResult> {
  const { kind, writeId, signal } = run;
  const result: TagWriteResult = { kind, writeId, nDone: 0, nFailed: 0, failed: [], isCancelled: false };
  const say = atIntervals(run.onProgress);
  const tell = (isDue: boolean) => {
    const { nDone, nFailed } = result;
    say({ kind, writeId, done: nDone + nFailed, total: files.length, nFailed }, isDue);
  };
  for (const [i, file] of files.entries()) {
    result.isCancelled = signal.aborted;
    if (result.isCancelled) break;
    tell(i === 0);
    const refusals = await attempt(run.logger, file, act);
    if (refusals.length > 0) result.nFailed++;
    else result.nDone++;
    result.failed.push(...refusals.slice(0, Math.max(0, MAX_NAMED_FILES - result.failed.length)));
  }
  tell(true);
  return result;
}

/** Passes progress on at most ten times a second, and always when it is due. */
export function atIntervals(onProgress: (progress: TagProgress) => void): (progress: TagProgress, isDue: boolean) => void {
  let saidAtMs = Number.NEGATIVE_INFINITY;
  return (progress, isDue) => {
    if (!isDue && performance.now() - saidAtMs < PROGRESS_INTERVAL_MS) return;
    saidAtMs = performance.now();
    onProgress(progress);
  };
}

async function attempt<F extends TaggedFile>(
  logger: Logger,
  file: F,
  act: (file: F) => Promise<TagRefusal[]>,
): Promise<TagRefusal[]> {
  try {
    return await act(file);
  } catch (error) {
    const reason = toFailure(error);
    if (ENDS_ALL.has(reason.code)) throw error;
    if (!(error instanceof StemscapeError)) logger.error({ path: file.path, error }, 'tags could not be written');
    return [{ trackId: file.trackId, path: file.path, field: null, reason }];
  }
}
