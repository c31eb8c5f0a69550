import { describe, expect, it } from 'vitest';
import { relevanceOf, varianceRatios } from '../../../../src/core/training/head/feature-relevance.ts';
import reference from '../../../reference/kernel.json' with { type: 'json' };
import { maxDifference } from '../../../reference/signals.ts';

const { nFeatures, nClasses } = reference;
const rows = { values: Float64Array.from(reference.rows), k: nFeatures };
const memberships = Float64Array.from({ length: reference.classes.length * nClasses }, (_, at) =>
  reference.classes[Math.floor(at / nClasses)] === at % nClasses ? 1 : 0,
);

describe('varianceRatios', () => {
  it("are scikit-learn's", () => {
    const ratios = varianceRatios(rows, memberships, nClasses);
    expect(maxDifference(ratios, reference.ratios) / Math.max(...reference.ratios)).toBeLessThan(1e-7);
  });

  it('count a row in two halves as one', () => {
    const twice = { values: Float64Array.of(...rows.values, ...rows.values), k: nFeatures };
    const halves = Float64Array.of(...memberships, ...memberships).map((share) => share / 2);
    expect(maxDifference(varianceRatios(twice, halves, nClasses), varianceRatios(rows, memberships, nClasses))).toBeLessThan(
      1e-9,
    );
  });

  it('tell nothing of one row a class, or of one class', () => {
    const three = { values: rows.values.slice(0, 3 * nFeatures), k: nFeatures };
    expect(varianceRatios(three, Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), nClasses)).toEqual(
      new Float64Array(nFeatures).fill(1),
    );
    expect(varianceRatios(three, Float64Array.of(1, 0, 0, 1, 0, 0, 1, 0, 0), nClasses)).toEqual(
      new Float64Array(nFeatures).fill(1),
    );
  });

  it('are 0 for a feature that is the same everywhere', () => {
    const values = rows.values.map((value, at) => (at % nFeatures === 0 ? 1.25 : value));
    expect(varianceRatios({ values, k: nFeatures }, memberships, nClasses)[0]).toBe(0);
  });
});

describe('relevanceOf', () => {
  it('grows with the ratio, leaves out what does not matter, and sums to one', () => {
    const relevance = relevanceOf(Float64Array.of(8, 4, 1, 0.1, 6));
    expect(relevance.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(relevance[0]).toBeGreaterThan(relevance[4]!);
    expect(relevance[4]).toBeGreaterThan(relevance[1]!);
    expect(relevance[3]).toBe(0);
  });

  it('is the same for all where nothing is known', () => {
    expect(relevanceOf(new Float64Array(4).fill(1))).toEqual(new Float32Array(4).fill(0.25));
    expect(relevanceOf(new Float64Array(4))).toEqual(new Float32Array(4).fill(0.25));
  });
});
