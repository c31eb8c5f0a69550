import { describe, expect, it } from 'vitest';
import { firstOfEachClass, learningOrder } from '../../../../src/core/training/evaluation/learning-order.ts';
import { trainHead } from '../../../../src/core/training/head/train-head.ts';
import { smallDataset } from '../head/small-dataset.ts';

const SETTINGS = { family: 'logistic', regularization: 1, nComponents: 20 } as const;

describe('learningOrder', () => {
  const groups = Int32Array.from({ length: 30 }, (_, t) => t % 10);
  const classes = Int32Array.from({ length: 30 }, (_, t) => (t % 10 < 4 ? 0 : 1));
  const all = [...classes.keys()];
  const ranks = learningOrder(groups, 2);

  it('keeps groups together', () => {
    for (let group = 0; group < 10; group++) {
      const own = all.filter((t) => groups[t] === group).map((t) => ranks[t]!);
      expect(Math.max(...own) - Math.min(...own)).toBe(own.length - 1);
    }
  });

  it('cuts every class alike, smaller parts within larger ones', () => {
    const [quarter, half] = [0.25, 0.5].map((fraction) => firstOfEachClass(all, classes, ranks, fraction));
    expect(half!.filter((t) => classes[t] === 0)).toHaveLength(6);
    expect(half!.filter((t) => classes[t] === 1)).toHaveLength(9);
    expect(half).toEqual(expect.arrayContaining(quarter!));
  });
});

describe('the learning curve of a training', () => {
  const dataset = smallDataset({ tracksPerGenre: 40, distance: 3 });
  const { evaluation } = trainHead(dataset, { seed: 1, join: 'mean', settings: SETTINGS, incumbent: null });

  it('has four points with more and more labels, the last with all of each learning side', () => {
    expect(evaluation.learningCurve.map(({ nTracks }) => nTracks)).toEqual([36, 72, 108, 144]);
  });

  it('ends where the evaluation stands, and starts below', () => {
    const [first, last] = [evaluation.learningCurve[0]!, evaluation.learningCurve.at(-1)!];
    expect(last.accuracy).toBeCloseTo(evaluation.accuracy, 1);
    expect(first.accuracy).toBeLessThan(last.accuracy);
  });
});
