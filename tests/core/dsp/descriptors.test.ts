import { describe, expect, it } from 'vitest';
import { MEL_PROFILE } from '../../../src/core/config/audio-profile.ts';
import { describeWindows, windowSpectra } from '../../../src/core/dsp/descriptors.ts';
import { melPower } from '../../../src/core/dsp/mel.ts';
import { maxDifference, noise, sine } from '../../reference/signals.ts';

const RATE_HZ = MEL_PROFILE.sampleRateHz;
const SECONDS = 8;

/** A low drone with noise bursts at a steady rate. */
function hits(perSec: number): Float32Array {
  const signal = sine(110, 0.1, SECONDS, RATE_HZ);
  const hiss = noise(signal.length);
  return signal.map((value, i) => {
    const sinceHit = (i % Math.round(RATE_HZ / perSec)) / RATE_HZ;
    return value + 0.6 * Math.exp(-sinceHit * 60) * hiss[i]!;
  });
}

describe('describeWindows', () => {
  it('shares its spectra with the classifier: the mel is the one of melPower', () => {
    const mono = hits(2);
    const { mel, nFrames } = windowSpectra(mono);
    const expected = melPower(mono, MEL_PROFILE);
    expect(nFrames).toBe(expected.length / MEL_PROFILE.nMels);
    expect(maxDifference(mel, expected)).toBeLessThan(1e-3);
  });

  it('finds more energy in louder and in denser music', () => {
    const energies = [1, 2, 4].map((perSec) => describeWindows([windowSpectra(hits(perSec))], -14).energy);
    expect(energies).toEqual(energies.toSorted((a, b) => a - b));
    const sparse = [windowSpectra(hits(2))];
    expect(describeWindows(sparse, -8).energy).toBeGreaterThan(describeWindows(sparse, -20).energy);
  });

  it('averages over windows of different length', () => {
    const long = windowSpectra(hits(2));
    const short = windowSpectra(hits(2).subarray(0, 3 * RATE_HZ));
    const { tempoBpm, spectral } = describeWindows([long, short], -14);
    expect(tempoBpm).toBeCloseTo(120, -0.5);
    expect(spectral.centroidHz).toBeGreaterThan(100);
  });

  it('says nothing it cannot know about silence, and nothing is NaN', () => {
    for (const nSamples of [1, 700, 22_050]) {
      const silence = describeWindows([windowSpectra(new Float32Array(nSamples))], null);
      expect(silence).toMatchObject({ tempoBpm: null, tempoConfidence: 0, key: null, keyConfidence: 0, energy: 0 });
      expect(Object.values(silence.spectral).every(Number.isFinite)).toBe(true);
    }
  });
});
