// One fit of any family.
import type { HeadSettings } from '../../domain/training.ts';
import { fitCompactKernel, fitKernel } from './fit-kernel.ts';
import { fitLinear, linearScores, type Rows } from './fit-linear.ts';
import { type KernelFit, kernelScores } from './kernel-regression.ts';
import type { LinearFit } from './logistic-regression.ts';
import type { UnlabelledRows } from './self-training.ts';

export type HeadFit = LinearFit | KernelFit;

/** What a family reads of the tracks: principal components, or the scaled features themselves. */
export interface FitRows {
  rows: Rows;
  /** Tracks without labels; linear families do not look at them. */
  others: UnlabelledRows;
}

/**
 * Fits rows to classes; every class weighs the same, however many tracks it has.
 * @param start where a linear fit begins; without effect on where it ends
 */
export function fitHead(
  settings: HeadSettings,
  { rows, others }: FitRows,
  classes: Int32Array,
  nClasses: number,
  start?: HeadFit,
): HeadFit {
  if (settings.family === 'kernel') return fitKernel(rows, others, classes, nClasses, settings.regularization);
  return fitLinear(settings, rows, classes, nClasses, start && !isKernelFit(start) ? start : undefined);
}

/** The fit that becomes a head: as fitHead, and quick to score a library with. */
export function fitForUse(settings: HeadSettings, read: FitRows, classes: Int32Array, nClasses: number): HeadFit {
  const { family, regularization } = settings;
  return family === 'kernel'
    ? fitCompactKernel(read.rows, read.others, classes, nClasses, regularization)
    : fitHead(settings, read, classes, nClasses);
}

export function isKernelFit(fit: HeadFit): fit is KernelFit {
  return 'map' in fit;
}

/** Scores of every row, Float64Array [n x nClasses]. */
export function headFitScores(fit: HeadFit, rows: Rows): Float64Array {
  return isKernelFit(fit) ? kernelScores(fit, rows) : linearScores(fit, rows);
}
