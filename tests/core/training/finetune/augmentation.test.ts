import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augment } from '../../../../src/core/training/finetune/augmentation.ts';
import { createRandom } from '../../../../src/core/training/random.ts';

const N_MELS = 128;

function melOf(nFrames: number): Float32Array {
  return Float32Array.from({ length: nFrames * N_MELS }, (_, i) =>
    Math.max(-80, -40 + 40 * Math.sin(i * 0.37) - (i % N_MELS) / 4),
  );
}

function augmented(nFrames: number, seed: number, toneDb: number, maskProbability: number): Float32Array {
  const melDb = melOf(nFrames);
  augment(melDb, { toneDb, maskProbability }, createRandom(seed));
  return melDb;
}

describe('a varied mel spectrogram', () => {
  it('stays one: floor..0 dB, whatever its length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer(),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (nFrames, seed, tone) => augmented(nFrames, seed, tone, 1).every((value) => value >= -80 && value <= 0),
      ),
    );
  });

  it('has another tone: the same curve in every frame, the loudest bin at 0 dB', () => {
    const plain = melOf(20);
    const varied = augmented(20, 5, 4, 0);
    expect(Math.max(...varied)).toBeCloseTo(0, 5);
    const change = (frame: number, band: number) => varied[frame * N_MELS + band]! - plain[frame * N_MELS + band]!;
    const isFree = (i: number) => plain[i]! > -80 && varied[i]! > -80;
    let nCompared = 0;
    for (let i = N_MELS; i < plain.length; i++) {
      const band = i % N_MELS;
      if (!isFree(i) || !isFree(band)) continue;
      nCompared++;
      expect(change(Math.floor(i / N_MELS), band)).toBeCloseTo(change(0, band), 3);
    }
    expect(nCompared).toBeGreaterThan(500);
  });

  it('has a band and a span of time left out, and the rest as it was', () => {
    const plain = melOf(60);
    const varied = augmented(60, 9, 0, 1);
    const changed = [...varied.keys()].filter((i) => varied[i] !== plain[i]);
    expect(new Set(changed.map((i) => varied[i])).size).toBe(1);
    expect(changed.length).toBeGreaterThan(2 * 60);
    expect(changed.length).toBeLessThan(16 * 60 + 10 * N_MELS);
  });

  it('follows from its random numbers, and is left alone without any variation', () => {
    expect(augmented(30, 3, 4, 0.6)).toEqual(augmented(30, 3, 4, 0.6));
    expect(augmented(30, 4, 4, 0.6)).not.toEqual(augmented(30, 3, 4, 0.6));
    expect(augmented(30, 3, 0, 0)).toEqual(melOf(30));
  });
});
