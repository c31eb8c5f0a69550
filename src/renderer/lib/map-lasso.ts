// Which points a drawn loop encloses.
import type { Point } from './map-scene.ts';

/** Even-odd rule: the loop is closed from its last point to its first. @param positions Float32Array [2 n] */
export function enclosed(positions: Float32Array, loop: readonly Point[], accepts: (index: number) => boolean): number[] {
  const inside: number[] = [];
  if (loop.length < 3) return inside;
  const xs = loop.map(({ x }) => x);
  const ys = loop.map(({ y }) => y);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  for (let index = 0; index < positions.length / 2; index++) {
    const [x, y] = [positions[2 * index]!, positions[2 * index + 1]!];
    if (x < left || x > right || y < bottom || y > top) continue;
    if (accepts(index) && isInside(xs, ys, x, y)) inside.push(index);
  }
  return inside;
}

function isInside(xs: readonly number[], ys: readonly number[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
    if (ys[i]! > y === ys[j]! > y) continue;
    const crossing = xs[i]! + ((y - ys[i]!) / (ys[j]! - ys[i]!)) * (xs[j]! - xs[i]!);
    if (x < crossing) inside = !inside;
  }
  return inside;
}
