import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOIN_RULES } from '../../../../src/core/domain/training.ts';
import { softmaxRows } from '../../../../src/core/training/head/head-scores.ts';
import { argmax, joinWindows } from '../../../../src/core/training/head/join-rules.ts';
import { maxDifference } from '../../../reference/signals.ts';
import { normals } from './small-head.ts';

const START = Int32Array.of(0, 3);

describe('joining windows', () => {
  it.each(JOIN_RULES)('gives rows that sum to one (%s)', (rule) => {
    const neighbours = { scores: softmaxRows(normals(60, 3), 3, 1), classes: Int32Array.from({ length: 20 }, (_, i) => i % 3) };
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 }), (seed, lengths) => {
        const starts = Int32Array.of(0, ...lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b, 0)));
        const joined = joinWindows(rule, softmaxRows(normals(3 * starts.at(-1)!, seed), 3, 0.3), starts, 3, neighbours);
        for (let t = 0; t < lengths.length; t++) {
          const row = joined.subarray(3 * t, 3 * t + 3);
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
        }
      }),
    );
  });

  it('mean averages', () => {
    const joined = joinWindows('mean', Float32Array.of(0.2, 0.8, 0.4, 0.6, 0.9, 0.1), START, 2, null);
    expect(maxDifference(joined, [0.5, 0.5])).toBeLessThan(1e-6);
  });

  it('geometricMean is the softmax of the mean logits', () => {
    const logits = normals(9, 1);
    const mean = Float32Array.from({ length: 3 }, (_, c) => (logits[c]! + logits[3 + c]! + logits[6 + c]!) / 3);
    const joined = joinWindows('geometricMean', softmaxRows(logits.slice(), 3, 1), START, 3, null);
    expect(maxDifference(joined, softmaxRows(mean, 3, 1))).toBeLessThan(1e-5);
  });

  it('majorityVote lets two doubtful windows outvote a certain one, and the mean break a tie', () => {
    const outvoted = joinWindows('majorityVote', Float32Array.of(0.51, 0.49, 0.51, 0.49, 0.01, 0.99), START, 2, null);
    expect(argmax(outvoted, 0, 2)).toBe(0);
    const tied = joinWindows('majorityVote', Float32Array.of(0.6, 0.4, 0.1, 0.9), Int32Array.of(0, 2), 2, null);
    expect(argmax(tied, 0, 2)).toBe(1);
  });

  it('nearestNeighbours says what windows with such scores were, whatever the scores say', () => {
    const doubtful = [0.55, 0.45];
    const neighbours = {
      scores: Float32Array.from({ length: 40 }, (_, i) => (i < 20 ? [0.95, 0.05] : doubtful)[i % 2]!),
      classes: Int32Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 1)),
    };
    const joined = joinWindows('nearestNeighbours', Float32Array.from(doubtful), Int32Array.of(0, 1), 2, neighbours);
    // 15 votes: the ten windows alike are of genre 1, five more of genre 0.
    expect(maxDifference(joined, [(5 + 0.55) / 16, (10 + 0.45) / 16])).toBeLessThan(1e-6);
  });

  it('nearestNeighbours without any is the mean', () => {
    const windows = softmaxRows(normals(9, 2), 3, 1);
    const none = { scores: new Float32Array(0), classes: new Int32Array(0) };
    expect(joinWindows('nearestNeighbours', windows, START, 3, none)).toEqual(joinWindows('mean', windows, START, 3, null));
  });
});
