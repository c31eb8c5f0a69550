// The field of points in the plane: what every place feels of them, in time that grows with the number of points and grid cells,
// not with pairs. The potential phi(y) = sum_j 1 / (1 + |y - y_j|^2) is computed as in smooth particle-mesh Ewald (Essmann et al. 1995):
// cubic B-splines carry charges to a grid and its field back, an FFT convolves in between. The idea to interpolate t-SNE on a grid
// is FIt-SNE's (Linderman et al. 2019), which needs four such fields where this needs one: grad 1/(1 + d^2) = -2 d / (1 + d^2)^2.
import { FieldFft, GRID_SIZES } from './field-fft.ts';

/** Widest cell: the kernel falls to one half within a distance of 1. Forces are then right to 0.3 % where points crowd, to 2 % where they are far apart. */
const MAX_CELL = 0.35;
/** Narrower cells would gain nothing and lose the field's slope in single precision. */
const MIN_CELL = 0.05;
/** Cells between the points and the grid's border. */
const MARGIN = 4;
/** A new grid is made a little larger than needed, to last while the map grows. */
const SLACK = 1.06;

export class PointField {
  #fft: FieldFft | null = null;
  #cell = 0;
  #widest = 0;
  #originX = 0;
  #originY = 0;

  /** Lays the field of these points. @param y Float64Array [2 n], x and y of each */
  async charge(y: Float64Array): Promise<void> {
    const { minX, minY, extent } = boundsOf(y);
    await this.#fit(extent);
    // Points keep their place within a cell from MARGIN on.
    this.#originX = minX - MARGIN * this.#cell;
    this.#originY = minY - MARGIN * this.#cell;
    spread(y, this.#fft!.grid(), this.#fft!.size, this.#originX, this.#originY, this.#cell);
    this.#fft!.convolve();
  }

  /**
   * What places feel; `charge` must have come first. Places outside the square around the points feel what its border feels.
   * @param y Float64Array [2 m]
   * @param force Float64Array [2 m], written: sum_j (y - y_j) / (1 + d_j^2)^2
   * @param potential Float64Array [m], written: sum_j 1 / (1 + d_j^2)
   */
  feel(y: Float64Array, force: Float64Array, potential: Float64Array): void {
    gather(y, force, potential, this.#fft!.grid(), this.#fft!.size, this.#originX, this.#originY, this.#cell);
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
  potential: Float64Array,
  field: Float32Array,
  size: number,
  originX: number,
  originY: number,
  cell: number,
): void {
  const padded = 2 * size;
  // The spline around a place reads one cell before it and two behind.
  const last = size - 3;
  for (let i = 0; i < y.length; i += 2) {
    const px = Math.max(1, Math.min(last, (y[i]! - originX) / cell));
    const py = Math.max(1, Math.min(last, (y[i + 1]! - originY) / cell));
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
    potential[i / 2] = phi;
    force[i] = (-0.5 * slopeX) / cell;
    force[i + 1] = (-0.5 * slopeY) / cell;
  }
}
