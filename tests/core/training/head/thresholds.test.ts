import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitThresholds, isotonic, TARGET_PRECISION } from '../../../../src/core/training/head/thresholds.ts';
import { createRandom } from '../../../../src/core/training/random.ts';

/** Two genres; guesses of genre 0 with confidence p are right with chance `chance(p)`, all of genre 1 with chance p. */
function verdicts(n: number, chance: (p: number) => number) {
  const random = createRandom(4);
  const probabilities = new Float32Array(2 * n);
  const classes = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const p = 0.5 + 0.5 * random.next();
    const guess = i % 2;
    probabilities[2 * i + guess] = p;
    probabilities[2 * i + 1 - guess] = 1 - p;
    classes[i] = random.next() < (guess === 0 ? chance(p) : p) ? guess : 1 - guess;
  }
  return { probabilities, classes };
}

describe('fitThresholds', () => {
  it('rises for a genre that promises too much, and stays for one that does not', () => {
    const { probabilities, classes } = verdicts(4000, (p) => (p < 0.8 ? 0.2 : 0.9));
    const [first, second] = fitThresholds(probabilities, classes, 2);
    expect(first).toBeCloseTo(0.8, 1);
    expect(second).toBeLessThan(0.56);
  });

  it('is the target for a genre that was never guessed', () => {
    const thresholds = fitThresholds(Float32Array.of(0.9, 0.1, 0.8, 0.2), Int32Array.of(0, 0), 2);
    expect(thresholds[1]).toBe(TARGET_PRECISION);
  });

  it('believes a rare genre no more than its record allows', () => {
    const wrongOnce = fitThresholds(Float32Array.of(0.1, 0.52, 0.38), Int32Array.of(0), 3);
    expect(wrongOnce[1]).toBeGreaterThan(0.5);
  });

  it('lies in 0..1 for any verdicts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.double({ min: 0.34, max: 1, noNaN: true })), { maxLength: 60 }),
        (rows) => {
          const probabilities = Float32Array.from(
            rows.flatMap(([guess, p]) => [0, 1, 2].map((c) => (c === guess ? p : (1 - p) / 2))),
          );
          const thresholds = fitThresholds(
            probabilities,
            Int32Array.from(rows, (_, i) => i % 3),
            3,
          );
          expect(thresholds.every((value) => value >= 0 && value <= 1)).toBe(true);
        },
      ),
    );
  });
});

describe('isotonic', () => {
  it('never falls, keeps the sum, and leaves what already rises', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
        const fitted = isotonic(values);
        for (let i = 1; i < fitted.length; i++) expect(fitted[i]!).toBeGreaterThanOrEqual(fitted[i - 1]! - 1e-12);
        expect(fitted.reduce((a, b) => a + b, 0)).toBeCloseTo(
          values.reduce((a, b) => a + b, 0),
          9,
        );
        const sorted = values.toSorted((a, b) => a - b);
        for (const [i, value] of isotonic(sorted).entries()) expect(value).toBeCloseTo(sorted[i]!, 9);
      }),
    );
  });
});
