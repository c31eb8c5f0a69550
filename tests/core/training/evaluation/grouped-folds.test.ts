import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedFolds, NEVER_TESTED } from '../../../../src/core/training/evaluation/grouped-folds.ts';

/** Tracks with a class and a group each; groups may hold several classes. */
const tracks = fc.array(fc.tuple(fc.nat(4), fc.nat(12)), { minLength: 4, maxLength: 80 });
const split = (rows: [number, number][], nFolds: number, seed: number) => {
  const classes = Int32Array.from(rows, ([label]) => label);
  const groups = Int32Array.from(rows, ([, group]) => group);
  return { classes, groups, folds: groupedFolds(classes, groups, nFolds, seed) };
};

describe('groupedFolds', () => {
  it('never has a group on both sides', () => {
    fc.assert(
      fc.property(tracks, fc.integer({ min: 2, max: 6 }), fc.integer(), (rows, nFolds, seed) => {
        const { groups, folds } = split(rows, nFolds, seed);
        for (const [i, group] of groups.entries()) expect(folds[i]).toBe(folds[groups.indexOf(group)]);
      }),
    );
  });

  it('never tests a genre that the learning side does not have', () => {
    fc.assert(
      fc.property(tracks, fc.integer({ min: 2, max: 6 }), fc.integer(), (rows, nFolds, seed) => {
        const { classes, folds } = split(rows, nFolds, seed);
        for (const [i, fold] of folds.entries()) {
          expect(fold).toBeGreaterThanOrEqual(NEVER_TESTED);
          expect(fold).toBeLessThan(nFolds);
          if (fold === NEVER_TESTED) continue;
          const learned = classes.some((label, j) => label === classes[i] && folds[j] !== fold);
          expect(learned).toBe(true);
        }
      }),
    );
  });

  it('never tests a genre by one artist, and keeps testing the others', () => {
    const { folds } = split(
      [
        [0, 1],
        [0, 1],
        [1, 2],
        [1, 3],
        [1, 4],
        [1, 5],
      ],
      2,
      1,
    );
    expect(Array.from(folds.subarray(0, 2))).toEqual([NEVER_TESTED, NEVER_TESTED]);
    expect(folds.subarray(2).every((fold) => fold >= 0)).toBe(true);
  });

  it('is the same for the same seed and another for another', () => {
    const rows = Array.from({ length: 60 }, (_, i): [number, number] => [i % 3, i]);
    expect(split(rows, 5, 7).folds).toEqual(split(rows, 5, 7).folds);
    expect(split(rows, 5, 7).folds).not.toEqual(split(rows, 5, 8).folds);
  });

  it('gives each fold its share of every genre when every track stands for itself', () => {
    const rows = Array.from({ length: 100 }, (_, i): [number, number] => [i < 70 ? 0 : i < 90 ? 1 : 2, i]);
    const { classes, folds } = split(rows, 5, 3);
    for (let fold = 0; fold < 5; fold++) {
      const counts = [0, 1, 2].map((label) => classes.filter((each, i) => each === label && folds[i] === fold).length);
      expect(counts).toEqual([14, 4, 2]);
    }
  });

  it('balances genres with artists of two to five tracks within one artist', () => {
    const rows: [number, number][] = [];
    for (let artist = 0; artist < 60; artist++) for (let t = 0; t < 2 + (artist % 4); t++) rows.push([artist % 3, artist]);
    const { classes, folds } = split(rows, 5, 3);
    for (const label of [0, 1, 2]) {
      const total = classes.filter((each) => each === label).length;
      for (let fold = 0; fold < 5; fold++) {
        const n = classes.filter((each, i) => each === label && folds[i] === fold).length;
        expect(Math.abs(n - total / 5)).toBeLessThanOrEqual(5);
      }
    }
  });
});
