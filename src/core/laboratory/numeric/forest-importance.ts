// How much each column tells about the classes, by a random forest (Breiman 2001): the mean decrease of Gini impurity.
import type { Rows } from '../../training/head/fit-linear.ts';
import { createRandom, type Random, shuffledOrder } from '../../training/random.ts';

export interface ForestOptions {
  nTrees: number;
  seed: number;
  onTree?: (fraction: number) => void;
}

/** One tree's growth: rows drawn with replacement, and what its splits have gained so far. */
interface Growth {
  rows: Rows;
  classes: Int32Array;
  nClasses: number;
  nTried: number;
  nDrawn: number;
  gains: Float64Array;
  random: Random;
}

interface Split {
  column: number;
  threshold: number;
  /** Impurity removed, as a share of the rows drawn. */
  gain: number;
}

/**
 * Trees on bootstrap samples, grown until leaves are pure, root of the number of columns tried at each split; each tree's importances sum to 1,
 * as scikit-learn's do. Rows and seed decide.
 * @returns Float64Array [k], sums to 1; zeros when nothing can be split
 */
export function forestImportance(rows: Rows, classes: Int32Array, nClasses: number, options: ForestOptions): Float64Array {
  const { nTrees, seed, onTree } = options;
  const n = classes.length;
  const random = createRandom(seed);
  const importance = new Float64Array(rows.k);
  for (let tree = 0; tree < nTrees; tree++) {
    const drawn = Int32Array.from({ length: n }, () => random.below(n));
    const gains = new Float64Array(rows.k);
    const nTried = Math.max(1, Math.floor(Math.sqrt(rows.k)));
    grow({ rows, classes, nClasses, nTried, nDrawn: n, gains, random }, drawn);
    const total = gains.reduce((a, b) => a + b, 0);
    if (total > 0) for (let j = 0; j < rows.k; j++) importance[j] = importance[j]! + gains[j]! / total;
    onTree?.((tree + 1) / nTrees);
  }
  const total = importance.reduce((a, b) => a + b, 0);
  return total > 0 ? importance.map((value) => value / total) : importance;
}

/** Splits a node and what comes of it; a stack instead of recursion, because trees on many rows grow deep. */
function grow(growth: Growth, root: Int32Array): void {
  const open = [root];
  for (let ids = open.pop(); ids; ids = open.pop()) {
    const split = bestSplit(growth, ids);
    if (!split) continue;
    growth.gains[split.column] = growth.gains[split.column]! + split.gain;
    const { values, k } = growth.rows;
    const goesLeft = (id: number) => values[id * k + split.column]! <= split.threshold;
    open.push(
      ids.filter(goesLeft),
      ids.filter((id) => !goesLeft(id)),
    );
  }
}

/** Columns without any spread do not count as tried. */
function bestSplit(growth: Growth, ids: Int32Array): Split | null {
  const counts = countClasses(growth, ids);
  if (counts.filter((count) => count > 0).length < 2) return null;
  let best: Split | null = null;
  let nTried = 0;
  for (const column of shuffledOrder(growth.rows.k, growth.random)) {
    if (nTried === growth.nTried) break;
    const found = splitColumn(growth, ids, counts, column);
    if (found === 'flat') continue;
    nTried++;
    if (best === null || found.gain > best.gain) best = found;
  }
  return best;
}

/** The best threshold of a column, halfway between two values. */
function splitColumn(growth: Growth, ids: Int32Array, counts: Float64Array, column: number): Split | 'flat' {
  const { rows, classes, nDrawn } = growth;
  const values = Float64Array.from(ids, (id) => rows.values[id * rows.k + column]!);
  const order = Uint32Array.from(ids.keys()).sort((a, b) => values[a]! - values[b]!);
  const n = ids.length;
  if (values[order[0]!] === values[order[n - 1]!]) return 'flat';
  const left = new Float64Array(counts.length);
  const right = counts.slice();
  let [leftSquares, rightSquares] = [0, counts.reduce((sum, count) => sum + count * count, 0)];
  const before = rightSquares / n;
  let best: Split = { column, threshold: 0, gain: Number.NEGATIVE_INFINITY };
  for (let i = 0; i < n - 1; i++) {
    const label = classes[ids[order[i]!]!]!;
    leftSquares += 2 * left[label]! + 1;
    rightSquares -= 2 * right[label]! - 1;
    left[label] = left[label]! + 1;
    right[label] = right[label]! - 1;
    const [low, high] = [values[order[i]!]!, values[order[i + 1]!]!];
    if (low === high) continue;
    // n Gini = n - squares / n, so that what is removed is the growth of squares / n.
    const gain = (leftSquares / (i + 1) + rightSquares / (n - i - 1) - before) / nDrawn;
    if (gain > best.gain) best = { column, threshold: Math.max(low, Math.min((low + high) / 2, previous(high))), gain };
  }
  return best;
}

/** Halfway between two neighbouring numbers may round up to the upper one, which must stay on the right. */
function previous(high: number): number {
  return high - Math.abs(high) * Number.EPSILON;
}

function countClasses({ classes, nClasses }: Growth, ids: Int32Array): Float64Array {
  const counts = new Float64Array(nClasses);
  for (const id of ids) counts[classes[id]!] = counts[classes[id]!]! + 1;
  return counts;
}
