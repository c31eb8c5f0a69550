import { describe, expect, it } from 'vitest';
import { chooseSettings, firstChoice, settingsSample } from '../../../../src/core/training/head/choose-settings.ts';
import { buildFeatureTable } from '../../../../src/core/training/head/feature-table.ts';
import { smallDataset } from './small-dataset.ts';
import { normals } from './small-head.ts';

function choose(options: Parameters<typeof smallDataset>[0]) {
  const dataset = smallDataset(options);
  const table = buildFeatureTable(dataset, 128, 1);
  const { classes, groups, genres } = dataset;
  const components = { values: table.tracks, k: table.k };
  return chooseSettings({ components, scaled: table.scaled, classes, groups, nGenres: genres.length }, 1);
}

describe('chooseSettings', () => {
  it('shows every candidate once, with figures that can be true', () => {
    const candidates = choose({ tracksPerGenre: 12 });
    expect(new Set(candidates.map(({ settings }) => JSON.stringify(settings))).size).toBe(candidates.length);
    for (const { accuracy, logLoss, settings } of candidates) {
      expect(accuracy).toBeGreaterThan(0.25);
      expect(accuracy).toBeLessThanOrEqual(1);
      expect(logLoss).toBeLessThan(Math.log(4) + 0.1);
      expect(settings.nComponents).toBeLessThanOrEqual(28);
    }
  });

  it('keeps the first choice where few labels cannot tell, and the rest in order of log-loss', () => {
    const [chosen, ...others] = choose({ tracksPerGenre: 5, tracksPerArtist: 1, distance: 0 });
    expect(chosen!.settings).toMatchObject({ family: 'kernel', regularization: 0.1 });
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
    const components = { values, k: 2 };
    const noise = { values: Float64Array.from(normals(2 * n, 3)), k: 2 };
    const scaled = () => ({
      tracks: noise,
      others: { values: new Float64Array(0), k: 2, prior: Float32Array.of(0.5, 0.5), around: null },
    });
    const groups = Int32Array.from(classes.keys());
    const [chosen] = chooseSettings({ components, scaled, classes, groups, nGenres: 2 }, 1);
    expect(chosen!.settings).not.toMatchObject({ family: 'kernel' });
  });

  it('does not think of a kernel for thousands of tracks', () => {
    const n = 2400;
    const classes = Int32Array.from({ length: n }, (_, i) => i % 2);
    const components = {
      values: Float64Array.from(normals(2 * n, 4), (value, at) => value + classes[Math.floor(at / 2)]!),
      k: 2,
    };
    const scaled = () => {
      throw new Error('asked for the scaled features');
    };
    const groups = Int32Array.from(classes.keys());
    const candidates = chooseSettings({ components, scaled, classes, groups, nGenres: 2 }, 1);
    expect(candidates.map(({ settings }) => settings.family)).not.toContain('kernel');
    expect(firstChoice(n)).toMatchObject({ family: 'logistic' });
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
