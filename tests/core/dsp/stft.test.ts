import { describe, expect, it } from 'vitest';
import { istft, type Padding, type Spectrogram, stft } from '../../../src/core/dsp/stft.ts';
import { maxDifference, noise, sampled, testSignal } from '../../reference/signals.ts';
import reference from '../../reference/stft.json' with { type: 'json' };

/** The mask of make_references.py, Float32Array [nFrames x nBins]. */
function maskOf({ nFrames, nBins }: Spectrogram): Float32Array {
  return new Float32Array(nFrames * nBins).map((_, i) => 0.5 + 0.5 * Math.sin(0.3 * Math.floor(i / nBins) + 0.02 * (i % nBins)));
}

function rms(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);
}

describe.each(reference)('librosa at $fftSamples / $hopSamples, pad $pad', (expected) => {
  const profile = { ...expected, pad: expected.pad as Padding };
  const spec = stft(testSignal(expected.nSamples, expected.sampleRateHz), profile);

  it('has the same spectrogram within 1e-6 of full scale', () => {
    expect(spec.nFrames).toBe(expected.nFrames);
    // A full-scale sine reaches fftSamples / 4 in a Hann-windowed spectrum: errors are measured against that.
    const tolerance = (1e-6 * expected.fftSamples) / 4;
    expect(maxDifference(sampled(spec.re, expected.stride), expected.re)).toBeLessThan(tolerance);
    expect(maxDifference(sampled(spec.im, expected.stride), expected.im)).toBeLessThan(tolerance);
  });

  it('has the same signal of a masked spectrogram within 1e-6', () => {
    const mask = { values: maskOf(spec), offset: 0, frameStride: spec.nBins, binStride: 1, nBins: spec.nBins, beyond: 0 };
    const signal = istft(spec, profile, expected.nSamples, { mask });
    expect(maxDifference(sampled(signal, expected.stride), expected.maskedSignal)).toBeLessThan(1e-6);
  });
});

describe('stft and istft', () => {
  const profile = { fftSamples: 1024, hopSamples: 256, pad: 'reflect' as const };

  it.each([4096, 10_007, 1025, 700, 1])('give %i samples back within 1e-6 RMS', (n) => {
    const x = Float32Array.from(noise(n));
    expect(rms(x, istft(stft(x, profile), profile, n))).toBeLessThan(1e-6);
  });

  it('stems whose masks add up to 1 add up to the mixture', () => {
    const x = testSignal(20_000, 44_100);
    const spec = stft(x, profile);
    const nBins = 400;
    const values = new Float32Array(2 * spec.nFrames * nBins);
    for (let f = 0; f < spec.nFrames; f++) {
      for (let k = 0; k < nBins; k++) {
        const share = (f % 7) / 6;
        values[k * spec.nFrames + f] = share;
        values[(nBins + k) * spec.nFrames + f] = 1 - share;
      }
    }
    const stem = (index: number) => {
      const offset = index * nBins * spec.nFrames;
      const mask = { values, offset, frameStride: 1, binStride: spec.nFrames, nBins, beyond: 0.5 };
      return istft(spec, profile, x.length, { mask });
    };
    const [a, b] = [stem(0), stem(1)];
    expect(
      maxDifference(
        x,
        a.map((value, i) => value + b[i]!),
      ),
    ).toBeLessThan(2e-6);
  });

  it('write into the memory they are given', () => {
    const x = testSignal(5000, 44_100);
    const spec = stft(x, profile);
    const again = stft(
      x.map((value) => -value),
      profile,
      spec,
    );
    expect(again).toBe(spec);
    const out = new Float32Array(5000).fill(9);
    expect(istft(again, profile, 5000, { out })).toBe(out);
    expect(
      maxDifference(
        out,
        x.map((value) => -value),
      ),
    ).toBeLessThan(1e-6);
  });
});
