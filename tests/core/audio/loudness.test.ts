import { describe, expect, it } from 'vitest';
import { highPassBiquad, shelfBiquad } from '../../../src/core/audio/k-weighting.ts';
import { LoudnessMeter } from '../../../src/core/audio/loudness.ts';
import reference from '../../reference/loudness.json' with { type: 'json' };
import { loudnessSignal, sine } from '../../reference/signals.ts';

const BLOCK_SAMPLES = 7001;

interface Stereo {
  left: Float32Array;
  right: Float32Array;
}

function measure({ left, right }: Stereo, nChannels: 1 | 2 = 2): LoudnessMeter {
  const meter = new LoudnessMeter(nChannels);
  for (let at = 0; at < left.length; at += BLOCK_SAMPLES) {
    const end = at + BLOCK_SAMPLES;
    meter.push({ left: left.subarray(at, end), right: right.subarray(at, end) });
  }
  return meter;
}

/** Stereo 1 kHz sines of given levels (dBFS) and lengths one after another. */
function tones(steps: readonly (readonly [levelDbfs: number, seconds: number])[]): Stereo {
  const parts = steps.map(([level, seconds]) => sine(1000, 10 ** (level / 20), seconds));
  const left = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    left.set(part, at);
    at += part.length;
  }
  return { left, right: left };
}

describe('K-weighting', () => {
  it('has the coefficients that BS.1770-4 tabulates for 48 kHz', () => {
    const shelf = shelfBiquad(48_000);
    const highPass = highPassBiquad(48_000);
    expect([shelf.b0, shelf.b1, shelf.b2, shelf.a1, shelf.a2].map((c) => c.toFixed(8))).toEqual(
      [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585].map((c) => c.toFixed(8)),
    );
    expect([highPass.a1, highPass.a2].map((c) => c.toFixed(8))).toEqual(
      [-1.99004745483398, 0.99007225036621].map((c) => c.toFixed(8)),
    );
  });
});

describe('LoudnessMeter', () => {
  it.each(reference)('agrees with ffmpeg at levels $levelsDb', ({ levelsDb, secondsEach, integratedLufs, rangeLu }) => {
    const meter = measure(loudnessSignal(levelsDb, secondsEach));
    expect(Math.abs(meter.integratedLufs()! - integratedLufs)).toBeLessThan(0.05);
    // ffmpeg takes its percentiles from another rank than Tech 3342's listing: on short signals a few tenths.
    expect(Math.abs(meter.rangeLu()! - rangeLu)).toBeLessThan(0.3);
  });

  // EBU Tech 3341, table 1: stereo sines of 1 kHz.
  it.each([
    { name: 'case 1', steps: [[-23, 20]] as const, lufs: -23 },
    { name: 'case 2', steps: [[-33, 20]] as const, lufs: -33 },
    {
      name: 'case 3',
      steps: [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ] as const,
      lufs: -23,
    },
    {
      name: 'case 4',
      steps: [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ] as const,
      lufs: -23,
    },
  ])('passes EBU Tech 3341 $name', ({ steps, lufs }) => {
    expect(Math.abs(measure(tones(steps)).integratedLufs()! - lufs)).toBeLessThan(0.1);
  });

  // EBU Tech 3342, table 1.
  it.each([
    {
      name: 'case 1',
      steps: [
        [-20, 20],
        [-30, 20],
      ] as const,
      lu: 10,
    },
    {
      name: 'case 2',
      steps: [
        [-20, 20],
        [-15, 20],
      ] as const,
      lu: 5,
    },
    {
      name: 'case 3',
      steps: [
        [-40, 20],
        [-20, 20],
      ] as const,
      lu: 20,
    },
    {
      name: 'case 4',
      steps: [
        [-50, 20],
        [-35, 20],
        [-20, 20],
        [-35, 20],
        [-50, 20],
      ] as const,
      lu: 15,
    },
  ])('passes EBU Tech 3342 $name', ({ steps, lu }) => {
    expect(Math.abs(measure(tones(steps)).rangeLu()! - lu)).toBeLessThan(1);
  });

  it('counts a mono programme once: 3 LU less than the same on two channels', () => {
    const signal = tones([[-20, 3]]);
    expect(measure(signal).integratedLufs()! - measure(signal, 1).integratedLufs()!).toBeCloseTo(10 * Math.log10(2), 6);
  });

  it('knows the sample peak', () => {
    expect(measure(tones([[-6, 1]])).samplePeakDbfs()).toBeCloseTo(-6, 1);
  });

  it('has no value for silence or for almost nothing', () => {
    const silence = measure({ left: new Float32Array(88_200), right: new Float32Array(88_200) });
    expect([silence.integratedLufs(), silence.rangeLu(), silence.samplePeakDbfs()]).toEqual([null, null, null]);
    expect(measure(tones([[-10, 0.3]])).integratedLufs()).toBeNull();
  });
});
