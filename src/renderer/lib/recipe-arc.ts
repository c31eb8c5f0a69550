// The curve of an arc, for the small drawing beside its form; the engine follows the same curve.
import type { Recipe } from '../../contract/index.ts';

type ArcOrder = Extract<Recipe['order'], { kind: 'arc' }>;
export type ArcShape = ArcOrder['shape'];

const WAVES = 2;

/** Heights 0..1 at n places. */
export function arcCurve(shape: ArcShape, points: readonly number[], n: number): number[] {
  return Array.from({ length: n }, (_, i) => {
    const x = n === 1 ? 0 : i / (n - 1);
    if (shape === 'rising') return x;
    if (shape === 'falling') return 1 - x;
    if (shape === 'wave') return 0.5 - 0.5 * Math.cos(2 * Math.PI * WAVES * x);
    const place = x * (points.length - 1);
    const left = Math.min(points.length - 2, Math.floor(place));
    return points[left]! + (place - left) * (points[left + 1]! - points[left]!);
  });
}
