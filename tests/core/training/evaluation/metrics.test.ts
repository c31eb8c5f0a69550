import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracyOf,
  calibrationErrorOf,
  classScores,
  confidencesOf,
  confusionMatrix,
  guessesOf,
  macroF1Of,
  NO_GUESS,
  reliabilityBins,
  wilsonInterval,
} from '../../../../src/core/training/evaluation/metrics.ts';
import { maxDifference } from '../../../reference/signals.ts';
import reference from '../../../reference/training.json' with { type: 'json' };

const expected = reference.metrics;
const { nGenres } = expected;
const probabilities = Float32Array.from(expected.probabilities);
const classes = Int32Array.from(expected.classes);
const guesses = guessesOf(probabilities, nGenres);

describe('the figures of scikit-learn and scipy', () => {
  it('accuracy and its Wilson interval', () => {
    const accuracy = accuracyOf(classes, guesses);
    expect(accuracy).toBeCloseTo(expected.accuracy, 12);
    const { low, high } = wilsonInterval(accuracy, classes.length);
    expect(low).toBeCloseTo(expected.low, 9);
    expect(high).toBeCloseTo(expected.high, 9);
  });

  it('precision, recall and F1 of every genre', () => {
    const scores = classScores(classes, guesses, nGenres);
    expect(
      maxDifference(
        scores.map(({ precision }) => precision),
        expected.precision,
      ),
    ).toBeLessThan(1e-8);
    expect(
      maxDifference(
        scores.map(({ recall }) => recall),
        expected.recall,
      ),
    ).toBeLessThan(1e-8);
    expect(
      maxDifference(
        scores.map(({ f1 }) => f1),
        expected.f1,
      ),
    ).toBeLessThan(1e-8);
    expect(macroF1Of(classes, guesses, nGenres)).toBeCloseTo(expected.f1.reduce((a, b) => a + b, 0) / nGenres, 8);
  });

  it('the confusion matrix', () => {
    expect(confusionMatrix(classes, guesses, nGenres)).toEqual(expected.confusion);
  });

  it('the calibration error over 15 bins', () => {
    const bins = reliabilityBins(confidencesOf(probabilities, nGenres), (i) => guesses[i] === classes[i]);
    expect(calibrationErrorOf(bins)).toBeCloseTo(expected.calibrationError, 6);
    expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(classes.length);
  });
});

describe('figures at the edges', () => {
  it('a verdict without any probability is no guess, and wrong', () => {
    const none = guessesOf(Float32Array.of(0, 0, Number.NaN, Number.NaN, 0.2, 0.1), 2);
    expect(Array.from(none)).toEqual([NO_GUESS, NO_GUESS, 0]);
    expect(accuracyOf(Int32Array.of(0, 0, 0), none)).toBeCloseTo(1 / 3);
    expect(confusionMatrix(Int32Array.of(0, 0, 0), none, 2)).toEqual([
      [1, 0],
      [0, 0],
    ]);
    expect(classScores(Int32Array.of(0, 0, 0), none, 2)[0]!.recall).toBeCloseTo(1 / 3);
  });

  it('macro F1 leaves genres without tracks out', () => {
    expect(macroF1Of(Int32Array.of(0, 1), Int32Array.of(0, 1), 5)).toBe(1);
  });

  it('the Wilson interval lies in 0..1, around the share, and shrinks with n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const [few, many] = [wilsonInterval(share, n), wilsonInterval(share, 4 * n)];
        expect(few.low).toBeGreaterThanOrEqual(0);
        expect(few.high).toBeLessThanOrEqual(1);
        expect(few.low).toBeLessThanOrEqual(share + 1e-12);
        expect(few.high).toBeGreaterThanOrEqual(share - 1e-12);
        expect(many.high - many.low).toBeLessThan(few.high - few.low);
      }),
    );
  });
});
