import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyContext, contextPriors, type Neighbour } from '../../../src/core/models/context.ts';

const track = (trackId: number, change: Partial<Neighbour>): Neighbour => ({
  trackId,
  path: `/music/${trackId}/song.mp3`,
  artist: null,
  album: null,
  label: -1,
  ...change,
});
const rowsOf = (priors: Float32Array, n: number) =>
  Array.from({ length: priors.length / n }, (_, i) => [...priors.subarray(i * n, (i + 1) * n)]);

describe('context', () => {
  it('leans a track towards the labels of its artist, whatever the case, and leaves strangers even', () => {
    const priors = rowsOf(
      contextPriors(
        [
          track(1, { artist: 'Nina', label: 2 }),
          track(2, { artist: 'nina', label: 2 }),
          track(3, { artist: 'NINA' }),
          track(4, { artist: 'Other' }),
        ],
        3,
      ),
      3,
    );
    expect(priors[2]![2]).toBeGreaterThan(0.75);
    expect(priors[3]).toEqual([1 / 3, 1 / 3, 1 / 3].map(Math.fround));
  });

  it("does not count a track's own label", () => {
    const [alone] = rowsOf(contextPriors([track(1, { artist: 'Nina', label: 0 })], 2), 2);
    expect(alone).toEqual([0.5, 0.5]);
  });

  it('changes nothing with weight 0, and keeps rows summing to 1 with any', () => {
    const random = fc.array(fc.float({ min: Math.fround(0.001), max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(random, random, fc.double({ min: 0, max: 1, noNaN: true }), (values, priors, weight) => {
        const probabilities = Float32Array.from(values);
        applyContext(probabilities, Float32Array.from(priors), 3, weight);
        if (weight === 0) expect([...probabilities]).toEqual(values);
        else for (const row of rowsOf(probabilities, 3)) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      }),
    );
  });
});
