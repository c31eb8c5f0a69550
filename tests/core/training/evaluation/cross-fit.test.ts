import { describe, expect, it } from 'vitest';
import { JOIN_RULES } from '../../../../src/core/domain/training.ts';
import {
  crossFittedProbabilities,
  crossFittedUnknown,
  neighboursOf,
} from '../../../../src/core/training/evaluation/cross-fit.ts';
import type { ScoredTracks } from '../../../../src/core/training/head/temperature.ts';
import { normals } from '../head/small-head.ts';

const nTracks = 60;
/** Two windows each; scores lean towards the label. */
const scored: ScoredTracks = {
  logits: normals(nTracks * 2 * 3, 3).map((value, i) => value + (i % 3 === Math.floor(i / 6) % 3 ? 2 : 0)),
  windowStart: Int32Array.from({ length: nTracks + 1 }, (_, i) => 2 * i),
  classes: Int32Array.from({ length: nTracks }, (_, i) => i % 3),
  nGenres: 3,
};
const folds = Int32Array.from({ length: nTracks }, (_, i) => (i < 3 ? -1 : Math.floor(i / 3) % 4));

describe('crossFittedProbabilities', () => {
  const byRule = crossFittedProbabilities(scored, folds, 4, 1);

  it.each(JOIN_RULES)('has a row for every tested track and none for others (%s)', (rule) => {
    const rows = byRule.get(rule)!;
    for (let t = 0; t < nTracks; t++) {
      const sum = rows.subarray(3 * t, 3 * t + 3).reduce((a, b) => a + b, 0);
      if (folds[t] === -1) expect(sum).toBeNaN();
      else expect(sum).toBeCloseTo(1, 5);
    }
  });

  it.each(JOIN_RULES)("does not look at a fold's own labels (%s)", (rule) => {
    const other = { ...scored, classes: scored.classes.map((label, t) => (folds[t] === 2 ? (label + 1) % 3 : label)) };
    const again = crossFittedProbabilities(other, folds, 4, 1).get(rule)!;
    const rows = byRule.get(rule)!;
    let nChanged = 0;
    for (let t = 3; t < nTracks; t++) {
      const [before, after] = [rows, again].map((values) => values.slice(3 * t, 3 * t + 3));
      if (folds[t] === 2) expect(after).toEqual(before);
      else if (after!.some((value, c) => value !== before![c])) nChanged++;
    }
    expect(nChanged).toBeGreaterThan(0);
  });
});

describe('crossFittedUnknown', () => {
  it('leaves nothing unsaid when every guess is certain and right', () => {
    const certain = Float32Array.from({ length: nTracks * 3 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0));
    expect(crossFittedUnknown(certain, scored.classes, folds, 4, 3)).toEqual({ unknownShare: 0, accuracyOfKnown: 1 });
  });

  it('leaves doubtful guesses unsaid', () => {
    const doubtful = Float32Array.from({ length: nTracks * 3 }, (_, i) => (i % 3 === 0 ? 0.36 : 0.32));
    expect(crossFittedUnknown(doubtful, scored.classes, folds, 4, 3).unknownShare).toBe(1);
  });
});

it('neighbours are alike for every genre', () => {
  const many = neighboursOf(scored, 1, 1);
  const counts = [0, 1, 2].map((label) => many.classes.filter((each) => each === label).length);
  expect(counts).toEqual([40, 40, 40]);
});
