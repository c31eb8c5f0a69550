// Directions in embedding space: what cosine distance compares.
import type { Source } from '../domain/stem.ts';

/** Unit vector of a track's source; null where it is silent or not heard. */
export type UnitOf = (trackId: number, source: Source) => Float32Array | null;

/** A vector of length 1 in the same direction; null for a vector without direction. */
export function unit(vector: Float32Array): Float32Array | null {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : null;
}

/** Direction of the mean of unit vectors; null without one. */
export function meanDirection(units: readonly Float32Array[]): Float32Array | null {
  const [first] = units;
  if (!first) return null;
  const sum = new Float32Array(first.length);
  for (const vector of units) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!;
  return unit(sum);
}

/** 1 - cosine of two unit vectors, 0..2. */
export function cosineDistance(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  for (let i = 0; i < a.length; i++) dot += a[i]! * b[i]!;
  return Math.min(2, Math.max(0, 1 - dot));
}
