// A map that was only moved, turned, mirrored or stretched comes back as it was.
import { expect, test } from 'vitest';
import { alignTo } from '../../../src/core/map/align.ts';
import { groups } from './scattered-points.ts';

const N = 40;
const IDS = Array.from({ length: N }, (_, i) => 100 + i);
const map = groups(N, 2, 3);
const former = new Map(IDS.map((id, i) => [id, [map[2 * i]!, map[2 * i + 1]!] as const]));

function moved(angle: number, scale: number, isMirrored: boolean): Float32Array {
  return map.map((_, at) => {
    const [x, y] = [map[at - (at % 2)]! * (isMirrored ? -1 : 1), map[at - (at % 2) + 1]!];
    return scale * (at % 2 === 0 ? Math.cos(angle) * x - Math.sin(angle) * y : Math.sin(angle) * x + Math.cos(angle) * y) + 17;
  });
}

test.each([
  [0.3, 1, false],
  [2.5, 3, false],
  [-1.2, 0.2, true],
  [3.1, 1, true],
])('turned by %d, stretched by %d, mirrored: %s', (angle, scale, isMirrored) => {
  const aligned = alignTo(former, IDS, moved(angle, scale, isMirrored));
  for (const [at, value] of aligned.entries()) expect(value).toBeCloseTo(map[at]!, 3);
});

test('new tracks move with the ones that both maps have', () => {
  const known = new Map([...former].filter(([id]) => id % 2 === 0));
  const gone = known.set(5, [900, 900]);
  const aligned = alignTo(gone, IDS, moved(1, 2, true));
  for (const [at, value] of aligned.entries()) expect(value).toBeCloseTo(map[at]!, 3);
});

test('no turn fits better than the one that is chosen', () => {
  const noisy = moved(0.8, 1, false).map((value, at) => value + 2 * Math.sin(7 * at));
  const error = (positions: Float32Array): number => positions.reduce((sum, value, at) => sum + (value - map[at]!) ** 2, 0);
  const mean = [0, 1].map((axis) => map.filter((_, at) => at % 2 === axis).reduce((a, b) => a + b) / N);
  const aligned = alignTo(former, IDS, noisy);
  for (const angle of [-0.05, 0.05]) {
    const turned = aligned.map((_, at) => {
      const [x, y] = [aligned[at - (at % 2)]! - mean[0]!, aligned[at - (at % 2) + 1]! - mean[1]!];
      return (
        mean[at % 2]! + (at % 2 === 0 ? Math.cos(angle) * x - Math.sin(angle) * y : Math.sin(angle) * x + Math.cos(angle) * y)
      );
    });
    expect(error(turned)).toBeGreaterThan(error(aligned));
  }
});

test('a map that shares fewer than two places stays as it is', () => {
  expect(alignTo(new Map([[100, [5, 5]]]), IDS, map)).toEqual(map);
  expect(alignTo(new Map(), [], new Float32Array(0))).toEqual(new Float32Array(0));
});
