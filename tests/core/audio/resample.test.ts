import { describe, expect, it } from 'vitest';
import { halve, resamplePoly } from '../../../src/core/audio/resample.ts';
import reference from '../../reference/resample.json' with { type: 'json' };
import { maxDifference, sampled, sine, testSignal } from '../../reference/signals.ts';

describe('resamplePoly', () => {
  it.each(reference)('equals scipy for $up / $down within 1e-6', ({ up, down, nSamples, stride, signal }) => {
    expect(maxDifference(sampled(resamplePoly(testSignal(nSamples, 44_100), up, down), stride), signal)).toBeLessThan(1e-6);
  });

  it('copies when the rates are equal', () => {
    const x = testSignal(100, 44_100);
    expect(resamplePoly(x, 3, 3)).toEqual(x);
    expect(resamplePoly(x, 3, 3)).not.toBe(x);
  });
});

describe('halve', () => {
  it.each([0, 1, 2, 7, 1000])('gives half of %i samples, rounded up', (n) => {
    expect(halve(new Float32Array(n)).length).toBe(Math.ceil(n / 2));
  });

  it('keeps a low tone and removes one that would alias', () => {
    const inner = (signal: Float32Array) => signal.subarray(50, 10_000);
    expect(maxDifference(inner(halve(sine(1000, 1, 1))), inner(sine(1000, 1, 1, 22_050)))).toBeLessThan(2e-3);
    expect(inner(halve(sine(18_000, 1, 1))).reduce((max, v) => Math.max(max, Math.abs(v)), 0)).toBeLessThan(1e-3);
  });
});
