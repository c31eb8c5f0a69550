import { expect, it } from 'vitest';
import { CUTS, cutsFor, specOf } from '../../../../src/core/laboratory/divide-and-conquer/cuts.ts';
import { holdBack } from '../../../../src/core/laboratory/divide-and-conquer/hold-back.ts';
import { majorityVote } from '../../../../src/core/laboratory/divide-and-conquer/vote.ts';
import { planSegments, segmentSec } from '../../../../src/core/laboratory/networks/segment-plan.ts';

it('most pieces decide, and between equally many what their probabilities add up to', () => {
  const probabilities = Float32Array.from(
    [
      [0.1, 0.8, 0.1],
      [0.4, 0.3, 0.3],
      [0.4, 0.3, 0.3],
      [0.9, 0.1, 0],
      [0.3, 0.6, 0.1],
      [0, 0.1, 0.9],
    ].flat(),
  );
  // Pieces of recording 7, of 2, and of 4, in between each other.
  const recordings = Int32Array.of(7, 7, 7, 2, 2, 4);
  const voted = majorityVote(probabilities, 3, Int32Array.of(0, 1, 2, 3, 4, 5), { recordings });
  expect([...voted.recordings]).toEqual([7, 2, 4]);
  // The mean of recording 7 is largest for class 1, but two of three pieces say class 0.
  expect([...voted.guesses]).toEqual([0, 0, 2]);
  const some = majorityVote(probabilities.subarray(9), 3, Int32Array.of(3, 5), { recordings });
  expect([...some.recordings]).toEqual([2, 4]);
});

it('the three cuts of 30 s hear the same sound', () => {
  for (const durationSec of [29.9, 30, 200]) {
    const ends = CUTS.map((cut) => {
      const { starts, isRepeated } = planSegments(durationSec, specOf(cut));
      expect(starts).toHaveLength(cut.nPieces);
      expect(isRepeated).toBe(false);
      const lengthSec = segmentSec(specOf(cut));
      for (const [i, start] of starts.slice(1).entries()) expect(start - starts[i]!).toBeCloseTo(lengthSec, 6);
      return [starts[0]!, starts.at(-1)! + lengthSec];
    });
    for (const [from, to] of ends) {
      expect(Math.abs(from! - ends[0]![0]!)).toBeLessThan(0.05);
      expect(Math.abs(to! - ends[0]![1]!)).toBeLessThan(0.05);
      expect(Math.abs((from! + to!) / 2 - durationSec / 2)).toBeLessThan(0.05);
    }
  }
});

it('measures no cut that would be a shorter one again and again', () => {
  const names = (longestSec: number) => cutsFor(longestSec).map(({ name }) => name);
  expect(names(3)).toEqual(['10 x 3 s']);
  expect(names(9)).toEqual(['3 x 10 s', '10 x 3 s']);
  expect(names(30)).toEqual(['30 s', '3 x 10 s', '10 x 3 s']);
});

it('holds back a fifth with all genres in it, or nothing where a genre has too few', () => {
  const study = (nEach: number) => {
    const classes = Int32Array.from({ length: 3 * nEach }, (_, i) => i % 3);
    const learned = Int32Array.from(classes.keys());
    const split = { folds: [{ learned: learned.subarray(3), tested: learned.subarray(0, 3) }], description: '' };
    return { split, classes, groups: learned, request: { seed: 1 } } as unknown as Parameters<typeof holdBack>[0];
  };
  const { learned, checked, tested } = holdBack(study(11), 0);
  expect([learned.length, checked.length, tested.length]).toEqual([24, 6, 3]);
  expect(new Set([...learned, ...checked, ...tested]).size).toBe(33);
  const few = holdBack(study(2), 0);
  expect([few.learned.length, few.checked.length]).toEqual([3, 0]);
});
