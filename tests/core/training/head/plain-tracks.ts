// Made-up rows for the kernel head's tests, with and without labels.
import type { Rows } from '../../../../src/core/training/head/fit-linear.ts';
import { squaredDistances } from '../../../../src/core/training/head/kernel-map.ts';
import { neighbourhoodOf } from '../../../../src/core/training/head/label-spreading.ts';
import type { UnlabelledRows } from '../../../../src/core/training/head/self-training.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';

/** Two classes that differ in the first of `d` features. */
export function plainTracks(n: number, d: number, seed: number) {
  const random = createRandom(seed);
  const classes = Int32Array.from({ length: n }, (_, i) => i % 2);
  const values = Float64Array.from(
    { length: n * d },
    (_, at) => 0.6 * normal(random) + (at % d === 0 ? 2 * classes[Math.floor(at / d)]! - 1 : 0),
  );
  return { rows: { values, k: d }, classes };
}

/** All features weigh the same while nothing is known of them. */
export const evenPrior = (k: number) => new Float32Array(k).fill(1 / k);

export function noOthers(k: number): UnlabelledRows {
  return { values: new Float64Array(0), k, prior: evenPrior(k), around: null };
}

/** Labelled rows beside others that guesses are made on. */
export function besideOthers(rows: Rows, others: Rows): { rows: Rows; others: UnlabelledRows } {
  const prior = evenPrior(rows.k);
  return {
    rows: { ...rows, toOthers: squaredDistances(prior, rows, others) },
    others: { ...others, prior, around: neighbourhoodOf(squaredDistances(prior, others, others)) },
  };
}
