// Finds points by place: a grid of cells, so that pointing at one of 100,000 looks at a few dozen.
import type { Point } from './map-scene.ts';

const POINTS_PER_CELL = 4;

/** Cost of a point that lies (dx, dy) away, at least its distance; Infinity = not wanted. */
type Cost = (index: number, dx: number, dy: number) => number;

export type Direction = 'left' | 'right' | 'up' | 'down';

export class MapGrid {
  readonly #positions: Float32Array;
  readonly #side: number;
  #left = Infinity;
  #bottom = Infinity;
  #cell = 1;
  /** Int32Array [cells + 1]: where each cell's points begin in `#order`. */
  readonly #starts: Int32Array;
  readonly #order: Int32Array;

  /** @param positions Float32Array [2 n] */
  constructor(positions: Float32Array) {
    const n = positions.length / 2;
    this.#positions = positions;
    this.#side = Math.max(1, Math.ceil(Math.sqrt(n / POINTS_PER_CELL)));
    this.#measure();
    this.#starts = new Int32Array(this.#side * this.#side + 1);
    const cells = Int32Array.from({ length: n }, (_, i) => this.#cellAt(positions[2 * i]!, positions[2 * i + 1]!));
    for (const cell of cells) this.#starts[cell + 1]! += 1;
    for (let cell = 0; cell < this.#starts.length - 1; cell++) this.#starts[cell + 1]! += this.#starts[cell]!;
    const next = this.#starts.slice();
    this.#order = new Int32Array(n);
    for (let i = 0; i < n; i++) this.#order[next[cells[i]!]!++] = i;
  }

  /** Place of the nearest accepted point within `reach`, -1 = none. */
  nearest({ x, y }: Point, reach: number, accepts: (index: number) => boolean): number {
    return this.#cheapest(x, y, reach, (index, dx, dy) => (accepts(index) ? Math.hypot(dx, dy) : Infinity));
  }

  /** The next point in a direction: near, and rather straight ahead than to the side. */
  towards(from: number, direction: Direction, accepts: (index: number) => boolean): number {
    const [x, y] = [this.#positions[2 * from]!, this.#positions[2 * from + 1]!];
    return this.#cheapest(x, y, Infinity, (index, dx, dy) => {
      const ahead = { left: -dx, right: dx, up: dy, down: -dy }[direction];
      const aside = direction === 'left' || direction === 'right' ? Math.abs(dy) : Math.abs(dx);
      return index !== from && ahead > 0 && aside <= ahead && accepts(index) ? ahead + 2 * aside : Infinity;
    });
  }

  /** Rings of cells around the place, until no cell of the next ring can hold a cheaper point. */
  #cheapest(x: number, y: number, reach: number, cost: Cost): number {
    const [column, row] = [this.#column(x), this.#row(y)];
    let best = -1;
    let least = reach;
    for (let ring = 0; ring < this.#side; ring++) {
      if (ring > 0 && (ring - 1) * this.#cell > least) break;
      this.#eachOfRing(column, row, ring, (index) => {
        const price = cost(index, this.#positions[2 * index]! - x, this.#positions[2 * index + 1]! - y);
        if (price > least || price === Infinity || (price === least && best >= 0)) return;
        least = price;
        best = index;
      });
    }
    return best;
  }

  #eachOfRing(column: number, row: number, ring: number, visit: (index: number) => void): void {
    for (let y = Math.max(0, row - ring); y <= Math.min(this.#side - 1, row + ring); y++) {
      const isEdge = Math.abs(y - row) === ring;
      for (let x = column - ring; x <= column + ring; x += isEdge || ring === 0 ? 1 : 2 * ring) {
        if (x < 0 || x >= this.#side) continue;
        const cell = y * this.#side + x;
        for (let at = this.#starts[cell]!; at < this.#starts[cell + 1]!; at++) visit(this.#order[at]!);
      }
    }
  }

  #measure(): void {
    let [right, top] = [-Infinity, -Infinity];
    for (let i = 0; i < this.#positions.length; i += 2) {
      this.#left = Math.min(this.#left, this.#positions[i]!);
      right = Math.max(right, this.#positions[i]!);
      this.#bottom = Math.min(this.#bottom, this.#positions[i + 1]!);
      top = Math.max(top, this.#positions[i + 1]!);
    }
    this.#cell = Math.max(right - this.#left, top - this.#bottom, 1e-9) / this.#side;
  }

  #column(x: number): number {
    return this.#clamped((x - this.#left) / this.#cell);
  }

  #row(y: number): number {
    return this.#clamped((y - this.#bottom) / this.#cell);
  }

  #clamped(place: number): number {
    return Math.min(this.#side - 1, Math.max(0, Math.floor(place)));
  }

  #cellAt(x: number, y: number): number {
    return this.#row(y) * this.#side + this.#column(x);
  }
}
