/// <reference path="./libsvm-js.d.ts" />
// A support vector classifier with a radial kernel, by LIBSVM itself (Chang and Lin 2011, as libsvm-js compiles it to WebAssembly).
import { createRequire } from 'node:module';
import type { SvmClass } from 'libsvm-js';
import type { Rows } from '../../training/head/fit-linear.ts';
import { multiplyTransposed } from '../../training/head/matrix-kernels.ts';

export interface SvcSettings {
  cost: number;
  /** exp(-gamma |a - b|^2) */
  gamma: number;
}

const loadPackage = createRequire(import.meta.url);

/** The package is a promise in the old module format. */
function openLibsvm(): Promise<SvmClass> {
  return loadPackage('libsvm-js') as Promise<SvmClass>;
}

/** Kernels of more rows are left to LIBSVM, which keeps only a part of them in memory. */
const MAX_KERNEL_ROWS = 2000;

/** Squared distances between rows, of which every fit on some of them takes its part. */
export class DistanceTable {
  readonly #rows: Rows;
  readonly #squared: Float64Array | null;
  readonly n: number;

  constructor(rows: Rows) {
    this.#rows = rows;
    this.n = rows.values.length / rows.k;
    this.#squared = this.n <= MAX_KERNEL_ROWS ? squaredDistances(rows) : null;
  }

  /** Mean variance of a column. */
  get variance(): number {
    const { values, k } = this.#rows;
    let total = 0;
    for (let j = 0; j < k; j++) {
      let [sum, squares] = [0, 0];
      for (let i = 0; i < this.n; i++) {
        sum += values[i * k + j]!;
        squares += values[i * k + j]! ** 2;
      }
      total += squares / this.n - (sum / this.n) ** 2;
    }
    return total / k;
  }

  get k(): number {
    return this.#rows.k;
  }

  /** Whether kernels are computed here, once for all fits. */
  get isKept(): boolean {
    return this.#squared !== null;
  }

  /** What LIBSVM is given of some rows: the rows, or their kernel with the learned ones behind a serial number. */
  samples(ids: Int32Array, learned: Int32Array, gamma: number): Float64Array[] {
    const { values, k } = this.#rows;
    const squared = this.#squared;
    if (squared === null) return Array.from(ids, (id) => values.subarray(id * k, (id + 1) * k));
    return Array.from(ids, (id, i) => {
      const row = new Float64Array(learned.length + 1);
      row[0] = i + 1;
      for (let j = 0; j < learned.length; j++) row[j + 1] = Math.exp(-gamma * squared[id * this.n + learned[j]!]!);
      return row;
    });
  }
}

function squaredDistances({ values, k }: Rows): Float64Array {
  const n = values.length / k;
  const products = new Float64Array(n * n);
  multiplyTransposed(values, values, n, n, k, products);
  const norms = Float64Array.from({ length: n }, (_, i) => products[i * n + i]!);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) products[i * n + j] = Math.max(0, norms[i]! + norms[j]! - 2 * products[i * n + j]!);
  return products;
}

/**
 * Fits the learned rows and guesses the tested ones; one against one, as LIBSVM decides between many classes.
 * @param classes Int32Array of all rows
 * @returns Int32Array [tested]
 */
export async function guessBySvc(
  table: DistanceTable,
  classes: Int32Array,
  learned: Int32Array,
  tested: Int32Array,
  { cost, gamma }: SvcSettings,
): Promise<Int32Array> {
  const Svm = await openLibsvm();
  const kernel = table.isKept ? Svm.KERNEL_TYPES.PRECOMPUTED : Svm.KERNEL_TYPES.RBF;
  const svm = new Svm({ type: Svm.SVM_TYPES.C_SVC, kernel, cost, gamma, quiet: true });
  try {
    svm.train(
      table.samples(learned, learned, gamma),
      Array.from(learned, (id) => classes[id]!),
    );
    return Int32Array.from(svm.predict(table.samples(tested, learned, gamma)));
  } finally {
    svm.free();
  }
}
