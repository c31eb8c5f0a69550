// The repulsive half of the t-SNE gradient: the force on every point is the slope of the field of all points, and the normalizer Z
// the sum of its potential.
import { MAX_ALL_PAIRS, repelAllPairs } from './all-pairs.ts';
import { PointField } from './point-field.ts';

export class Repulsion {
  readonly #field = new PointField();
  #potential = new Float64Array(0);

  /**
   * @param y Float64Array [2 n], x and y of each point
   * @param force Float64Array [2 n], written: sum_j (y_i - y_j) / (1 + d_ij^2)^2
   * @returns Z = sum over ordered pairs of 1 / (1 + d_ij^2)
   */
  async apply(y: Float64Array, force: Float64Array): Promise<number> {
    const n = y.length / 2;
    if (n <= MAX_ALL_PAIRS) return repelAllPairs(y, force);
    if (this.#potential.length !== n) this.#potential = new Float64Array(n);
    await this.#field.charge(y);
    this.#field.feel(y, force, this.#potential);
    // A point is not its own neighbour: 1 / (1 + 0) goes.
    let z = -n;
    for (let i = 0; i < n; i++) z += this.#potential[i]!;
    return z;
  }

  close(): void {
    this.#field.close();
  }
}
