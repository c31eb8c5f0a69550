import { describe, expect, it } from 'vitest';
import { MEL_PROFILE } from '../../../src/core/config/audio-profile.ts';
import { describeWindows, windowSpectra } from '../../../src/core/dsp/descriptors.ts';
import { estimateKey } from '../../../src/core/dsp/key.ts';
import { noise } from '../../reference/signals.ts';

const RATE_HZ = MEL_PROFILE.sampleRateHz;
const NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

/** Chords of MIDI notes, one second each, with a few harmonics. */
function chords(progression: readonly (readonly number[])[]): Float32Array {
  const signal = new Float32Array(progression.length * RATE_HZ);
  progression.forEach((notes, c) => {
    for (const note of notes) {
      const hz = 440 * 2 ** ((note - 69) / 12);
      for (let i = 0; i < RATE_HZ; i++) {
        const phase = (2 * Math.PI * hz * i) / RATE_HZ;
        const tone = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(3 * phase);
        signal[c * RATE_HZ + i] = signal[c * RATE_HZ + i]! + 0.08 * Math.exp((-2 * i) / RATE_HZ) * tone;
      }
    }
  });
  return signal;
}

const MAJOR_CADENCE = [
  [60, 64, 67],
  [65, 69, 72],
  [67, 71, 74],
  [60, 64, 67, 72],
];
const MINOR_CADENCE = [
  [60, 63, 67],
  [65, 68, 72],
  [67, 71, 74],
  [60, 63, 67, 72],
];

describe('the key of a cadence', () => {
  it.each(NAMES.map((name, shift) => ({ name, shift })))('in $name is heard in major and minor', ({ name, shift }) => {
    const keyOf = (cadence: number[][]) => {
      const notes = cadence.map((chord) => chord.map((note) => note + shift));
      return describeWindows([windowSpectra(chords(notes))], -14).key;
    };
    expect(keyOf(MAJOR_CADENCE)).toBe(`${name} major`);
    expect(keyOf(MINOR_CADENCE)).toBe(`${name} minor`);
  });
});

describe('estimateKey', () => {
  it('finds none in silence or noise', () => {
    expect(estimateKey(new Float64Array(12))).toBeNull();
    expect(estimateKey(new Float64Array(12).fill(1))).toBeNull();
    const hiss = describeWindows([windowSpectra(Float32Array.from(noise(5 * RATE_HZ)))], -14);
    expect(hiss.keyConfidence).toBeLessThan(0.5);
  });
});
