// The repulsive half of the t-SNE gradient as the plain sum over all pairs, for few points: these may fly so far apart that no grid
// holds them.

/** Up to here the sum is about as quick as the smallest grid. */
export const MAX_ALL_PAIRS = 300;

/** Same as Repulsion.apply. @returns Z = sum over ordered pairs of 1 / (1 + d_ij^2) */
export function repelAllPairs(y: Float64Array, force: Float64Array): number {
  force.fill(0);
  let z = 0;
  for (let i = 0; i < y.length; i += 2) {
    for (let j = 0; j < i; j += 2) {
      const dx = y[i]! - y[j]!;
      const dy = y[i + 1]! - y[j + 1]!;
      const q = 1 / (1 + dx * dx + dy * dy);
      z += 2 * q;
      force[i] = force[i]! + q * q * dx;
      force[i + 1] = force[i + 1]! + q * q * dy;
      force[j] = force[j]! - q * q * dx;
      force[j + 1] = force[j + 1]! - q * q * dy;
    }
  }
  return z;
}
