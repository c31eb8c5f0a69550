import { describe, expect, it } from 'vitest';
import type { Head } from '../../../../src/core/domain/training.ts';
import { buildFeatureTable } from '../../../../src/core/training/head/feature-table.ts';
import { fitKernel } from '../../../../src/core/training/head/fit-kernel.ts';
import { linearScores } from '../../../../src/core/training/head/fit-linear.ts';
import { createHeadScorer } from '../../../../src/core/training/head/head-scores.ts';
import { kernelScores } from '../../../../src/core/training/head/kernel-regression.ts';
import { maxDifference } from '../../../reference/signals.ts';
import { smallDataset } from './small-dataset.ts';
import { normals } from './small-head.ts';

const dataset = smallDataset();
const { genres, embeddingSize, nDescriptors, nStemFeatures, stemEncoder } = dataset;
const shape = { embeddingSize, nDescriptors, nStemFeatures, stemEncoder };

describe('buildFeatureTable', () => {
  const table = buildFeatureTable(dataset, 15, 1);

  it('gives a head that says of raw features what a fit says of components', () => {
    const fit = { weights: Float64Array.from(normals(4 * 10, 1)), bias: Float64Array.from(normals(4, 2)) };
    const windows = new Float64Array(dataset.windowStart.at(-1)! * 10);
    for (let i = 0; i < windows.length; i++) windows[i] = table.windows[Math.floor(i / 10) * table.k + (i % 10)]!;
    const head: Head = {
      ...{ genres, ...shape, temperature: 1, join: 'mean', neighbours: null, thresholds: new Float32Array(4) },
      settings: { family: 'logistic', regularization: 1, nComponents: 10 },
      ...table.toHead(fit),
    };
    const direct = linearScores(fit, { values: windows, k: 10 });
    expect(maxDifference(createHeadScorer(head).windowLogits(dataset), direct)).toBeLessThan(1e-4);
  });

  it('gives a kernel head that says of raw features what its fit says of scaled ones', () => {
    const { windows, tracks, others } = table.scaled();
    const fit = fitKernel(tracks, others, dataset.classes, 4, 0.1);
    const head: Head = {
      ...{ genres, ...shape, temperature: 1, join: 'mean', neighbours: null, thresholds: new Float32Array(4) },
      settings: { family: 'kernel', regularization: 0.1, nComponents: 10 },
      ...table.toHead(fit),
    };
    expect(maxDifference(createHeadScorer(head).windowLogits(dataset), kernelScores(fit, windows))).toBeLessThan(1e-4);
  });

  it('lets all kinds of features weigh the same, whatever their number and units', () => {
    const louder = { ...dataset, trackFeatures: dataset.trackFeatures.map((value) => 1000 * value - 7) };
    const background = {
      ...dataset.background,
      trackFeatures: dataset.background.trackFeatures.map((value) => 1000 * value - 7),
    };
    const again = buildFeatureTable({ ...louder, background }, 15, 1);
    const size = (values: Float64Array) => values.map(Math.abs);
    expect(maxDifference(size(again.tracks), size(table.tracks))).toBeLessThan(1e-3);
  });

  it("has the mean of each track's windows", () => {
    const [from, to] = [dataset.windowStart[2]!, dataset.windowStart[3]!];
    expect(to - from).toBe(3);
    let sum = 0;
    for (let window = from; window < to; window++) sum += table.windows[window * table.k + 4]!;
    expect(table.tracks[2 * table.k + 4]).toBeCloseTo(sum / 3, 9);
  });
});
