import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, normal, shuffledOrder } from '../../../src/core/training/random.ts';

describe('createRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const take = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
  });

  it('is uniform: mean 1/2, variance 1/12, neighbours uncorrelated', () => {
    const random = createRandom(1);
    const n = 100_000;
    const values = Float64Array.from({ length: n }, () => random.next() - 0.5);
    expect(values.reduce((a, b) => a + b, 0) / n).toBeCloseTo(0, 2);
    expect(values.reduce((a, b) => a + b * b, 0) / n).toBeCloseTo(1 / 12, 2);
    expect(values.reduce((sum, value, i) => sum + value * (values[i + 1] ?? 0), 0) / n).toBeCloseTo(0, 2);
  });

  it('has the same first number on every machine', () => {
    expect(createRandom(42).next()).toBe(0.456255805445835);
  });
});

it('normal numbers have mean 0 and variance 1', () => {
  const random = createRandom(3);
  const values = Float64Array.from({ length: 50_000 }, () => normal(random));
  expect(values.reduce((a, b) => a + b, 0) / values.length).toBeCloseTo(0, 1);
  expect(values.reduce((a, b) => a + b * b, 0) / values.length).toBeCloseTo(1, 1);
});

it('shuffledOrder is a permutation', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(200), (seed, n) => {
      expect(Array.from(shuffledOrder(n, createRandom(seed))).sort((a, b) => a - b)).toEqual(
        Array.from({ length: n }, (_, i) => i),
      );
    }),
  );
});
