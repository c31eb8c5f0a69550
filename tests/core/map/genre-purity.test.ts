// Purity is one where genres lie apart, and the genres' share where they do not.
import { expect, test } from 'vitest';
import { genrePurity } from '../../../src/core/map/genre-purity.ts';
import { createRandom, normal } from '../../../src/core/training/random.ts';

function points(n: number, size: number, shift: (i: number) => number): Float32Array {
  const random = createRandom(3);
  return Float32Array.from(
    { length: n * size },
    (_, at) => normal(random) + (at % size === 0 ? shift(Math.floor(at / size)) : 0),
  );
}

test('is 1 for genres far apart', () => {
  const classes = Int32Array.from({ length: 60 }, (_, i) => i % 3);
  expect(
    genrePurity(
      points(60, 4, (i) => 100 * (i % 3)),
      4,
      classes,
    ),
  ).toBe(1);
});

test('is about a third where three genres are mixed', () => {
  const classes = Int32Array.from({ length: 900 }, (_, i) => i % 3);
  expect(
    genrePurity(
      points(900, 2, () => 0),
      2,
      classes,
    ),
  ).toBeCloseTo(1 / 3, 1);
});

test('counted by hand: of two pairs one lies together; who is alone in its class is left out', () => {
  const line = Float32Array.of(0, 1, 10, 11, 20, 30);
  expect(genrePurity(line, 1, Int32Array.of(0, 0, 1, 2, 1, 3), 1)).toBe(0.5);
});

test('a pair that lies together is pure, however many neighbours are looked at', () => {
  expect(genrePurity(Float32Array.of(0, 1, 10, 11), 1, Int32Array.of(0, 0, 1, 1), 5)).toBe(1);
});

test('is not a number for a single point', () => {
  expect(genrePurity(Float32Array.of(1), 1, Int32Array.of(0))).toBeNaN();
});
