/// <reference path="./pffft-wasm.d.ts" />
// Convolution of charges on a square grid with an even kernel, through two-dimensional real FFTs (PFFFT compiled to
// WebAssembly, single precision). The grid is padded to twice its size, so that nothing wraps around.
import openPffft, { type Pffft } from '@echogarden/pffft-wasm/simd';

const REAL = 0;
const COMPLEX = 1;
const FORWARD = 0;
const BACKWARD = 1;

/** Sizes whose doubles PFFFT transforms: products of 2, 3 and 5 that are multiples of 16. */
export const GRID_SIZES: readonly number[] = [
  48, 64, 80, 96, 128, 160, 192, 240, 288, 320, 384, 432, 480, 512, 576, 640, 768, 960, 1024,
];

let opened: Promise<Pffft> | null = null;

export class FieldFft {
  /** Cells a side. */
  readonly size: number;
  readonly #pffft: Pffft;
  readonly #real: number;
  readonly #complex: number;
  /** Byte addresses: rows [size x 2 size], columns [size + 1][2 size complex], scratch for one transform. */
  readonly #rows: number;
  readonly #columns: number;
  readonly #work: number;
  /** Transform of the kernel, real because the kernel is even: [size + 1 columns x 2 size], scaled for the inverse. */
  readonly #kernel: Float32Array;

  private constructor(pffft: Pffft, size: number) {
    const padded = 2 * size;
    this.size = size;
    this.#pffft = pffft;
    this.#real = pffft._pffft_new_setup(padded, REAL);
    this.#complex = pffft._pffft_new_setup(padded, COMPLEX);
    this.#rows = pffft._pffft_aligned_malloc(4 * size * padded);
    this.#columns = pffft._pffft_aligned_malloc(4 * (size + 1) * 2 * padded);
    this.#work = pffft._pffft_aligned_malloc(4 * 2 * padded);
    this.#kernel = new Float32Array((size + 1) * padded);
  }

  /** @param size one of GRID_SIZES */
  static async open(size: number): Promise<FieldFft> {
    opened ??= openPffft();
    return new FieldFft(await opened, size);
  }

  /** Charges go in and the field comes out here: row y starts at y * 2 * size, its first `size` cells count. Ask again after each `convolve`. */
  grid(): Float32Array {
    return this.#view(this.#rows, this.size * 2 * this.size);
  }

  /** @param kernel by distance in cells along x and y, 0..size; even in both. @param response what each transformed line is divided by, [size + 1] */
  setKernel(kernel: (dx: number, dy: number) => number, response: Float64Array): void {
    const { size } = this;
    const padded = 2 * size;
    const columns = this.#view(this.#columns, (size + 1) * 2 * padded);
    // Rows of the padded kernel are even: their transforms are cosine sums, done as complex columns twice.
    const half = new Float32Array((size + 1) * (size + 1));
    for (let dy = 0; dy <= size; dy++) for (let dx = 0; dx <= size; dx++) half[dy * (size + 1) + dx] = kernel(dx, dy);
    const alongX = new Float32Array((size + 1) * (size + 1));
    for (let dy = 0; dy <= size; dy++) {
      for (let i = 0; i < padded; i++) {
        columns[2 * i] = half[dy * (size + 1) + Math.min(i, padded - i)]!;
        columns[2 * i + 1] = 0;
      }
      this.#transform(this.#complex, this.#columns, FORWARD);
      for (let k = 0; k <= size; k++) alongX[k * (size + 1) + dy] = columns[2 * k]!;
    }
    const scale = 1 / (padded * padded);
    for (let k = 0; k <= size; k++) {
      for (let i = 0; i < padded; i++) {
        columns[2 * i] = alongX[k * (size + 1) + Math.min(i, padded - i)]!;
        columns[2 * i + 1] = 0;
      }
      this.#transform(this.#complex, this.#columns, FORWARD);
      for (let i = 0; i < padded; i++) {
        const smoothing = response[k]! * response[Math.min(i, padded - i)]!;
        this.#kernel[k * padded + i] = (scale * columns[2 * i]!) / smoothing;
      }
    }
  }

  /** Replaces the charges in `grid()` by their field. The padding is cleared first. */
  convolve(): void {
    const { size } = this;
    const padded = 2 * size;
    const rows = this.grid();
    const columns = this.#view(this.#columns, (size + 1) * 2 * padded);
    for (let y = 0; y < size; y++) rows.fill(0, y * padded + size, (y + 1) * padded);
    for (let y = 0; y < size; y++) this.#transform(this.#real, this.#rows + 4 * y * padded, FORWARD);
    this.#rowsToColumns(rows, columns);
    for (let k = 0; k <= size; k++) this.#filterColumn(columns, k);
    this.#columnsToRows(columns, rows);
    for (let y = 0; y < size; y++) this.#transform(this.#real, this.#rows + 4 * y * padded, BACKWARD);
  }

  close(): void {
    for (const address of [this.#rows, this.#columns, this.#work]) this.#pffft._pffft_aligned_free(address);
    for (const setup of [this.#real, this.#complex]) this.#pffft._pffft_destroy_setup(setup);
  }

  #filterColumn(columns: Float32Array, k: number): void {
    const padded = 2 * this.size;
    const start = k * 2 * padded;
    const address = this.#columns + 4 * start;
    this.#transform(this.#complex, address, FORWARD);
    for (let i = 0, at = start, from = k * padded; i < padded; i++, at += 2, from++) {
      const factor = this.#kernel[from]!;
      columns[at] = columns[at]! * factor;
      columns[at + 1] = columns[at + 1]! * factor;
    }
    this.#transform(this.#complex, address, BACKWARD);
  }

  /** A row's spectrum holds bins 0 and `size` (both real) first, then bins 1..size - 1 as pairs. */
  #rowsToColumns(rows: Float32Array, columns: Float32Array): void {
    const { size } = this;
    const padded = 2 * size;
    const stride = 2 * padded;
    for (let k = 0; k <= size; k++) columns.fill(0, k * stride + padded, (k + 1) * stride);
    for (let y = 0; y < size; y++) {
      const row = y * padded;
      columns[2 * y] = rows[row]!;
      columns[2 * y + 1] = 0;
      columns[size * stride + 2 * y] = rows[row + 1]!;
      columns[size * stride + 2 * y + 1] = 0;
      for (let k = 1, at = stride + 2 * y; k < size; k++, at += stride) {
        columns[at] = rows[row + 2 * k]!;
        columns[at + 1] = rows[row + 2 * k + 1]!;
      }
    }
  }

  #columnsToRows(columns: Float32Array, rows: Float32Array): void {
    const { size } = this;
    const padded = 2 * size;
    const stride = 2 * padded;
    for (let y = 0; y < size; y++) {
      const row = y * padded;
      rows[row] = columns[2 * y]!;
      rows[row + 1] = columns[size * stride + 2 * y]!;
      for (let k = 1, at = stride + 2 * y; k < size; k++, at += stride) {
        rows[row + 2 * k] = columns[at]!;
        rows[row + 2 * k + 1] = columns[at + 1]!;
      }
    }
  }

  #transform(setup: number, address: number, direction: number): void {
    this.#pffft._pffft_transform_ordered(setup, address, address, this.#work, direction);
  }

  #view(address: number, length: number): Float32Array {
    return this.#pffft.HEAPF32.subarray(address >> 2, (address >> 2) + length);
  }
}
