// The repulsive half of the t-SNE gradient in time that grows with the number of points and grid cells, not with pairs.
// Every point feels the potential phi(y) = sum_j 1 / (1 + |y - y_j|^2): its sum is the normalizer Z and its gradient is
// the force, because grad 1/(1 + d^2) = -2 d / (1 + d^2)^2. The potential is computed as in smooth particle-mesh Ewald
// (Essmann et al. 1995): cubic B-splines carry charges to a grid and its field back, an FFT convolves in between. The idea to
// interpolate t-SNE on a grid is FIt-SNE's (Linderman et al. 2019), which needs four such fields where this needs one.
import { MAX_ALL_PAIRS, repelAllPairs } from './all-pairs.ts';
import { FieldFft, GRID_SIZES } from './field-fft.ts';

/** Widest cell: the kernel falls to one half within a distance of 1. Forces are then right to 0.3 % where points crowd, to 2 % where they are far apart. */
const MAX_CELL = 0.35;
/** Narrower cells would gain nothing and lose the field's slope in single precision. */
const MIN_CELL = 0.05;
/** Cells between the points and the grid's border. */
const MARGIN = 4;
/** A new grid is made a little larger than needed, to last while the map grows. */
const SLACK = 1.06;

export class Repulsion {
  #fft: FieldFft | null = null;
  #cell = 0;
  #widest = 0;

  /**
   * @param y Float64Array [2 n], x and y of each point
   * @param force Float64Array [2 n], written: sum_j (y_i - y_j) / (1 + d_ij^2)^2
   * @returns Z = sum over ordered pairs of 1 / (1 + d_ij^2)
   */
  async apply(y: Float64Array, force: Float64Array): Promise<number> {
    if (y.length <= 2 * MAX_ALL_PAIRS) return repelAllPairs(y, force);
    const { minX, minY, extent } = boundsOf(y);
    await this.#fit(extent);
    const fft = this.#fft!;
    // Points keep their place within a cell from MARGIN on.
    const originX = minX - MARGIN * this.#cell;
    const originY = minY - MARGIN * this.#cell;
    spread(y, fft.grid(), fft.size, originX, originY, this.#cell);
    fft.convolve();
    return gather(y, force, fft.grid(), fft.size, originX, originY, this.#cell);
  }

  close(): void {
    this.#fft?.close();
    this.#fft = null;
  }

  async #fit(extent: number): Promise<void> {
    const isTooSmall = extent > this.#widest;
    const isTooLarge = extent < this.#widest / 2 && this.#fft !== null && this.#fft.size > GRID_SIZES[0]!;
    if (this.#fft !== null && !isTooSmall && !isTooLarge) return;
    const wanted = Math.max(extent * SLACK, MIN_CELL * (GRID_SIZES[0]! - 2 * MARGIN));
    const size = GRID_SIZES.find((cells) => wanted / (cells - 2 * MARGIN) <= MAX_CELL) ?? GRID_SIZES.at(-1)!;
    this.#cell = wanted / (size - 2 * MARGIN);
    this.#widest = wanted;
    if (this.#fft?.size !== size) {
      this.#fft?.close();
      this.#fft = await FieldFft.open(size);
    }
    const cell2 = this.#cell ** 2;
    this.#fft.setKernel((dx, dy) => 1 / (1 + (dx * dx + dy * dy) * cell2), splineResponse(size));
  }
}

/** Squared transform of the cubic B-spline at the integers: spreading and gathering each weigh a frequency by it. */
function splineResponse(size: number): Float64Array {
  return Float64Array.from({ length: size + 1 }, (_, k) => ((4 + 2 * Math.cos((Math.PI * k) / size)) / 6) ** 2);
}

function boundsOf(y: Float64Array): { minX: number; minY: number; extent: number } {
  let minX = Infinity;
  let maxX = -Infinity;
  let minY = Infinity;
  let maxY = -Infinity;
  for (let i = 0; i < y.length; i += 2) {
    minX = Math.min(minX, y[i]!);
    maxX = Math.max(maxX, y[i]!);
    minY = Math.min(minY, y[i + 1]!);
    maxY = Math.max(maxY, y[i + 1]!);
  }
  return { minX, minY, extent: Math.max(maxX - minX, maxY - minY) };
}

/** Weights of a cubic B-spline at the four cells around a point, and their slopes; t is the place within the middle cell, 0..1. */
function splineWeights(t: number, weights: Float64Array, slopes: Float64Array): void {
  const u = 1 - t;
  weights[0] = (u * u * u) / 6;
  weights[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
  weights[3] = (t * t * t) / 6;
  weights[2] = 1 - weights[0]! - weights[1]! - weights[3]!;
  slopes[0] = -(u * u) / 2;
  slopes[1] = (9 * t * t - 12 * t) / 6;
  slopes[3] = (t * t) / 2;
  slopes[2] = -slopes[0]! - slopes[1]! - slopes[3]!;
}

/** Weights and slopes along x and y of the point at hand; single-threaded, so one set serves all. */
const alongX = new Float64Array(4);
const slopesX = new Float64Array(4);
const alongY = new Float64Array(4);
const slopesY = new Float64Array(4);

function spread(y: Float64Array, grid: Float32Array, size: number, originX: number, originY: number, cell: number): void {
  const padded = 2 * size;
  grid.fill(0);
  for (let i = 0; i < y.length; i += 2) {
    const px = (y[i]! - originX) / cell;
    const py = (y[i + 1]! - originY) / cell;
    const cx = Math.floor(px);
    const cy = Math.floor(py);
    splineWeights(px - cx, alongX, slopesX);
    splineWeights(py - cy, alongY, slopesY);
    for (let row = 0, at = (cy - 1) * padded + cx - 1; row < 4; row++, at += padded) {
      const charge = alongY[row]!;
      for (let column = 0; column < 4; column++) grid[at + column] = grid[at + column]! + alongX[column]! * charge;
    }
  }
}

function gather(
  y: Float64Array,
  force: Float64Array,
  field: Float32Array,
  size: number,
  originX: number,
  originY: number,
  cell: number,
): number {
  const padded = 2 * size;
  let z = 0;
  for (let i = 0; i < y.length; i += 2) {
    const px = (y[i]! - originX) / cell;
    const py = (y[i + 1]! - originY) / cell;
    const cx = Math.floor(px);
    const cy = Math.floor(py);
    splineWeights(px - cx, alongX, slopesX);
    splineWeights(py - cy, alongY, slopesY);
    let [phi, slopeX, slopeY] = [0, 0, 0];
    for (let row = 0, at = (cy - 1) * padded + cx - 1; row < 4; row++, at += padded) {
      let value = 0;
      let slope = 0;
      for (let column = 0; column < 4; column++) {
        value += alongX[column]! * field[at + column]!;
        slope += slopesX[column]! * field[at + column]!;
      }
      phi += alongY[row]! * value;
      slopeX += alongY[row]! * slope;
      slopeY += slopesY[row]! * value;
    }
    // A point is not its own neighbour: 1 / (1 + 0) goes.
    z += phi - 1;
    force[i] = (-0.5 * slopeX) / cell;
    force[i + 1] = (-0.5 * slopeY) / cell;
  }
  return z;
}
