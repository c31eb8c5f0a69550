import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planWindows } from '../../../src/core/audio/window-plan.ts';

describe('planWindows', () => {
  it('spreads the centres over the whole track', () => {
    expect(planWindows(120, 3, 10).map(({ startSec }) => startSec)).toEqual([15, 55, 95]);
  });

  it('takes fewer windows when they do not fit, and one shorter window of a short track', () => {
    expect(planWindows(25, 3, 10)).toHaveLength(2);
    expect(planWindows(10, 3, 10)).toEqual([{ startSec: 0, lengthSec: 10 }]);
    expect(planWindows(4.2, 3, 10)).toEqual([{ startSec: 0, lengthSec: 4.2 }]);
  });

  it('stays inside the track, in order and without overlap', () => {
    const seconds = fc.double({ min: 0.1, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(
        seconds,
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 1, max: 30, noNaN: true }),
        (duration, n, length) => {
          const windows = planWindows(duration, n, length);
          let end = 0;
          for (const { startSec, lengthSec } of windows) {
            if (startSec < end - 1e-6) return false;
            end = startSec + lengthSec;
          }
          return windows.length >= 1 && windows.length <= n && end <= duration + 1e-6;
        },
      ),
    );
  });

  it('refuses what makes no sense', () => {
    expect(() => planWindows(0, 3, 10)).toThrow(RangeError);
    expect(() => planWindows(Number.NaN, 3, 10)).toThrow(RangeError);
  });
});
