// A length of time is met wherever some choice meets it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillTime } from '../../../../src/core/playlists/recipes/time-budget.ts';

/** Totals of all subsets. */
function allTotals(durations: readonly number[]): number[] {
  return durations.reduce<number[]>((totals, duration) => totals.concat(totals.map((total) => total + duration)), [0]);
}

test('met whenever a subset meets it; what is chosen is a subset with the total that is said', () => {
  const durations = fc.array(fc.double({ min: 30, max: 600, noNaN: true }), { minLength: 1, maxLength: 11 });
  fc.assert(
    fc.property(durations, fc.double({ min: 60, max: 3000, noNaN: true }), (lengths, target) => {
      const tolerance = 5;
      const { chosen, totalSec, isMet } = fillTime(lengths, target, tolerance);
      expect(new Set(chosen).size).toBe(chosen.length);
      expect(totalSec).toBeCloseTo(
        chosen.reduce((sum, i) => sum + lengths[i]!, 0),
        6,
      );
      expect(isMet).toBe(Math.abs(totalSec - target) <= tolerance);
      // A total at the very edge of the tolerance may be lost to rounding.
      const isPossible = allTotals(lengths).some((total) => Math.abs(total - target) <= tolerance - 1);
      if (isPossible) expect(isMet).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('an hour out of a thousand tracks takes the first ones', () => {
  const lengths = Array.from({ length: 1000 }, (_, i) => 150 + ((i * 37) % 211));
  const { chosen, totalSec, isMet } = fillTime(lengths, 3600, 1);
  expect(isMet).toBe(true);
  expect(Math.abs(totalSec - 3600)).toBeLessThanOrEqual(1);
  const mean = chosen.reduce((sum, i) => sum + i, 0) / chosen.length;
  expect(mean).toBeLessThan(chosen.length);
});

test('everything is taken where the library is shorter', () => {
  expect(fillTime([100, 200], 1000, 10)).toEqual({ chosen: [0, 1], totalSec: 300, isMet: false });
});
