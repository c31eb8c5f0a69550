import { expect, it } from 'vitest';
import { principalComponents, project } from '../../../../src/core/training/head/principal-components.ts';
import { createRandom } from '../../../../src/core/training/random.ts';
import { maxDifference, noise } from '../../../reference/signals.ts';
import reference from '../../../reference/training.json' with { type: 'json' };

const { rows, nColumns, k, directions, variances, projected } = reference.components;

it("finds scikit-learn's directions and variances", () => {
  const found = principalComponents(Float64Array.from(rows), nColumns, k, createRandom(1));
  expect(maxDifference(found.directions, directions)).toBeLessThan(1e-3);
  for (const [i, variance] of variances.entries()) expect(found.variances[i]! / variance).toBeCloseTo(1, 4);
  expect(maxDifference(project(Float64Array.from(rows), rows.length / nColumns, found), projected)).toBeLessThan(5e-3);
});

it('gives the same numbers for the same seed, and the same directions for another', () => {
  const [a, b, c] = [3, 3, 4].map((seed) => principalComponents(Float64Array.from(rows), nColumns, k, createRandom(seed)));
  expect(a).toEqual(b);
  expect(maxDifference(a!.directions, c!.directions)).toBeLessThan(1e-3);
});

it('finds no more directions than the rows span', () => {
  const few = noise(4 * 10);
  const found = principalComponents(Float64Array.from(few), 10, 8, createRandom(1));
  expect(found.variances).toHaveLength(3);
  expect(found.directions.every(Number.isFinite)).toBe(true);
});

it('finds in fewer rows than columns what it finds in the same rows beside ones of zeros', () => {
  const few = noise(30 * 50);
  const mean = Float64Array.from(
    { length: 50 },
    (_, j) => few.reduce((sum, value, at) => sum + (at % 50 === j ? value : 0), 0) / 30,
  );
  const many = Float64Array.from({ length: 80 * 50 }, (_, at) => (at < few.length ? few[at]! - mean[at % 50]! : 0));
  const [short, long] = [Float64Array.from(few), many].map((each) => principalComponents(each, 50, 6, createRandom(2)));
  expect(maxDifference(short!.directions, long!.directions)).toBeLessThan(0.05);
  for (const [i, variance] of long!.variances.entries()) expect((short!.variances[i]! * 29) / (variance * 79)).toBeCloseTo(1, 3);
});

it('is at ease with columns that never change', () => {
  const constant = Float64Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? i : 7));
  const found = principalComponents(constant, 3, 3, createRandom(1));
  expect(found.variances[0]).toBeGreaterThan(1);
  expect(found.directions.every(Number.isFinite)).toBe(true);
});
