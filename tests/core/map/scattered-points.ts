// Points for tests of the map: groups of normal spread around centres of normal spread, from a seed.
import { createRandom, normal } from '../../../src/core/training/random.ts';

/** Point i belongs to group i % nGroups. @returns Float32Array [n x dim] */
export function groups(n: number, dim: number, nGroups: number, { apart = 4, seed = 1 } = {}): Float32Array {
  const random = createRandom(seed);
  const centres = Float32Array.from({ length: nGroups * dim }, () => apart * normal(random));
  return Float32Array.from({ length: n * dim }, (_, at) => {
    const group = Math.floor(at / dim) % nGroups;
    return centres[group * dim + (at % dim)]! + normal(random);
  });
}

export function squaredDistance(a: Float32Array, i: number, b: Float32Array, j: number, dim: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += (a[i * dim + d]! - b[j * dim + d]!) ** 2;
  return sum;
}
