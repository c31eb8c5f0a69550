// A map with its newcomers is one list by track.
import { expect, test } from 'vitest';
import { joinPoints } from '../../../src/core/services/map-points.ts';

const own = { trackIds: Int32Array.of(1, 4), positions: Float32Array.of(1, 10, 4, 40), clusters: Int16Array.of(0, 1) };

test('sorted by track; who is in both stands where it was placed later', () => {
  const later = { trackIds: Int32Array.of(2, 4), positions: Float32Array.of(2, 20, 5, 50), clusters: Int16Array.of(-1, 0) };
  expect(joinPoints(own, later)).toEqual({
    trackIds: Int32Array.of(1, 2, 4),
    positions: Float32Array.of(1, 10, 2, 20, 5, 50),
    clusters: Int16Array.of(0, -1, 0),
  });
});

test('without newcomers the map itself', () => {
  const none = { trackIds: new Int32Array(0), positions: new Float32Array(0), clusters: new Int16Array(0) };
  expect(joinPoints(own, none)).toEqual(own);
});
