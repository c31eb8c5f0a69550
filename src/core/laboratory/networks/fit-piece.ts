// A training as a piece of a protocol's work, kept under everything that decides its numbers.
import { type FitResult, type FitStep, NETWORKS } from '../../domain/laboratory-networks.ts';
import type { LabContext } from '../lab-context.ts';
import { digestOf } from '../result-cache.ts';
import type { Piece } from '../work.ts';

export function fitPiece(what: string, step: FitStep, { pool, signal }: LabContext): Piece<FitResult> {
  // Where the segments lie does not matter, and what they are is in their keys.
  const { cacheDir: _, ...table } = step.table;
  return {
    what,
    key: digestOf({ ...step, table, version: NETWORKS[step.network] }),
    run: async (onPulse) => (await pool.run({ kind: 'labStep', step }, { signal, onPulse })) as FitResult,
  };
}
