// Onset strength, chroma and the spectral summary against librosa.
import { describe, expect, it } from 'vitest';
import { MEL_PROFILE } from '../../../src/core/config/audio-profile.ts';
import { chromaFromPower } from '../../../src/core/dsp/chroma.ts';
import { windowSpectra } from '../../../src/core/dsp/descriptors.ts';
import { countOnsets, onsetStrength } from '../../../src/core/dsp/onset.ts';
import { summarizeSpectrum } from '../../../src/core/dsp/spectral-summary.ts';
import { featureSignal } from '../../reference/feature-signal.ts';
import reference from '../../reference/features.json' with { type: 'json' };
import { maxDifference, sine } from '../../reference/signals.ts';

const { sampleRateHz, fftSamples, hopSamples, nMels } = MEL_PROFILE;
const { mono, power, mel } = windowSpectra(featureSignal());

describe('features of a window', () => {
  it('onset strength equals librosa', () => {
    expect(maxDifference(onsetStrength(mel, nMels, fftSamples, hopSamples), reference.onsetStrength)).toBeLessThan(1e-3);
  });

  it('chroma equals librosa', () => {
    expect(maxDifference(chromaFromPower(power, sampleRateHz, fftSamples), reference.chroma)).toBeLessThan(1e-3);
  });

  it.each(Object.entries(reference.spectral))('%s equals librosa within 1 %%', (name, expected) => {
    const value = summarizeSpectrum(power, mono, MEL_PROFILE)[name as keyof typeof reference.spectral];
    expect(Math.abs(value / expected - 1)).toBeLessThan(0.01);
  });

  it('silence has no spectrum and no onsets', () => {
    const silence = windowSpectra(new Float32Array(22_050));
    const summary = summarizeSpectrum(silence.power, silence.mono, MEL_PROFILE);
    expect(summary).toMatchObject({ centroidHz: 0, bandwidthHz: 0, rolloffHz: 0, zeroCrossingRate: 0 });
    expect(summary.flatness).toBeCloseTo(1, 9);
    expect(countOnsets(onsetStrength(silence.mel, nMels, fftSamples, hopSamples))).toBe(0);
  });

  it('a tone of A fills the tenth pitch class', () => {
    const tone = windowSpectra(sine(440, 0.5, 2, sampleRateHz));
    const chroma = chromaFromPower(tone.power, sampleRateHz, fftSamples).subarray(12 * 20, 12 * 21);
    expect(chroma.indexOf(1)).toBe(9);
  });
});
