// Rows of a matrix, picked and brought to one scale.
import { fitFeatureScale, standardizeRow } from '../training/head/feature-scale.ts';
import type { Rows } from '../training/head/fit-linear.ts';

/** The rows named of a matrix [n x k], in that order. */
export function pick<T extends Float32Array | Float64Array>(values: T, k: number, ids: Int32Array): T {
  const Values = values.constructor as new (length: number) => T;
  const picked = new Values(ids.length * k);
  for (const [i, id] of ids.entries()) picked.set(values.subarray(id * k, (id + 1) * k), i * k);
  return picked;
}

export function pickClasses(classes: Int32Array, ids: Int32Array): Int32Array {
  return Int32Array.from(ids, (id) => classes[id]!);
}

/** All rows, standardised by the learned ones. @param table Float32Array [n x d] */
export function standardizedRows(table: Float32Array, n: number, learned: Int32Array): Rows {
  const d = table.length / n;
  const scale = fitFeatureScale([pick(table, d, learned)], d);
  const values = new Float64Array(n * d);
  for (let i = 0; i < n; i++) standardizeRow(table, i, d, scale, 0, values, i * d);
  return { values, k: d };
}

export function columnsOf({ values, k }: Rows, columns: readonly number[]): Rows {
  const n = values.length / k;
  const picked = new Float64Array(n * columns.length);
  for (let i = 0; i < n; i++)
    for (const [j, column] of columns.entries()) picked[i * columns.length + j] = values[i * k + column]!;
  return { values: picked, k: columns.length };
}
