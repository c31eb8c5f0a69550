import { describe, expect, it } from 'vitest';
import { selectRows } from '../../../../src/core/training/head/fit-linear.ts';
import { lessonOf, planKernel } from '../../../../src/core/training/head/self-training.ts';
import { besideOthers, noOthers, plainTracks } from './plain-tracks.ts';

describe('planKernel', () => {
  it('sees from a few labels what matters, and better with tracks without labels', () => {
    const labelled = plainTracks(8, 30, 1);
    const { rows, others } = besideOthers(labelled.rows, plainTracks(300, 30, 2).rows);
    const alone = planKernel(labelled.rows, noOthers(30), labelled.classes, 2).map.relevance[0]!;
    const helped = planKernel(rows, others, labelled.classes, 2).map.relevance[0]!;
    expect(alone).toBeGreaterThan(2 / 30);
    expect(helped).toBeGreaterThan(alone);
  });

  it('weighs by the prior while each class has one track', () => {
    const one = plainTracks(2, 4, 7);
    const prior = Float32Array.of(0.5, 0.25, 0.25, 0);
    expect(planKernel(one.rows, { ...noOthers(4), prior }, one.classes, 2).map.relevance).toEqual(prior);
  });

  it('teaches guesses beside the labels, mostly right, each a tenth of a label at most', () => {
    const labelled = plainTracks(12, 6, 3);
    const unlabelled = plainTracks(300, 6, 4);
    const { rows, others } = besideOthers(labelled.rows, unlabelled.rows);
    const { map, lesson } = planKernel(rows, others, labelled.classes, 2);
    const taught = lesson.weights.length - 12;
    expect(taught).toBeGreaterThan(100);
    expect(map.landmarks.length).toBe(lesson.weights.length * map.relevance.filter((weight) => weight > 0).length);
    expect([...lesson.weights.subarray(0, 12)]).toEqual([...lessonOf(labelled.rows, labelled.classes, 2).weights]);
    const own = lesson.weights.subarray(12);
    expect(Math.max(...own)).toBeLessThanOrEqual(0.1 + 1e-9);
    expect(Math.min(...own)).toBeGreaterThan(0);
    const guesses = lesson.memberships.subarray(24);
    const right = unlabelled.classes.filter((label, i) => i < taught && guesses[2 * i + label]! > 0.5);
    expect(right.length / taught).toBeGreaterThan(0.8);
  });

  it('lets no common genre drown the others with its guesses', () => {
    const labelled = plainTracks(12, 2, 5);
    const many = plainTracks(400, 2, 6);
    const common = [...many.classes.keys()].filter((i) => many.classes[i] === 0 || i % 10 === 1);
    const { rows, others } = besideOthers(labelled.rows, selectRows(many.rows, common));
    const { lesson } = planKernel(rows, others, labelled.classes, 2);
    const taught = [0, 1].map((label) => {
      let sum = 0;
      for (let i = 12; i < lesson.weights.length; i++) sum += lesson.weights[i]! * lesson.memberships[2 * i + label]!;
      return sum;
    });
    expect(taught[0]! / taught[1]!).toBeLessThan(4);
  });
});
