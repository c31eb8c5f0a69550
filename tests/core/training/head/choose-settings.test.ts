import { describe, expect, it } from 'vitest';
import { chooseSettings, settingsSample } from '../../../../src/core/training/head/choose-settings.ts';
import { buildFeatureTable } from '../../../../src/core/training/head/feature-table.ts';
import { smallDataset } from './small-dataset.ts';
import { normals } from './small-head.ts';

function choose(options: Parameters<typeof smallDataset>[0]) {
  const dataset = smallDataset(options);
  const table = buildFeatureTable(dataset, 128, 1);
  const rows = { values: table.tracks, k: table.k };
  return chooseSettings(rows, dataset.classes, dataset.groups, dataset.genres.length, 1);
}

describe('chooseSettings', () => {
  it('shows every candidate once, with figures that can be true', () => {
    const candidates = choose({ tracksPerGenre: 12 });
    expect(new Set(candidates.map(({ settings }) => JSON.stringify(settings))).size).toBe(candidates.length);
    for (const { accuracy, logLoss, settings } of candidates) {
      expect(accuracy).toBeGreaterThan(0.25);
      expect(accuracy).toBeLessThanOrEqual(1);
      expect(logLoss).toBeLessThan(Math.log(4) + 0.1);
      expect(settings.nComponents).toBeLessThanOrEqual(20);
    }
  });

  it('keeps the first choice where few labels cannot tell, and the rest in order of log-loss', () => {
    const [chosen, ...others] = choose({ tracksPerGenre: 5, tracksPerArtist: 1 });
    expect(chosen!.settings).toMatchObject({ family: 'logistic', regularization: 3 });
    const losses = others.map(({ logLoss }) => logLoss);
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
  });

  it('leaves the first choice where many labels can', () => {
    // The genres differ across the direction in which all tracks vary together: what a strong penalty cannot see.
    const n = 400;
    const [common, own] = [normals(n, 1), normals(n, 2)];
    const classes = Int32Array.from({ length: n }, (_, i) => i % 2);
    const values = Float64Array.from({ length: 2 * n }, (_, i) => {
      const t = Math.floor(i / 2);
      return common[t]! + (i % 2) * (0.05 * own[t]! + 0.1 * classes[t]!);
    });
    const [chosen] = chooseSettings({ values, k: 2 }, classes, Int32Array.from(classes.keys()), 2, 1);
    expect(chosen!.settings).not.toMatchObject({ family: 'logistic', regularization: 3 });
  });
});

describe('settingsSample', () => {
  const countsOf = (classes: Int32Array, sample: number[]) =>
    [0, 1, 2].map((label) => sample.filter((track) => classes[track] === label).length);

  it('is every track of a small collection', () => {
    expect(settingsSample(Int32Array.of(0, 1, 1, 2, 0), 3, 1)).toEqual([0, 1, 2, 3, 4]);
  });

  it('keeps the shares of a large one, and a rare genre whole', () => {
    const classes = Int32Array.from({ length: 8000 }, (_, i) => (i < 15 ? 2 : i % 4 === 0 ? 1 : 0));
    const sample = settingsSample(classes, 3, 1);
    expect(new Set(sample).size).toBe(sample.length);
    const [common, second, rare] = countsOf(classes, sample);
    expect(rare).toBe(15);
    expect(common! / second!).toBeCloseTo(3, 1);
    expect(sample.length).toBeLessThan(2050);
  });
});
