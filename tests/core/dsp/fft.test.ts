import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RealFft } from '../../../src/core/dsp/fft.ts';
import { maxDifference, noise } from '../../reference/signals.ts';

const SIZES = [16, 32, 64, 128, 256, 512];

/** The definition: X[k] = sum_t x[t] exp(-2 pi i k t / n). */
function slowTransform(x: Float64Array): { re: number[]; im: number[] } {
  const n = x.length;
  const sum = (k: number, part: (angle: number) => number) => x.reduce((s, v, t) => s + v * part((-2 * Math.PI * k * t) / n), 0);
  const bins = Array.from({ length: n / 2 + 1 }, (_, k) => k);
  return { re: bins.map((k) => sum(k, Math.cos)), im: bins.map((k) => sum(k, Math.sin)) };
}

describe('RealFft', () => {
  it.each(SIZES)('equals the definition at %i points', (n) => {
    const x = noise(n);
    const [re, im] = [new Float64Array(n / 2 + 1), new Float64Array(n / 2 + 1)];
    new RealFft(n).forward(x, re, im);
    const slow = slowTransform(x);
    expect(maxDifference(re, slow.re)).toBeLessThan(1e-11);
    expect(maxDifference(im, slow.im)).toBeLessThan(1e-11);
  });

  it('gives the signal back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SIZES, 2048, 4096), fc.integer({ min: 1 }), (n, seed) => {
        const x = noise(n, seed);
        const [re, im, back] = [new Float64Array(n / 2 + 1), new Float64Array(n / 2 + 1), new Float64Array(n)];
        const fft = new RealFft(n);
        fft.forward(x, re, im);
        fft.inverse(re, im, back);
        return maxDifference(x, back) < 1e-13;
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the power (Parseval)', () => {
    const n = 4096;
    const x = noise(n);
    const [re, im] = [new Float64Array(n / 2 + 1), new Float64Array(n / 2 + 1)];
    new RealFft(n).forward(x, re, im);
    const bins = re.reduce((sum, r, k) => sum + (r * r + im[k]! ** 2) * (k === 0 || k === n / 2 ? 1 : 2), 0);
    expect(bins / n).toBeCloseTo(
      x.reduce((sum, v) => sum + v * v, 0),
      8,
    );
  });

  it('takes and writes 32-bit arrays, too', () => {
    const n = 1024;
    const x = Float32Array.from(noise(n));
    const [re, im, back] = [new Float32Array(n / 2 + 1), new Float32Array(n / 2 + 1), new Float32Array(n)];
    const fft = new RealFft(n);
    fft.forward(x, re, im);
    fft.inverse(re, im, back);
    expect(maxDifference(x, back)).toBeLessThan(1e-6);
  });

  it.each([0, 8, 24, 1000])('refuses a size of %i', (n) => {
    expect(() => new RealFft(n)).toThrow(RangeError);
  });
});
