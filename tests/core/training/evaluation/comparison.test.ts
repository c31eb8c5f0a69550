import { describe, expect, it } from 'vitest';
import type { HeadOptions, Incumbent } from '../../../../src/core/domain/training.ts';
import { trainHead } from '../../../../src/core/training/head/train-head.ts';
import { smallDataset } from '../head/small-dataset.ts';

const settings = { family: 'logistic', regularization: 1, nComponents: 20 } as const;
const dataset = smallDataset({ tracksPerGenre: 20 });
const nTracks = dataset.classes.length;

function compare(incumbent: Incumbent) {
  const options: HeadOptions = { seed: 1, join: 'mean', settings, incumbent };
  const { evaluation } = trainHead(dataset, options);
  return { evaluation, comparison: evaluation.comparison! };
}

describe('the model in use beside the new one', () => {
  it('takes verdicts that are given as they are', () => {
    const probabilities = new Float32Array(nTracks * 4);
    for (const [t, label] of dataset.classes.entries()) probabilities[4 * t + (t % 2 === 0 ? label : (label + 1) % 4)] = 1;
    const { evaluation, comparison } = compare({ kind: 'fixed', name: 'Given', probabilities });
    expect(comparison.otherName).toBe('Given');
    expect(comparison.otherAccuracy).toBe(0.5);
    const gap = (comparison.onlyThisRight - comparison.onlyOtherRight) / nTracks;
    expect(evaluation.accuracy - comparison.otherAccuracy).toBeCloseTo(gap, 12);
  });

  it('counts a track that the other has no verdict on as wrong', () => {
    const { comparison } = compare({ kind: 'fixed', name: 'Silent', probabilities: new Float32Array(nTracks * 4) });
    expect(comparison.otherAccuracy).toBe(0);
    expect(comparison.onlyOtherRight).toBe(0);
    expect(comparison.pValue).toBeLessThan(1e-6);
  });

  it('finds no difference to itself, trained again in every fold', () => {
    const { evaluation, comparison } = compare({ kind: 'retrained', name: 'Same', classes: dataset.classes, settings });
    expect(comparison.otherAccuracy).toBeCloseTo(evaluation.accuracy, 1);
    expect(comparison.onlyThisRight + comparison.onlyOtherRight).toBeLessThanOrEqual(1);
    expect(comparison.pValue).toBeGreaterThan(0.4);
  });

  it('does not let the other see a fold: labels of no more than chance stay at chance', () => {
    const shifted = dataset.classes.map((label) => (label + 1) % 4);
    const { comparison } = compare({ kind: 'retrained', name: 'Wrong', classes: shifted, settings });
    expect(comparison.otherAccuracy).toBeLessThan(0.25);
  });

  it('is worse from fewer labels', () => {
    const fewer = dataset.classes.map((label, t) => (t % 5 === 0 ? label : -1));
    const { evaluation, comparison } = compare({ kind: 'retrained', name: 'Earlier', classes: fewer, settings });
    expect(comparison.otherAccuracy).toBeLessThan(evaluation.accuracy);
  });

  it('stands without any label then', () => {
    const none = dataset.classes.map(() => -1);
    const { comparison } = compare({ kind: 'retrained', name: 'Blank', classes: none, settings });
    expect(comparison.otherAccuracy).toBeLessThanOrEqual(0.25);
  });
});
