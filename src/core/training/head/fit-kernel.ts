// A kernel head: which features matter, how alike two tracks then are, and what that says of their genres.
import type { Rows } from './fit-linear.ts';
import { shortened } from './kernel-map.ts';
import { fitOnMap, type KernelFit } from './kernel-regression.ts';
import { planKernel, type UnlabelledRows } from './self-training.ts';

/**
 * Kernel ridge regression of the classes' indicators (Saunders, Gammerman & Vovk 1998) with a Gaussian kernel whose squared distances
 * weigh features by their relevance.
 * @param rows scaled features of labelled tracks
 */
export function fitKernel(rows: Rows, others: UnlabelledRows, classes: Int32Array, nClasses: number, penalty: number): KernelFit {
  const { map, lesson } = planKernel(rows, others, classes, nClasses);
  return fitOnMap(map, lesson, [penalty])[0]!;
}

/** The same along fewer directions: slower to learn, quicker to score a library with. */
export function fitCompactKernel(
  rows: Rows,
  others: UnlabelledRows,
  classes: Int32Array,
  nClasses: number,
  penalty: number,
): KernelFit {
  const { map, lesson } = planKernel(rows, others, classes, nClasses);
  return fitOnMap(shortened(map), lesson, [penalty])[0]!;
}
