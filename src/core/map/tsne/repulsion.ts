// The repulsive half of the t-SNE gradient in time that grows with the number of points and grid cells, not with pairs.
// Every point feels the potential phi(y) = sum_j 1 / (1 + |y - y_j|^2): its sum is the normalizer Z and its gradient is
// the force, because grad 1/(1 + d^2) = -2 d / (1 + d^2)^2. The potential is computed as in smooth particle-mesh Ewald
// (Essmann et al. 1995): cubic B-splines carry charges to a grid and its field back, an FFT convolves in between. The idea to
// interpolate t-SNE on a grid is FIt-SNE's (Linderman et al. 2019), which needs four such fields where this needs one.
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

function spread(y: Float64Array, grid: Float32Array, size: number, originX: number, originY: number, cell: number): void {
  const padded = 2 * size;
  grid.fill(0);
  for (let i = 0; i < y.length; i += 2) {
    const px = (y[i]! - originX) / cell;
    const py = (y[i + 1]! - originY) / cell;
    const cx = Math.floor(px);
    const cy = Math.floor(py);
    const t = px - cx;
    const u = py - cy;
    const a0 = (1 - t) ** 3 / 6;
    const a1 = (3 * t * t * t - 6 * t * t + 4) / 6;
    const a3 = (t * t * t) / 6;
    const a2 = 1 - a0 - a1 - a3;
    const b0 = (1 - u) ** 3 / 6;
    const b1 = (3 * u * u * u - 6 * u * u + 4) / 6;
    const b3 = (u * u * u) / 6;
    const b2 = 1 - b0 - b1 - b3;
    let at = (cy - 1) * padded + cx - 1;
    for (let row = 0; row < 4; row++, at += padded) {
      const b = row === 0 ? b0 : row === 1 ? b1 : row === 2 ? b2 : b3;
      grid[at] = grid[at]! + a0 * b;
      grid[at + 1] = grid[at + 1]! + a1 * b;
      grid[at + 2] = grid[at + 2]! + a2 * b;
      grid[at + 3] = grid[at + 3]! + a3 * b;
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
    const t = px - cx;
    const u = py - cy;
    const a0 = (1 - t) ** 3 / 6;
    const a1 = (3 * t * t * t - 6 * t * t + 4) / 6;
    const a3 = (t * t * t) / 6;
    const a2 = 1 - a0 - a1 - a3;
    const d0 = -((1 - t) ** 2) / 2;
    const d1 = (9 * t * t - 12 * t) / 6;
    const d3 = (t * t) / 2;
    const d2 = -d0 - d1 - d3;
    const b0 = (1 - u) ** 3 / 6;
    const b1 = (3 * u * u * u - 6 * u * u + 4) / 6;
    const b3 = (u * u * u) / 6;
    const b2 = 1 - b0 - b1 - b3;
    const e0 = -((1 - u) ** 2) / 2;
    const e1 = (9 * u * u - 12 * u) / 6;
    const e3 = (u * u) / 2;
    const e2 = -e0 - e1 - e3;
    let at = (cy - 1) * padded + cx - 1;
    let phi = 0;
    let slopeX = 0;
    let slopeY = 0;
    for (let row = 0; row < 4; row++, at += padded) {
      const b = row === 0 ? b0 : row === 1 ? b1 : row === 2 ? b2 : b3;
      const e = row === 0 ? e0 : row === 1 ? e1 : row === 2 ? e2 : e3;
      const f0 = field[at]!;
      const f1 = field[at + 1]!;
      const f2 = field[at + 2]!;
      const f3 = field[at + 3]!;
      const along = a0 * f0 + a1 * f1 + a2 * f2 + a3 * f3;
      phi += b * along;
      slopeY += e * along;
      slopeX += b * (d0 * f0 + d1 * f1 + d2 * f2 + d3 * f3);
    }
    // A point is not its own neighbour: 1 / (1 + 0) goes.
    z += phi - 1;
    force[i] = (-0.5 * slopeX) / cell;
    force[i + 1] = (-0.5 * slopeY) / cell;
  }
  return z;
}
