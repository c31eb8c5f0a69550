import { describe, expect, it } from 'vitest';
import { evaluationSchema } from '../../../../src/contract/training-shapes.ts';
import type { HeadOptions } from '../../../../src/core/domain/training.ts';
import { accuracyOf, guessesOf } from '../../../../src/core/training/evaluation/metrics.ts';
import { decodeHead, encodeHead } from '../../../../src/core/training/head/head-file.ts';
import { trackProbabilities } from '../../../../src/core/training/head/head-scores.ts';
import { trainHead } from '../../../../src/core/training/head/train-head.ts';
import { smallDataset } from './small-dataset.ts';

const OPTIONS: HeadOptions = { seed: 3, join: 'auto', settings: null, incumbent: null };

describe('trainHead', () => {
  const dataset = smallDataset();
  const { head, evaluation, outOfFold } = trainHead(dataset, OPTIONS);

  it('learns: its own tracks are named better than those it had not seen, and both far above chance', () => {
    const guesses = guessesOf(trackProbabilities(head, dataset), 4);
    expect(evaluation.accuracy).toBeGreaterThan(0.5);
    expect(accuracyOf(dataset.classes, guesses)).toBeGreaterThan(evaluation.accuracy);
  });

  it('fills an evaluation that the contract accepts', () => {
    expect(() => evaluationSchema.strict().parse(structuredClone(evaluation))).not.toThrow();
    expect(evaluation.nTracks).toBe(64);
    expect(evaluation.nGroups).toBe(32);
    expect(evaluation.confusion.flat().reduce((a, b) => a + b, 0)).toBe(64);
    expect(evaluation.joins).toHaveLength(4);
    expect(evaluation.candidates[0]!.settings).toEqual(head.settings);
    expect(evaluation.accuracyLow).toBeLessThan(evaluation.accuracy);
  });

  it('reports on the probabilities out of fold', () => {
    expect(accuracyOf(dataset.classes, guessesOf(outOfFold, 4))).toBe(evaluation.accuracy);
    for (let t = 0; t < 64; t++) expect(outOfFold.subarray(4 * t, 4 * t + 4).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });

  it('gives the same bytes for the same seed', () => {
    const again = trainHead(smallDataset(), OPTIONS);
    expect(encodeHead(again.head)).toEqual(encodeHead(head));
    expect(again.evaluation).toEqual(evaluation);
    expect(again.outOfFold).toEqual(outOfFold);
  });

  it('makes a head that survives its file', () => {
    const read = decodeHead(encodeHead(head));
    expect(trackProbabilities(read, dataset)).toEqual(trackProbabilities(head, dataset));
  });

  it('says how far it is, never backwards, up to 1', () => {
    const seen: number[] = [];
    trainHead(dataset, { ...OPTIONS, settings: head.settings }, (fraction) => seen.push(fraction));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  it('keeps labelled windows when neighbours are asked for', () => {
    const asked = trainHead(dataset, { ...OPTIONS, settings: head.settings, join: 'nearestNeighbours' }).head;
    expect(asked.neighbours?.classes).toHaveLength(dataset.windowStart.at(-1)!);
    const probabilities = trackProbabilities(asked, dataset);
    expect(accuracyOf(dataset.classes, guessesOf(probabilities, 4))).toBeGreaterThan(0.6);
  });
});

describe('honesty', () => {
  it.each([
    { family: 'logistic', regularization: 1, nComponents: 20 },
    { family: 'kernel', regularization: 0.1, nComponents: 20 },
  ] as const)('labels that mean nothing are not learned: accuracy is that of chance ($family)', (settings) => {
    const dataset = smallDataset({ nGenres: 4, tracksPerGenre: 40, distance: 0 });
    const { evaluation } = trainHead(dataset, { ...OPTIONS, settings });
    expect(evaluation.accuracy).toBeLessThan(0.36);
  });

  it('artists are not mistaken for genres: with artists of one genre each and nothing else to hear, it stays at chance', () => {
    const dataset = smallDataset({ nGenres: 2, tracksPerGenre: 60, tracksPerArtist: 20, distance: 0 });
    const settings = { family: 'logistic', regularization: 0.1, nComponents: 20 } as const;
    const grouped = trainHead(dataset, { ...OPTIONS, settings }).evaluation.accuracy;
    const alone = { ...dataset, groups: Int32Array.from(dataset.groups.keys()) };
    const ungrouped = trainHead(alone, { ...OPTIONS, settings }).evaluation.accuracy;
    expect(grouped).toBeLessThan(ungrouped);
  });

  it('leaves a genre by one artist out of the figures, and says so with zero tested tracks', () => {
    const dataset = smallDataset();
    const groups = dataset.groups.map((group, t) => (dataset.classes[t] === 2 ? 999 : group));
    const { evaluation, outOfFold, head } = trainHead({ ...dataset, groups }, OPTIONS);
    expect(evaluation.perGenre.map(({ nTracks }) => nTracks)).toEqual([16, 16, 0, 16]);
    expect(evaluation.nTracks).toBe(48);
    expect(Number.isNaN(outOfFold[4 * 33])).toBe(true);
    expect(head.genres).toHaveLength(4);
    expect(() => evaluationSchema.parse(evaluation)).not.toThrow();
  });

  it('refuses with a sentence when every genre is by one artist', () => {
    const dataset = smallDataset();
    expect(() => trainHead({ ...dataset, groups: dataset.classes }, OPTIONS)).toThrow(
      expect.objectContaining({ code: 'training.tooFewLabels' }),
    );
  });

  it('tests on held-out tracks only, when told which', () => {
    const dataset = smallDataset();
    const heldOut = Int32Array.from({ length: 16 }, (_, i) => 4 * i + (i % 2));
    const { evaluation, outOfFold } = trainHead(dataset, { ...OPTIONS, heldOut });
    expect(evaluation.method).toBe('hold-out');
    expect(evaluation.nTracks).toBe(16);
    expect(evaluation.nFolds).toBe(1);
    for (let t = 0; t < 64; t++) expect(Number.isFinite(outOfFold[4 * t])).toBe(heldOut.includes(t));
  });
});

it('takes the first choice where the tracks to learn from are by one artist a genre', () => {
  const dataset = smallDataset();
  const heldOut = Int32Array.from([0, 1, 16, 17, 32, 33, 48, 49]);
  const groups = dataset.groups.map((group, t) => (heldOut.includes(t) ? group : 900 + dataset.classes[t]!));
  const { evaluation, head } = trainHead({ ...dataset, groups }, { ...OPTIONS, heldOut });
  expect(evaluation.candidates).toEqual([]);
  expect(head.settings).toMatchObject({ family: 'kernel', regularization: 0.1 });
  expect(evaluation.nTracks).toBe(8);
});

describe('a kernel head', () => {
  const dataset = smallDataset();
  const options = { ...OPTIONS, settings: { family: 'kernel', regularization: 0.1, nComponents: 20 } } as const;
  const { head, evaluation, outOfFold } = trainHead(dataset, options);

  it('learns, has thresholds and survives its file', () => {
    expect(evaluation.accuracy).toBeGreaterThan(0.5);
    expect(evaluation.calibrationError).toBeLessThan(0.25);
    expect(head.thresholds.every((threshold) => threshold > 0 && threshold < 1)).toBe(true);
    const read = decodeHead(encodeHead(head));
    expect(trackProbabilities(read, dataset)).toEqual(trackProbabilities(head, dataset));
  });

  it('is the same for the same seed', () => {
    const again = trainHead(smallDataset(), options);
    expect(encodeHead(again.head)).toEqual(encodeHead(head));
    expect(again.outOfFold).toEqual(outOfFold);
  });

  it('stands beside another kernel head, and beside a linear one', () => {
    for (const family of ['kernel', 'logistic'] as const) {
      const settings = { family, regularization: family === 'kernel' ? 0.1 : 1, nComponents: 20 };
      const incumbent = { kind: 'retrained', name: 'Other', classes: dataset.classes, settings } as const;
      const { comparison } = trainHead(dataset, { ...options, incumbent }).evaluation;
      expect(comparison!.otherAccuracy).toBeGreaterThan(0.5);
    }
  });

  it('comes from tracks with embeddings alone', () => {
    const bare = { ...dataset, trackFeatures: new Float32Array(0), nDescriptors: 0, nStemFeatures: 0 };
    const background = { embeddings: new Float32Array(0), trackFeatures: new Float32Array(0) };
    const { head: own, evaluation: figures } = trainHead({ ...bare, background }, options);
    expect(own.weights).toHaveLength(4 * 64);
    expect(figures.accuracy).toBeGreaterThan(0.4);
  });
});

describe('a head from few or odd labels', () => {
  it('comes from five tracks a genre', () => {
    const { evaluation, head } = trainHead(smallDataset({ tracksPerGenre: 5, tracksPerArtist: 1 }), OPTIONS);
    expect(evaluation.nTracks).toBe(20);
    expect(head.weights.every(Number.isFinite)).toBe(true);
  });

  it('comes from tracks with embeddings alone and without background', () => {
    const dataset = smallDataset();
    const bare = {
      ...dataset,
      trackFeatures: new Float32Array(0),
      nDescriptors: 0,
      nStemFeatures: 0,
      background: { embeddings: new Float32Array(0), trackFeatures: new Float32Array(0) },
    };
    const { head, evaluation } = trainHead(bare, OPTIONS);
    expect(head.weights).toHaveLength(4 * 12);
    expect(evaluation.accuracy).toBeGreaterThan(0.4);
  });
});
