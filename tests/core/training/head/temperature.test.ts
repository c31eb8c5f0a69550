import { describe, expect, it } from 'vitest';
import { softmaxRows } from '../../../../src/core/training/head/head-scores.ts';
import {
  fitTemperature,
  meanOf,
  type ScoredTracks,
  selectTracks,
  trackLosses,
} from '../../../../src/core/training/head/temperature.ts';
import { createRandom } from '../../../../src/core/training/random.ts';
import { normals } from './small-head.ts';

/** Tracks of one window whose labels are drawn from softmax(logits / temperature). */
function drawn(n: number, nGenres: number, temperature: number): ScoredTracks {
  const logits = normals(n * nGenres, 1).map((value) => 3 * value);
  const probabilities = softmaxRows(logits.slice(), nGenres, temperature);
  const random = createRandom(2);
  const classes = Int32Array.from({ length: n }, (_, i) => {
    let left = random.next();
    let label = 0;
    while (label < nGenres - 1 && left > probabilities[i * nGenres + label]!) left -= probabilities[i * nGenres + label++]!;
    return label;
  });
  return { logits, windowStart: Int32Array.from({ length: n + 1 }, (_, i) => i), classes, nGenres };
}

describe('fitTemperature', () => {
  it.each([0.5, 1, 2.5])('finds the temperature %d that the labels were drawn with', (temperature) => {
    expect(fitTemperature(drawn(2400, 4, temperature), 'mean') / temperature).toBeCloseTo(1, 1);
  });

  it.each(['mean', 'geometricMean'] as const)('has the least log-loss of all temperatures nearby (%s)', (rule) => {
    const tracks = drawn(300, 4, 1.4);
    const best = fitTemperature(tracks, rule);
    const lossAt = (temperature: number) =>
      meanOf(trackLosses(softmaxRows(tracks.logits.slice(), 4, temperature), tracks.classes, 4));
    for (const factor of [0.9, 0.97, 1.03, 1.1]) expect(lossAt(best)).toBeLessThan(lossAt(best * factor) + 1e-3);
  });

  it('is not made certain by a few right guesses, and more so by many', () => {
    const confidenceOf = (n: number) => {
      const tracks = drawn(n, 3, 1);
      const logits = Float32Array.from(tracks.logits, (_, i) => (i % 3 === tracks.classes[Math.floor(i / 3)] ? 5 : 0));
      return softmaxRows(Float32Array.of(5, 0, 0), 3, fitTemperature({ ...tracks, logits }, 'mean'))[0]!;
    };
    expect(confidenceOf(10)).toBeLessThan(0.96);
    expect(confidenceOf(500)).toBeGreaterThan(0.99);
  });

  it('is 1 without tracks', () => {
    expect(fitTemperature(selectTracks(drawn(3, 3, 1), []), 'mean')).toBe(1);
  });
});
