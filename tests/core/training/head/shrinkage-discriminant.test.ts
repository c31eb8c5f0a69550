import { describe, expect, it } from 'vitest';
import { linearScores } from '../../../../src/core/training/head/fit-linear.ts';
import { softmaxRows } from '../../../../src/core/training/head/head-scores.ts';
import { argmax } from '../../../../src/core/training/head/join-rules.ts';
import { fitDiscriminant } from '../../../../src/core/training/head/shrinkage-discriminant.ts';
import { maxDifference } from '../../../reference/signals.ts';
import reference from '../../../reference/training.json' with { type: 'json' };

const { nFeatures, nClasses } = reference.table;
const rows = Float64Array.from(reference.table.rows);
const classes = Int32Array.from(reference.table.classes);

describe.each(reference.discriminant)('scikit-learn with shrinkage $shrinkage', ({ shrinkage, probabilities }) => {
  it('has the same probabilities', () => {
    const fit = fitDiscriminant(rows, nFeatures, classes, nClasses, shrinkage);
    const all = softmaxRows(Float32Array.from(linearScores(fit, { values: rows, k: nFeatures })), nClasses, 1);
    const every7th = Array.from(all).filter((_, i) => Math.floor(i / nClasses) % 7 === 0);
    expect(maxDifference(every7th, probabilities)).toBeLessThan(1e-5);
  });
});

it('with one track of each genre the nearest one wins', () => {
  const fit = fitDiscriminant(Float64Array.of(0, 0, 4, 0, 0, 4), 2, Int32Array.of(0, 1, 2), 3, 0.3);
  const guess = (x: number, y: number) =>
    argmax(Float32Array.from(linearScores(fit, { values: Float64Array.of(x, y), k: 2 })), 0, 3);
  expect([guess(0.5, 1), guess(3, 1), guess(1, 3)]).toEqual([0, 1, 2]);
});

it('never names a genre without tracks', () => {
  const present = classes.map((label) => (label === 1 ? 0 : label));
  const scores = Float32Array.from(
    linearScores(fitDiscriminant(rows, nFeatures, present, nClasses, 0.5), { values: rows, k: nFeatures }),
  );
  for (let i = 0; i < classes.length; i++) expect(argmax(scores, i * nClasses, nClasses)).not.toBe(1);
});
