import { describe, expect, it } from 'vitest';
import { MEL_PROFILE } from '../../../src/core/config/audio-profile.ts';
import { windowSpectra } from '../../../src/core/dsp/descriptors.ts';
import { onsetStrength } from '../../../src/core/dsp/onset.ts';
import { estimateTempo } from '../../../src/core/dsp/tempo.ts';
import { noise, sine } from '../../reference/signals.ts';

const { sampleRateHz, fftSamples, hopSamples, nMels } = MEL_PROFILE;
const SECONDS = 10;

function tempoOf(mono: Float32Array) {
  const strength = onsetStrength(windowSpectra(mono).mel, nMels, fftSamples, hopSamples);
  return estimateTempo([strength], sampleRateHz / hopSamples);
}

/** A decaying noise burst on every beat over a quiet tone; `offbeat` adds softer bursts half-way between. */
function clicks(bpm: number, offbeat = 0): Float32Array {
  const signal = sine(110, 0.05, SECONDS, sampleRateHz);
  const hiss = noise(signal.length);
  const addBurst = (atSec: number, gain: number) => {
    const start = Math.round(atSec * sampleRateHz);
    for (let i = 0; i < 1500 && start + i < signal.length; i++) {
      signal[start + i] = signal[start + i]! + gain * Math.exp(-i / 300) * hiss[start + i]!;
    }
  };
  for (let beat = 0; (beat * 60) / bpm < SECONDS; beat++) {
    addBurst(0.1 + (beat * 60) / bpm, 0.8);
    if (offbeat > 0) addBurst(0.1 + ((beat + 0.5) * 60) / bpm, offbeat);
  }
  return signal;
}

describe('estimateTempo', () => {
  it.each([60, 66, 72, 80, 88, 97, 105, 113, 120, 128, 140, 150, 160, 170, 180])('hears clicks at %i bpm within 2 %%', (bpm) => {
    const tempo = tempoOf(clicks(bpm));
    expect(tempo).not.toBeNull();
    expect(Math.abs(tempo!.bpm / bpm - 1)).toBeLessThan(0.02);
    expect(tempo!.confidence).toBeGreaterThan(0.5);
  });

  it.each([90, 100, 120])('keeps to the beat when softer eighths lie between, %i bpm', (bpm) => {
    expect(Math.abs(tempoOf(clicks(bpm, 0.05))!.bpm / bpm - 1)).toBeLessThan(0.02);
  });

  it('hears no pulse in silence or a held tone', () => {
    expect(tempoOf(new Float32Array(SECONDS * sampleRateHz))).toBeNull();
    expect(tempoOf(sine(220, 0.5, SECONDS, sampleRateHz))).toBeNull();
  });

  it('is unsure about noise', () => {
    const tempo = tempoOf(Float32Array.from(noise(SECONDS * sampleRateHz)));
    expect(tempo?.confidence ?? 0).toBeLessThan(0.3);
  });

  it('agrees over several windows', () => {
    const strengths = [clicks(126), clicks(126)].map((mono) =>
      onsetStrength(windowSpectra(mono).mel, nMels, fftSamples, hopSamples),
    );
    expect(estimateTempo(strengths, sampleRateHz / hopSamples)!.bpm).toBeCloseTo(126, -0.5);
  });
});
