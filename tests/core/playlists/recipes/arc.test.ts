// Arcs rise, fall and wave, and keep to their length.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArcOrder, arcHeights, chooseAlongArc, heightsOf } from '../../../../src/core/playlists/recipes/arc.ts';
import { createRandom } from '../../../../src/core/training/random.ts';
import { candidate, randomCandidates } from '../../../support/candidates.ts';

const arc = (shape: ArcOrder['shape'], field: ArcOrder['field'] = 'energy', points: number[] = []): ArcOrder => ({
  kind: 'arc',
  shape,
  field,
  points,
});

test('heights begin and end where the shape says', () => {
  expect(arcHeights(arc('rising'), 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(arcHeights(arc('falling'), 3)).toEqual([1, 0.5, 0]);
  const wave = arcHeights(arc('wave'), 9);
  expect([wave[0], wave[2], wave[4], wave[6], wave[8]].map((h) => Math.round(h!))).toEqual([0, 1, 0, 1, 0]);
  expect(arcHeights(arc('points', 'energy', [0, 1, 0.5]), 5)).toEqual([0, 0.5, 1, 0.75, 0.5]);
});

test('a rising arc never falls, a falling one never rises, whatever the tracks and the length', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom('rising' as const, 'falling' as const),
      fc.constantFrom('energy' as const, 'tempo' as const, 'both' as const),
      fc.option(fc.integer({ min: 1, max: 70 })),
      (seed, n, shape, field, count) => {
        const pool = randomCandidates(n, createRandom(seed));
        const heights = heightsOf(pool, field);
        const { order } = chooseAlongArc(pool, heights, arc(shape, field), count === null ? null : { by: 'tracks', n: count });
        expect(new Set(order).size).toBe(order.length);
        expect(order).toHaveLength(Math.min(n, count ?? n));
        const heard = order.map((i) => heights[i]!);
        expect(heard).toEqual(heard.toSorted((a, b) => (shape === 'rising' ? a - b : b - a)));
      },
    ),
  );
});

test('a large library follows a wave closely, for an hour to the second', () => {
  const pool = randomCandidates(2000);
  const heights = heightsOf(pool, 'energy');
  const { order, wanted } = chooseAlongArc(pool, heights, arc('wave'), { by: 'minutes', minutes: 60, toleranceSec: 5 });
  const total = order.reduce((sum, i) => sum + pool[i]!.durationSec!, 0);
  expect(Math.abs(total - 3600)).toBeLessThanOrEqual(5);
  expect(order.length).toBeGreaterThan(10);
  for (const [at, i] of order.entries()) expect(Math.abs(heights[i]! - wanted[at]!)).toBeLessThan(0.2);
});

test('tracks without a tempo are no part of an arc of tempo', () => {
  const pool = [candidate(1, { tempoBpm: 100 }), candidate(2, { tempoBpm: null }), candidate(3, { tempoBpm: 90 })];
  expect(chooseAlongArc(pool, heightsOf(pool, 'tempo'), arc('rising', 'tempo'), null).order).toEqual([2, 0]);
});
