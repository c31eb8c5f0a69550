import { expect, it } from 'vitest';
import { fitFeatureScale, standardizeRow } from '../../../../src/core/training/head/feature-scale.ts';
import { maxDifference } from '../../../reference/signals.ts';
import reference from '../../../reference/training.json' with { type: 'json' };

const { nColumns, mean, scale, z } = reference.scale;
const rows = Float32Array.from(reference.scale.rows, (value) => value ?? Number.NaN);
const n = rows.length / nColumns;

it("finds scikit-learn's means and deviations, leaving missing values out", () => {
  const found = fitFeatureScale([rows], nColumns);
  expect(maxDifference(found.mean, mean)).toBeLessThan(1e-4);
  expect(maxDifference(found.scale, scale)).toBeLessThan(1e-4);
});

it('is the same when the rows come in several matrices', () => {
  const split = fitFeatureScale([rows.subarray(0, 7 * nColumns), new Float32Array(0), rows.subarray(7 * nColumns)], nColumns);
  expect(split).toEqual(fitFeatureScale([rows], nColumns));
});

it("gives scikit-learn's scaled values, 0 for a missing one", () => {
  const found = fitFeatureScale([rows], nColumns);
  const out = new Float64Array(rows.length);
  for (let i = 0; i < n; i++) standardizeRow(rows, i, nColumns, found, 0, out, i * nColumns);
  expect(maxDifference(out, z)).toBeLessThan(5e-4);
});

it('clips what lies far out', () => {
  const out = new Float32Array(2);
  standardizeRow(Float32Array.of(1000, -1000), 0, 2, { mean: Float32Array.of(0, 0), scale: Float32Array.of(1, 1) }, 0, out);
  expect(Array.from(out)).toEqual([5, -5]);
});

it('leaves a column that never changes, or is missing everywhere, as nothing', () => {
  const found = fitFeatureScale([Float32Array.of(3, Number.NaN, 3, Number.NaN)], 2);
  expect(Array.from(found.mean)).toEqual([3, 0]);
  expect(Array.from(found.scale)).toEqual([1, 1]);
});
