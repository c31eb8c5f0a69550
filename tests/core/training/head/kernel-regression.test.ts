import { describe, expect, it } from 'vitest';
import { selectRows } from '../../../../src/core/training/head/fit-linear.ts';
import { mapFrom } from '../../../../src/core/training/head/kernel-map.ts';
import { fitOnMap, kernelScores } from '../../../../src/core/training/head/kernel-regression.ts';
import { lessonOf } from '../../../../src/core/training/head/self-training.ts';
import reference from '../../../reference/kernel.json' with { type: 'json' };
import { maxDifference } from '../../../reference/signals.ts';

const { nFeatures, nClasses } = reference;
const rows = { values: Float64Array.from(reference.rows), k: nFeatures };
const tested = { values: Float64Array.from(reference.tested), k: nFeatures };
const classes = Int32Array.from(reference.classes);
const relevance = Float32Array.from(reference.relevance);
const penalties = reference.cases.map(({ penalty }) => penalty);
const lesson = lessonOf(rows, classes, nClasses);

describe('fitOnMap', () => {
  it("is scikit-learn's kernel ridge regression when every row is a landmark", () => {
    const fits = fitOnMap(mapFrom(relevance, rows), lesson, penalties);
    for (const [i, fit] of fits.entries())
      expect(maxDifference(kernelScores(fit, tested), reference.cases[i]!.scores)).toBeLessThan(1e-4);
  });

  it('is ridge regression on the kernel of fewer landmarks otherwise', () => {
    const every3rd = [...classes.keys()].filter((i) => i % 3 === 0);
    const fits = fitOnMap(mapFrom(relevance, selectRows(rows, every3rd)), lesson, penalties);
    for (const [i, fit] of fits.entries())
      expect(maxDifference(kernelScores(fit, tested), reference.cases[i]!.ofLandmarks)).toBeLessThan(1e-4);
  });

  it('takes the same tracks twice, and outliers as far as the clip', () => {
    const twice = { values: Float64Array.of(...rows.values, ...rows.values), k: nFeatures };
    const [fit] = fitOnMap(mapFrom(relevance, twice), lessonOf(twice, Int32Array.of(...classes, ...classes), nClasses), [0.1]);
    expect(kernelScores(fit!, tested).every(Number.isFinite)).toBe(true);
    const far = { values: new Float64Array(nFeatures).fill(1e6), k: nFeatures };
    const edge = { values: new Float64Array(nFeatures).fill(2.5), k: nFeatures };
    expect(kernelScores(fit!, far)).toEqual(kernelScores(fit!, edge));
  });

  it('learns a row of weight two as it learns it twice, and a row of two classes as half of each', () => {
    const n = classes.length;
    const doubled = { ...lesson, weights: lesson.weights.map((weight, i) => (i === 0 ? 2 * weight : weight)) };
    const again = {
      rows: { values: Float64Array.of(...rows.values, ...rows.values.subarray(0, nFeatures)), k: nFeatures },
      memberships: Float64Array.of(...lesson.memberships, ...lesson.memberships.subarray(0, nClasses)),
      weights: Float64Array.of(...lesson.weights, lesson.weights[0]!),
      nClasses,
    };
    const map = mapFrom(relevance, rows);
    const scores = [doubled, again].map((each) => kernelScores(fitOnMap(map, each, [0.1])[0]!, tested));
    expect(maxDifference(scores[0]!, scores[1]!)).toBeLessThan(1e-6);
    const torn = { ...lesson, memberships: lesson.memberships.slice() };
    torn.memberships.set([0.5, 0.5, 0], (n - 1) * nClasses);
    const parts = [0, 1].map((label) => {
      const memberships = torn.memberships.slice();
      memberships.set(
        [0, 1, 2].map((c) => (c === label ? 1 : 0)),
        (n - 1) * nClasses,
      );
      return kernelScores(fitOnMap(map, { ...lesson, memberships }, [0.1])[0]!, tested);
    });
    const between = parts[0]!.map((value, at) => (value + parts[1]![at]!) / 2);
    expect(maxDifference(kernelScores(fitOnMap(map, torn, [0.1])[0]!, tested), between)).toBeLessThan(1e-6);
  });
});
