import { describe, expect, it } from 'vitest';
import { type HeadDataset, nTrackFeatures } from '../../../../src/core/domain/training.ts';
import { fitLaw } from '../../../../src/core/training/evaluation/gains.ts';
import { trainHead } from '../../../../src/core/training/head/train-head.ts';
import { smallDataset } from '../head/small-dataset.ts';

const SETTINGS = { family: 'discriminant', regularization: 0.5, nComponents: 20 } as const;

/** The tracks named, with one window each. */
function part(dataset: HeadDataset, tracks: number[]): HeadDataset {
  const pick = (values: Int32Array) => Int32Array.from(tracks, (t) => values[t]!);
  const rows = (values: Float32Array, d: number, at: (t: number) => number) =>
    Float32Array.from(tracks.flatMap((t) => Array.from(values.subarray(at(t) * d, (at(t) + 1) * d))));
  return {
    ...dataset,
    trackIds: pick(dataset.trackIds),
    classes: pick(dataset.classes),
    groups: pick(dataset.groups),
    windowStart: Int32Array.from({ length: tracks.length + 1 }, (_, i) => i),
    embeddings: rows(dataset.embeddings, dataset.embeddingSize, (t) => dataset.windowStart[t]!),
    trackFeatures: rows(dataset.trackFeatures, nTrackFeatures(dataset), (t) => t),
  };
}

describe('labelGains', () => {
  it('promises most where labels are fewest', () => {
    const full = smallDataset({ nGenres: 3, tracksPerGenre: 60, tracksPerArtist: 1, distance: 2.2 });
    const scarce = part(
      full,
      [...full.classes.keys()].filter((t) => full.classes[t] !== 1 || t % 5 === 0),
    );
    const { gains, macroF1 } = trainHead(scarce, { seed: 1, join: 'mean', settings: SETTINGS, incumbent: null }).evaluation;
    expect(gains[0]!.genre).toBe('Genre 1');
    for (const { points } of gains) expect(points).toBeGreaterThan(0);
    expect(macroF1 + gains.reduce((sum, { points }) => sum + points, 0) / 100).toBeLessThanOrEqual(1);
  });

  it('speaks of no more than three times the labels there are', () => {
    const dataset = smallDataset({ tracksPerGenre: 8, tracksPerArtist: 1 });
    const { gains } = trainHead(dataset, { seed: 1, join: 'mean', settings: SETTINGS, incumbent: null }).evaluation;
    for (const { moreLabels } of gains) expect(moreLabels).toBeLessThanOrEqual(24);
  });
});

describe('fitLaw', () => {
  const law = (limit: number, slope: number) => [10, 20, 40].map((n) => ({ n, f1: limit - slope * n ** -0.5 }));

  it('finds the law that made the points', () => {
    const { limit, slope, error } = fitLaw(law(0.9, 0.8), 0.5);
    expect(limit).toBeCloseTo(0.9, 9);
    expect(slope).toBeCloseTo(0.8, 9);
    expect(error).toBeCloseTo(0, 12);
  });

  it('never falls with more labels and never passes 1', () => {
    expect(fitLaw(law(0.5, -0.4), 0.5).slope).toBe(0);
    expect(fitLaw(law(1.4, 3), 0.5).limit).toBe(1);
  });
});
