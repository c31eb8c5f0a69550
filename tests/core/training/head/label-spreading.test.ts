import { describe, expect, it } from 'vitest';
import { squaredDistances } from '../../../../src/core/training/head/kernel-map.ts';
import { neighbourhoodOf, spread, spreadLabels } from '../../../../src/core/training/head/label-spreading.ts';
import reference from '../../../reference/kernel.json' with { type: 'json' };
import { maxDifference } from '../../../reference/signals.ts';
import { besideOthers, evenPrior, plainTracks } from './plain-tracks.ts';

const { nClasses, spreading } = reference;

describe('spread', () => {
  it("is scikit-learn's label spreading", () => {
    const links = {
      from: Int32Array.from(spreading.from),
      to: Int32Array.from(spreading.to),
      affinities: Float64Array.from(spreading.affinities),
    };
    const own = new Float64Array(spreading.n * nClasses);
    for (const [i, label] of spreading.classes.entries()) own[i * nClasses + label] = 1;
    const reached = spread(links, own, nClasses).subarray(spreading.classes.length * nClasses);
    const shares = reached.map((value, at) => {
      const start = at - (at % nClasses);
      return value / reached.subarray(start, start + nClasses).reduce((a, b) => a + b);
    });
    expect(maxDifference(shares, spreading.shares)).toBeLessThan(1e-3);
  });
});

describe('neighbourhoodOf', () => {
  it('links every track to its ten nearest, each link once', () => {
    const { rows } = plainTracks(60, 3, 1);
    const distances = squaredDistances(evenPrior(3), rows, rows);
    const { links } = neighbourhoodOf(distances);
    const named = [...links.from].map((a, e) => [a, links.to[e]!].sort((x, y) => x - y).join(' '));
    expect(new Set(named).size).toBe(named.length);
    const nearest = [...distances.values.subarray(0, 60).keys()].sort((a, b) => distances.values[a]! - distances.values[b]!);
    expect(named).toContain(`0 ${nearest[1]}`);
    const degrees = new Int32Array(60);
    for (const ends of [links.from, links.to]) for (const i of ends) degrees[i] = degrees[i]! + 1;
    expect(Math.min(...degrees)).toBeGreaterThanOrEqual(10);
    expect(links.affinities.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

describe('spreadLabels', () => {
  it('reaches most of the tracks that sound alike from one label of each class', () => {
    const labelled = plainTracks(2, 2, 2);
    const unlabelled = plainTracks(300, 2, 3);
    const { rows, others } = besideOthers(labelled.rows, unlabelled.rows);
    const reached = spreadLabels(others.around!, rows.toOthers!, labelled.classes, 2);
    const right = unlabelled.classes.filter((label, i) => reached[2 * i + label]! > reached[2 * i + 1 - label]!);
    expect(right.length).toBeGreaterThan(225);
  });

  it('has an answer where all tracks are copies', () => {
    const copies = { values: new Float64Array(120).fill(1), k: 1 };
    const { rows, others } = besideOthers({ values: Float64Array.of(1, 2), k: 1 }, copies);
    const reached = spreadLabels(others.around!, rows.toOthers!, Int32Array.of(0, 1), 2);
    expect(reached).toHaveLength(240);
    expect(reached.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  });
});
