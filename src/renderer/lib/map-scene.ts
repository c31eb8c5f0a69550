// A map as the window draws it: points in a box from -1 to 1, whatever scale the map was computed in, and the way from one to the next.
import { placesIn } from './map-columns.ts';

export interface Point {
  x: number;
  y: number;
}

/** What was taken from a map's coordinates to bring it into the box. */
export interface Framing {
  x: number;
  y: number;
  /** Half the longer side. */
  half: number;
  /** Half width and half height in the box: one of them is 1. */
  extent: Point;
}

export interface Scene {
  /** Int32Array [n], ascending. */
  trackIds: Int32Array;
  /** Float32Array [2 n], in the box. */
  positions: Float32Array;
  /** Int16Array [n], -1 = in no cluster. */
  clusters: Int16Array;
  extent: Point;
}

/** Points on their way from one scene to the next. */
export interface Passage {
  /** Float32Array [2 n] */
  from: Float32Array;
  /** Uint8Array [n], 1 = was not there before. */
  isNew: Uint8Array;
}

export const EMPTY_SCENE: Scene = {
  trackIds: new Int32Array(0),
  positions: new Float32Array(0),
  clusters: new Int16Array(0),
  extent: { x: 1, y: 1 },
};

/** A margin keeps a flat map from filling the window with one line. */
const LEAST_EXTENT = 0.2;

export function framingOf(positions: Float32Array): Framing {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    left = Math.min(left, positions[i]!);
    right = Math.max(right, positions[i]!);
    bottom = Math.min(bottom, positions[i + 1]!);
    top = Math.max(top, positions[i + 1]!);
  }
  if (left > right) return { x: 0, y: 0, half: 1, extent: { x: 1, y: 1 } };
  const half = Math.max(right - left, top - bottom) / 2 || 1;
  const share = (side: number): number => Math.max(LEAST_EXTENT, side / 2 / half);
  return { x: (left + right) / 2, y: (bottom + top) / 2, half, extent: { x: share(right - left), y: share(top - bottom) } };
}

/** Float32Array [2 n] of the same points in the box. */
export function framed(positions: Float32Array, { x, y, half }: Framing): Float32Array {
  const inBox = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 2) {
    inBox[i] = (positions[i]! - x) / half;
    inBox[i + 1] = (positions[i + 1]! - y) / half;
  }
  return inBox;
}

/** Tracks in both scenes start where they stand (`positions` of `before`); the others where they belong. */
export function passageTo(before: Pick<Scene, 'trackIds' | 'positions'>, scene: Scene): Passage {
  const n = scene.trackIds.length;
  const from = scene.positions.slice();
  const isNew = new Uint8Array(n);
  const places = placesIn(before.trackIds, scene.trackIds);
  for (let i = 0; i < n; i++) {
    const place = places[i]!;
    if (place < 0) isNew[i] = 1;
    else from.set(before.positions.subarray(2 * place, 2 * place + 2), 2 * i);
  }
  return { from, isNew };
}

/** Float32Array [2 n]: where the points stand at `t`, 0..1. */
export function midway({ from }: Passage, to: Float32Array, t: number): Float32Array {
  if (t >= 1) return to;
  return from.map((start, i) => start + (to[i]! - start) * t);
}
