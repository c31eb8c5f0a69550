import { describe, expect, it } from 'vitest';
import { balancedWeights, fitLogistic, type LinearFit } from '../../../../src/core/training/head/logistic-regression.ts';
import { maxDifference } from '../../../reference/signals.ts';
import reference from '../../../reference/training.json' with { type: 'json' };

const { nFeatures, nClasses } = reference.table;
const rows = Float64Array.from(reference.table.rows);
const classes = Int32Array.from(reference.table.classes);

/** Softmax of every stride-th row's scores. */
function probabilities({ weights, bias }: LinearFit, stride: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < classes.length; i += stride) {
    const scores = Array.from(bias, (b, c) => {
      let score = b;
      for (let j = 0; j < nFeatures; j++) score += weights[c * nFeatures + j]! * rows[i * nFeatures + j]!;
      return Math.exp(score);
    });
    const sum = scores.reduce((a, b) => a + b, 0);
    out.push(...scores.map((score) => score / sum));
  }
  return out;
}

describe.each(reference.logistic)('scikit-learn with penalty $penalty, balanced $balanced', (expected) => {
  const sampleWeights = expected.balanced ? balancedWeights(classes, nClasses) : new Float64Array(classes.length).fill(1);
  const options = { penalty: expected.penalty, sampleWeights, tolerance: 1e-9 };
  const fit = fitLogistic(rows, nFeatures, classes, nClasses, options);

  it('has the same weights and bias', () => {
    const meanBias = fit.bias.reduce((a, b) => a + b, 0) / nClasses;
    expect(maxDifference(fit.weights, expected.weights)).toBeLessThan(1e-5);
    expect(
      maxDifference(
        fit.bias.map((b) => b - meanBias),
        expected.bias,
      ),
    ).toBeLessThan(1e-5);
  });

  it('has the same probabilities', () => {
    expect(maxDifference(probabilities(fit, 7), expected.probabilities)).toBeLessThan(1e-6);
  });

  it('arrives at the same place from another start', () => {
    const start = { weights: fit.weights.map((w, i) => w + Math.sin(i)), bias: fit.bias.map((b, i) => b - i) };
    const again = fitLogistic(rows, nFeatures, classes, nClasses, { ...options, start });
    expect(maxDifference(again.weights, fit.weights)).toBeLessThan(1e-5);
  });
});

it('stops after the iterations it is allowed', () => {
  const once = fitLogistic(rows, nFeatures, classes, nClasses, { penalty: 0.3, maxIterations: 1 });
  expect(maxDifference(once.weights, reference.logistic[0]!.weights)).toBeGreaterThan(0.01);
});

it('learns from the classes that are there when one has no tracks', () => {
  const present = classes.map((label) => (label === 2 ? 1 : label));
  const fit = fitLogistic(rows, nFeatures, present, nClasses, { penalty: 1 });
  const p = probabilities(fit, 1);
  expect(p.every(Number.isFinite)).toBe(true);
  expect(Math.max(...p.filter((_, i) => i % nClasses === 2))).toBeLessThan(0.02);
});

describe('balancedWeights', () => {
  it('gives every class that is present the same weight in all', () => {
    const weights = balancedWeights(Int32Array.of(0, 0, 0, 2), 3);
    expect(Array.from(weights)).toEqual([2 / 3, 2 / 3, 2 / 3, 2]);
  });
});
