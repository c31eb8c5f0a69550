import { describe, expect, it } from 'vitest';
import { MEL_PROFILE } from '../../../src/core/config/audio-profile.ts';
import { hzToMel, maxPower, melDb, melFromPower, melPower, melToHz } from '../../../src/core/dsp/mel.ts';
import { powerSpectrogram } from '../../../src/core/dsp/stft.ts';
import { featureSignal } from '../../reference/feature-signal.ts';
import reference from '../../reference/features.json' with { type: 'json' };
import { maxDifference, sampled } from '../../reference/signals.ts';

const x = featureSignal();
const power = melPower(x, MEL_PROFILE);

describe('melPower and melDb', () => {
  it('equal librosa within 0.01 dB', () => {
    expect(power.length).toBe(reference.nFrames * MEL_PROFILE.nMels);
    const db = melDb(power, maxPower(power), MEL_PROFILE.floorDb);
    expect(maxDifference(sampled(db, reference.stride), reference.melDb)).toBeLessThan(0.01);
    const ratios = sampled(power, reference.stride).map((value, i) => value / Math.max(1e-10, reference.melPower[i]!));
    const audible = ratios.filter((_, i) => reference.melPower[i]! > 1e-8);
    expect(Math.max(...audible.map((ratio) => Math.abs(ratio - 1)))).toBeLessThan(1e-4);
  });

  it('are the same from a power spectrogram at hand', () => {
    const shared = melFromPower(powerSpectrogram(x, { ...MEL_PROFILE, pad: 'zero' }), MEL_PROFILE);
    const ratios = shared.map((value, i) => (power[i]! > 0 ? value / power[i]! : 1));
    expect(maxDifference(ratios, new Float32Array(ratios.length).fill(1))).toBeLessThan(1e-6);
  });

  it('give the floor everywhere for silence', () => {
    const silence = melPower(new Float32Array(22_050), MEL_PROFILE);
    expect(new Set(melDb(silence, maxPower(silence), -80))).toEqual(new Set([-80]));
  });

  it('give frames for signals shorter than one hop', () => {
    expect(melPower(new Float32Array(10), MEL_PROFILE).length).toBe(MEL_PROFILE.nMels);
  });
});

describe("Slaney's mel scale", () => {
  it('is 15 at 1 kHz and goes back and forth', () => {
    expect(hzToMel(1000)).toBeCloseTo(15, 10);
    for (const hz of [0, 440, 999, 1001, 4000, 11_025]) expect(melToHz(hzToMel(hz))).toBeCloseTo(hz, 6);
  });
});
