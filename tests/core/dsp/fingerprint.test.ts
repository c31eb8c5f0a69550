import { describe, expect, it } from 'vitest';
import { BeginningMeter } from '../../../src/core/audio/beginning.ts';
import { FINGERPRINT_HOP_SEC, FINGERPRINT_RATE_HZ, fingerprint } from '../../../src/core/dsp/fingerprint.ts';
import { bitCount, overlapAt, roughErrorRate } from '../../../src/core/dsp/fingerprint-match.ts';
import { lcg } from '../../support/synthetic-song.ts';

const HOP_SAMPLES = Math.round(FINGERPRINT_HOP_SEC * FINGERPRINT_RATE_HZ);

/** A melody of noise-like chords that change eight times a second. */
function melody(seconds: number, seed: number): Float32Array {
  const random = lcg(seed);
  const samples = new Float32Array(Math.round(seconds * FINGERPRINT_RATE_HZ));
  const chordSamples = Math.round(FINGERPRINT_RATE_HZ / 8);
  for (let start = 0; start < samples.length; start += chordSamples) {
    const tones = Array.from({ length: 6 }, () => ({ hz: 300 + 850 * (1 + random()), gain: 0.05 * (1 + random()) }));
    for (let i = start; i < Math.min(samples.length, start + chordSamples); i++) {
      for (const { hz, gain } of tones) samples[i]! += gain * Math.sin((2 * Math.PI * hz * i) / FINGERPRINT_RATE_HZ);
    }
  }
  return samples;
}

function withNoise(samples: Float32Array, gain: number): Float32Array {
  const random = lcg(99);
  return samples.map((sample) => sample + gain * random());
}

describe('fingerprint', () => {
  const song = melody(30, 1);
  const words = fingerprint(song);

  it('has a word a hop', () => {
    expect(words.length).toBe(Math.floor(song.length / HOP_SAMPLES));
  });

  it('does not depend on loudness', () => {
    // A power of two: rounding stays the same.
    expect(fingerprint(song.map((sample) => sample / 8))).toEqual(words);
  });

  it('changes little with noise 20 dB below, and lies half apart from other music', () => {
    expect(overlapAt(words, fingerprint(withNoise(song, 0.02)), 0).errorRate).toBeLessThan(0.15);
    expect(overlapAt(words, fingerprint(melody(30, 2)), 0).errorRate).toBeGreaterThan(0.4);
  });

  it('moves with the music: exactly by whole hops, nearly by half ones', () => {
    const cutAt = (hops: number) => fingerprint(song.subarray(Math.round(hops * HOP_SAMPLES)));
    expect(overlapAt(words, cutAt(20), 20).errorRate).toBeLessThan(0.01);
    expect(overlapAt(words, cutAt(20.5), 20).errorRate).toBeLessThan(0.28);
    expect(overlapAt(words, cutAt(20), 23).errorRate).toBeGreaterThan(0.35);
  });

  it('has nothing to say of silence', () => {
    const silence = fingerprint(new Float32Array(20 * HOP_SAMPLES));
    expect(silence).toEqual(new Uint32Array(20));
    expect(overlapAt(silence, silence, 0)).toEqual({ errorRate: 1, nWords: 0 });
  });
});

describe('overlapAt', () => {
  const random = lcg(3);
  const numbers = (n: number) => Uint32Array.from({ length: n }, () => (1 + random()) * 2 ** 31);

  it('is symmetrical, and counts the words that lie on each other', () => {
    const [a, b] = [numbers(50), numbers(30)];
    for (const offset of [-10, 0, 7, 45]) expect(overlapAt(a, b, offset)).toEqual(overlapAt(b, a, -offset));
    expect(overlapAt(a, b, 45).nWords).toBe(5);
    expect(overlapAt(a, a.subarray(12), 12)).toEqual({ errorRate: 0, nWords: 38 });
  });

  it('is estimated well from a few words', () => {
    const a = numbers(900);
    const b = a.map((word, i) => (i % 3 === 0 ? word ^ 0xffff : word));
    expect(overlapAt(a, b, 0).errorRate).toBeCloseTo(1 / 6, 6);
    expect(Math.abs(roughErrorRate(a, b, 0, 32) - 1 / 6)).toBeLessThan(0.1);
    expect(roughErrorRate(a, numbers(900), 300, 32)).toBeGreaterThan(0.42);
    expect(roughErrorRate(a, b, 900, 32)).toBe(1);
  });

  it('counts bits as their digits do', () => {
    for (const word of [0, 1, 0xffff_ffff, 0x8000_0000, ...numbers(50)]) {
      expect(bitCount(word)).toBe(word.toString(2).replaceAll('0', '').length);
    }
  });
});

describe('BeginningMeter', () => {
  it('does not depend on how the stream is cut, and keeps a sine as it is', () => {
    const sine = Float32Array.from({ length: 100_000 }, (_, i) => Math.sin((2 * Math.PI * 600 * i) / 44_100));
    const samplesOf = (blockSamples: number) => {
      const meter = new BeginningMeter();
      for (let at = 0; at < sine.length; at += blockSamples) {
        const part = sine.subarray(at, at + blockSamples);
        meter.push({ left: part, right: part });
      }
      return meter.samples();
    };
    const samples = samplesOf(1000);
    expect(samplesOf(777)).toEqual(samples);
    expect(samples.length).toBe(12_500);
    // The mean of four samples lies 1.5 samples behind the first.
    for (let i = 100; i < 12_400; i++) {
      expect(Math.abs(samples[i]! - Math.sin((2 * Math.PI * 600 * (8 * i + 1.5)) / 44_100))).toBeLessThan(0.02);
    }
  });

  it('keeps two minutes', () => {
    const meter = new BeginningMeter();
    const block = { left: new Float32Array(441_000), right: new Float32Array(441_000) };
    for (let i = 0; i < 13; i++) meter.push(block);
    expect(meter.samples().length).toBe(120 * FINGERPRINT_RATE_HZ);
  });
});
