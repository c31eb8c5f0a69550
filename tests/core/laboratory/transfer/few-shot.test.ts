import { expect, it } from 'vitest';
import type { LabRequest } from '../../../../src/core/domain/laboratory.ts';
import { drawLabels } from '../../../../src/core/laboratory/transfer/few-shot.ts';

const N = 120;
const classes = Int32Array.from({ length: N }, (_, i) => i % 4);
/** Three tracks an artist. */
const groups = Int32Array.from({ length: N }, (_, i) => (i % 4) + 4 * Math.floor(i / 12));
const genres = ['a', 'b', 'c', 'd'];
const draw = (k: number, n: number, seed = 1) => drawLabels({ classes, groups, genres, request: { seed } as LabRequest }, k, n);

it('draws so many tracks of each genre, each by somebody else, and tests nobody who was drawn', () => {
  for (const k of [1, 3, 5]) {
    const { learned, tested } = draw(k, 0);
    const drawn = Map.groupBy(learned, (track) => classes[track]!);
    expect([...drawn.values()].map(({ length }) => length)).toEqual([k, k, k, k]);
    const artists = new Set(Array.from(learned, (track) => groups[track]!));
    expect(artists.size).toBe(4 * k);
    expect([...tested].some((track) => artists.has(groups[track]!))).toBe(false);
    expect(tested).toHaveLength(N - 3 * 4 * k);
  }
});

it('draws others each time, and the same for the same seed', () => {
  expect(draw(3, 0)).toEqual(draw(3, 0));
  const draws = [draw(3, 0), draw(3, 1), draw(3, 0, 2)].map(({ learned }) => learned.join());
  expect(new Set(draws).size).toBe(3);
});
