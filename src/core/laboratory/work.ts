// Pieces of a protocol's work: known ones are read back, the others run side by side and are kept as soon as they are done.
import { StemscapeError } from '../domain/errors.ts';
import type { LabStep, LabStepResults } from '../domain/laboratory.ts';
import { inLanes } from '../jobs/lanes.ts';
import type { LabContext } from './lab-context.ts';
import { Pace } from './pace.ts';
import { digestOf } from './result-cache.ts';

export interface Piece<T> {
  /** What is said of it while it runs. */
  what: string;
  key: string;
  /** @param onPulse told how far it is, where it knows */
  run(onPulse: (fraction: number | null) => void): Promise<T>;
}

/** In the order of the pieces. @throws StemscapeError cancelled | model.* | disk.full */
export async function workThrough<T>(pieces: readonly Piece<T>[], context: LabContext): Promise<T[]> {
  const { cache, signal, nJobs, onProgress } = context;
  const results: T[] = new Array(pieces.length);
  const pace = new Pace('compute', pieces.length, onProgress);
  await inLanes(pieces.entries(), nJobs, async ([i, piece]) => {
    signal.throwIfAborted();
    const told = (fraction: number | null) => fraction !== null && pace.under(piece.what, fraction);
    const { value, wasKnown } = await cache.recall(piece.key, () => piece.run(told));
    results[i] = value;
    pace.done(piece.what, wasKnown);
  });
  return results;
}

type ResultOf<S extends LabStep> = LabStepResults[S['name']];

/** A step in a worker; everything it is given makes its key. */
export function stepPiece<S extends LabStep>(what: string, step: S, { pool, signal }: LabContext): Piece<ResultOf<S>> {
  return {
    what,
    key: digestOf(step),
    run: async (onPulse) => (await pool.run({ kind: 'labStep', step }, { signal, onPulse })) as ResultOf<S>,
  };
}

/** Results one after another in groups of the sizes they were asked for. */
export function inGroups<T>(results: readonly T[], size: number): T[][] {
  if (results.length % size !== 0) throw new StemscapeError('internal', 'Results and pieces of work do not agree.');
  return Array.from({ length: results.length / size }, (_, i) => results.slice(i * size, (i + 1) * size));
}
