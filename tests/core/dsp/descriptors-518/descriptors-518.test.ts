// The 518 descriptors against librosa's and scipy's numbers for the same two signals, pooled as one track's windows.
import { describe, expect, test } from 'vitest';
import { MEL_PROFILE } from '../../../../src/core/config/audio-profile.ts';
import { windowSpectra } from '../../../../src/core/dsp/descriptors.ts';
import { DESCRIPTOR_NAMES, descriptors518, N_DESCRIPTORS } from '../../../../src/core/dsp/descriptors-518/descriptors-518.ts';
import { STATISTICS } from '../../../../src/core/dsp/descriptors-518/statistics.ts';
import reference from '../../../reference/descriptors.json' with { type: 'json' };
import { testSignal } from '../../../reference/signals.ts';

const RATE = MEL_PROFILE.sampleRateHz;
const N = 4 * RATE;
const ROOTS = [130.81, 174.61, 196, 110];

/** As in make_descriptors.py: a chord a second, fading. */
function chords(): Float32Array {
  return new Float32Array(N).map((_, i) => {
    const t = i / RATE;
    const place = Math.floor(t) % 4;
    let sum = 0;
    for (const step of [0, place === 3 ? 3 : 4, 7]) {
      for (const overtone of [1, 2, 3]) sum += Math.sin(2 * Math.PI * ROOTS[place]! * 2 ** (step / 12) * overtone * t) / overtone;
    }
    return 0.1 * sum * Math.exp(-2 * (t % 1));
  });
}

const values = descriptors518([testSignal(N, RATE), chords()].map((signal) => windowSpectra(signal)));
const measured = new Map(DESCRIPTOR_NAMES.map((name, i) => [name, values[i]!]));

type Family = keyof typeof reference;
/** Chroma of the constant-Q transform hears decimated octaves through another low-pass than librosa's. */
const TOLERANCE: Partial<Record<Family, number>> = { chroma_cqt: 0.02, tonnetz: 0.03, chroma_cens: 0.01 };

test('there are 518, each with a name of its own', () => {
  expect([N_DESCRIPTORS, new Set(DESCRIPTOR_NAMES).size]).toEqual([518, 518]);
});

describe.each(Object.keys(reference) as Family[])('%s', (family) => {
  const rows = reference[family];
  test.each(STATISTICS.map((name, s) => ({ name, s })))('$name', ({ name, s }) => {
    const expected = rows.map((row) => row[s]!);
    const scale = Math.max(...expected.map(Math.abs));
    for (const [i, number] of expected.entries()) {
      const own = measured.get(`${family}.${String(i + 1).padStart(2, '0')}.${name}`)!;
      expect(Math.abs(own - number) / scale, `${family}.${i + 1}`).toBeLessThan(TOLERANCE[family] ?? 0.001);
    }
  });
});

test.each([
  ['silence', () => 0],
  ['a constant', () => 0.5],
  ['a click', (i: number) => (i === 1000 ? 1 : 0)],
])('%s gives finite numbers', (_, sample) => {
  const window = windowSpectra(new Float32Array(RATE).map((_value, i) => sample(i)));
  expect(descriptors518([window]).every(Number.isFinite)).toBe(true);
});
