import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WaveformMeter } from '../../../src/core/audio/waveform.ts';
import { WAVEFORM_SLICES } from '../../../src/core/config/audio-profile.ts';

function slicesOf(left: Float32Array, right: Float32Array, blockSamples: number): Uint8Array {
  const meter = new WaveformMeter();
  for (let at = 0; at < left.length; at += blockSamples) {
    meter.push({ left: left.subarray(at, at + blockSamples), right: right.subarray(at, at + blockSamples) });
  }
  return meter.slices();
}

describe('WaveformMeter', () => {
  it('finds a peak of either channel where it is, at any length', () => {
    const lengths = fc.integer({ min: 40_000, max: 2_000_000 });
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 0.999, noNaN: true }), fc.boolean(), (n, where, onLeft) => {
        const [left, right] = [new Float32Array(n), new Float32Array(n)];
        (onLeft ? left : right)[Math.floor(where * n)] = -0.6;
        const slices = slicesOf(left, right, 16_384);
        const hit = slices.indexOf(153);
        return hit >= 0 && Math.abs(hit / WAVEFORM_SLICES - where) <= 2.5 / WAVEFORM_SLICES && Math.max(...slices) === 153;
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on how the stream is cut', () => {
    const left = new Float32Array(300_000).map((_, i) => Math.sin(i / 5000) * ((i % 97) / 97));
    expect(slicesOf(left, left, 1000)).toEqual(slicesOf(left, left, 77_777));
  });

  it('clamps at full scale and is 0 for silence and for nothing', () => {
    expect(new Set(slicesOf(new Float32Array(50_000).fill(1.7), new Float32Array(50_000), 4096))).toEqual(new Set([255]));
    expect(new Set(slicesOf(new Float32Array(50_000), new Float32Array(50_000), 4096))).toEqual(new Set([0]));
    expect(new WaveformMeter().slices()).toEqual(new Uint8Array(WAVEFORM_SLICES));
  });
});
