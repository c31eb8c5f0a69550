// The descriptors of a fold, reduced in one of three ways, and a support vector classifier behind each size. Scales, reduction and
// the classifier's settings come from the learned tracks alone.
import type { ReducedGuesses, ReduceStep } from '../../domain/laboratory.ts';
import { trainAutoencoder } from '../../training/autoencoder/train-autoencoder.ts';
import { firstColumns, type Rows } from '../../training/head/fit-linear.ts';
import { chooseSvc, FIRST_SVC } from '../numeric/choose-svc.ts';
import { forestImportance } from '../numeric/forest-importance.ts';
import { DistanceTable, guessBySvc } from '../numeric/support-vectors.ts';
import { fitSvd } from '../numeric/truncated-svd.ts';
import { columnsOf, pick, pickClasses, standardizedRows } from '../rows.ts';

const N_TREES = 200;
const QUICK = { nTrees: 20, nRounds: 2 };

/** All tracks in fewer dimensions. */
export interface Reduced {
  size: number;
  rows: Rows;
  isUntrained?: true;
}

type Pulse = (fraction: number | null) => void;

/** @throws StemscapeError model.failed | host.unavailable */
export async function reduceAndClassify(step: ReduceStep, pulse: Pulse): Promise<ReducedGuesses[]> {
  const { classes, groups, learned, tested, seed, isQuick } = step;
  const results: ReducedGuesses[] = [];
  for (const { size, rows, ...facts } of await reduceDescriptors(step, pulse)) {
    const table = new DistanceTable(rows);
    const base = 1 / Math.max(Number.EPSILON, table.k * table.variance);
    const chosen = isQuick
      ? { ...FIRST_SVC, gamma: base * FIRST_SVC.gammaFactor }
      : await chooseSvc(table, classes, groups, learned, seed, () => pulse(null));
    const guesses = await guessBySvc(table, classes, learned, tested, chosen);
    results.push({ size, nDimensions: rows.k, ...facts, guesses, cost: chosen.cost, gammaFactor: chosen.gammaFactor });
    pulse(null);
  }
  return results;
}

/** What is fitted here sees the learned tracks' descriptors and classes, and of the others nothing. */
export function reduceDescriptors(step: ReduceStep, pulse: Pulse): Reduced[] | Promise<Reduced[]> {
  switch (step.reduction) {
    case 'svd':
      return bySvd(step);
    case 'forest':
      return byForest(step, pulse);
    case 'autoencoder':
      return byAutoencoder(step, pulse);
  }
}

function bySvd({ descriptors, classes, learned, sizes }: ReduceStep): Reduced[] {
  const rows = standardizedRows(descriptors, classes.length, learned);
  const projected = fitSvd({ values: pick(rows.values, rows.k, learned), k: rows.k }).project(rows);
  return sizes.map((size) => ({ size, rows: firstColumns(projected, size) }));
}

function byForest({ descriptors, classes, nClasses, learned, sizes, seed, isQuick }: ReduceStep, pulse: Pulse): Reduced[] {
  const rows = standardizedRows(descriptors, classes.length, learned);
  const importance = forestImportance(
    { values: pick(rows.values, rows.k, learned), k: rows.k },
    pickClasses(classes, learned),
    nClasses,
    { nTrees: isQuick ? QUICK.nTrees : N_TREES, seed, onTree: pulse },
  );
  const order = [...importance.keys()].sort((a, b) => importance[b]! - importance[a]! || a - b);
  return sizes.map((size) => ({ size, rows: columnsOf(rows, order.slice(0, size)) }));
}

/** A network for each size; it holds some of the learned tracks out for itself, to know when to stop. */
async function byAutoencoder(step: ReduceStep, pulse: Pulse): Promise<Reduced[]> {
  const { descriptors, classes, nClasses, learned, sizes, seed, isQuick } = step;
  const n = classes.length;
  const d = descriptors.length / n;
  const reduced: Reduced[] = [];
  for (const [i, size] of sizes.entries()) {
    const { kind, encode } = await trainAutoencoder({
      descriptors: pick(descriptors, d, learned),
      n: learned.length,
      classes: pickClasses(classes, learned),
      nClasses,
      seed,
      latentSize: size,
      ...(isQuick && { maxRounds: QUICK.nRounds }),
      onProgress: (fraction) => {
        pulse((i + fraction) / sizes.length);
        return true;
      },
    });
    const rows = { values: Float64Array.from(await encode(descriptors, n)), k: size };
    reduced.push({ size, rows, ...(kind === 'principalComponents' && { isUntrained: true }) });
  }
  return reduced;
}
