import { expect, it } from 'vitest';
import { forestImportance } from '../../../../src/core/laboratory/numeric/forest-importance.ts';
import { DistanceTable, guessBySvc } from '../../../../src/core/laboratory/numeric/support-vectors.ts';
import { fitSvd } from '../../../../src/core/laboratory/numeric/truncated-svd.ts';
import { firstColumns } from '../../../../src/core/training/head/fit-linear.ts';
import reference from '../../../reference/laboratory.json' with { type: 'json' };
import { maxDifference } from '../../../reference/signals.ts';

const { nColumns, nLearned, nClasses } = reference;
const rows = { values: Float64Array.from(reference.rows), k: nColumns };
const classes = Int32Array.from(reference.classes);
const n = classes.length;
const learned = Int32Array.from({ length: nLearned }, (_, i) => i);
const tested = Int32Array.from({ length: n - nLearned }, (_, i) => nLearned + i);
const learnedRows = { values: rows.values.slice(0, nLearned * nColumns), k: nColumns };

it.each(reference.svc)("guesses as scikit-learn's classifier at C = $cost, gamma = $gamma", async ({ cost, gamma, guesses }) => {
  const table = new DistanceTable(rows);
  expect(table.isKept).toBe(true);
  expect([...(await guessBySvc(table, classes, learned, tested, { cost, gamma }))]).toEqual(guesses);
});

it('guesses the same when LIBSVM computes the kernel itself', async () => {
  // More rows than kernels are kept for; the surplus is never looked at.
  const many = { values: new Float64Array(2001 * nColumns), k: nColumns };
  many.values.set(rows.values);
  const table = new DistanceTable(many);
  expect(table.isKept).toBe(false);
  const manyClasses = new Int32Array(2001);
  manyClasses.set(classes);
  const { cost, gamma, guesses } = reference.svc[0]!;
  expect([...(await guessBySvc(table, manyClasses, learned, tested, { cost, gamma }))]).toEqual(guesses);
});

it("projects as scikit-learn's TruncatedSVD", () => {
  const { k, projected } = reference.svd;
  const reduction = fitSvd(learnedRows);
  const found = firstColumns(reduction.project({ values: rows.values.slice(nLearned * nColumns), k: nColumns }), k);
  expect(maxDifference(found.values, projected)).toBeLessThan(1e-5);
});

it('spans no more than there are rows', () => {
  expect(fitSvd({ values: rows.values.slice(0, 7 * nColumns), k: nColumns }).k).toBe(7);
});

it("finds the importances of scikit-learn's forest", () => {
  const found = forestImportance(learnedRows, classes.slice(0, nLearned), nClasses, { nTrees: 1000, seed: 1 });
  expect(found.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  // Two of scikit-learn's own forests of 2000 trees differ by up to 0.013.
  expect(maxDifference(found, reference.importance)).toBeLessThan(0.025);
});

it('gives the same forest for the same seed', () => {
  const grow = (seed: number) => forestImportance(learnedRows, classes.slice(0, nLearned), nClasses, { nTrees: 5, seed });
  expect(grow(3)).toEqual(grow(3));
  expect(grow(4)).not.toEqual(grow(3));
});
