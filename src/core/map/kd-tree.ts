// A k-d tree (Bentley 1975) over points of few dimensions: split at the median of the widest side, leaves of a few points.

const LEAF_SIZE = 12;

export class KdTree {
  readonly dim: number;
  /** Float64Array [n x dim], in the order of the leaves. */
  readonly points: Float64Array;
  /** Int32Array [n]: former row of each point. */
  readonly order: Int32Array;
  /** Of node i: its points are start[i] .. end[i]; children are 2 i + 1 and 2 i + 2 where isLeaf[i] is 0. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly isLeaf: Uint8Array;
  /** Float64Array [nNodes x 2 dim]: least and greatest coordinates. */
  readonly bounds: Float64Array;

  /** @param positions [n x dim], finite */
  constructor(positions: Float32Array | Float64Array, n: number, dim: number) {
    this.dim = dim;
    const nLeaves = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, n) / LEAF_SIZE)));
    const nNodes = 2 * nLeaves - 1;
    this.order = Int32Array.from({ length: n }, (_, i) => i);
    this.start = new Int32Array(nNodes);
    this.end = new Int32Array(nNodes);
    this.isLeaf = new Uint8Array(nNodes);
    this.bounds = new Float64Array(nNodes * 2 * dim);
    this.end[0] = n;
    for (let node = 0; node < nNodes; node++) {
      const side = this.#measure(positions, node);
      this.isLeaf[node] = 2 * node + 1 < nNodes ? 0 : 1;
      if (this.isLeaf[node] === 0) this.#split(positions, node, side);
    }
    this.points = new Float64Array(n * dim);
    for (let i = 0; i < n; i++) for (let d = 0; d < dim; d++) this.points[i * dim + d] = positions[this.order[i]! * dim + d]!;
  }

  get nNodes(): number {
    return this.start.length;
  }

  /** Writes the node's bounds. @returns its widest side */
  #measure(positions: Float32Array | Float64Array, node: number): number {
    const { dim, bounds, order } = this;
    let widest = 0;
    for (let d = 0; d < dim; d++) {
      let [low, high] = [Infinity, -Infinity];
      for (let i = this.start[node]!; i < this.end[node]!; i++) {
        const value = positions[order[i]! * dim + d]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      bounds[(2 * node + 0) * dim + d] = low;
      bounds[(2 * node + 1) * dim + d] = high;
      if (high - low > bounds[(2 * node + 1) * dim + widest]! - bounds[2 * node * dim + widest]!) widest = d;
    }
    return widest;
  }

  #split(positions: Float32Array | Float64Array, node: number, side: number): void {
    const { start, end, dim } = this;
    const middle = (start[node]! + end[node]!) >> 1;
    selectMedian(this.order, start[node]!, end[node]! - 1, middle, (i) => positions[i * dim + side]!);
    start[2 * node + 1] = start[node]!;
    end[2 * node + 1] = middle;
    start[2 * node + 2] = middle;
    end[2 * node + 2] = end[node]!;
  }

  /** Squared distance from a point to the node's box; 0 inside. */
  squaredToBox(node: number, x: Float64Array, at: number): number {
    const { dim, bounds } = this;
    let sum = 0;
    for (let d = 0, low = 2 * node * dim, high = low + dim; d < dim; d++, low++, high++) {
      const value = x[at + d]!;
      const gap = value < bounds[low]! ? bounds[low]! - value : value > bounds[high]! ? value - bounds[high]! : 0;
      sum += gap * gap;
    }
    return sum;
  }

  /** Squared distance from a point to the i-th of `points`. */
  squaredTo(i: number, x: Float64Array, at: number): number {
    const { dim, points } = this;
    let sum = 0;
    for (let d = 0; d < dim; d++) {
      const gap = x[at + d]! - points[i * dim + d]!;
      sum += gap * gap;
    }
    return sum;
  }

  /**
   * The k nearest of `points` to a point, itself included where it is one of them, nearest first.
   * @param index written, [k]: places in `points`
   * @param squared written, [k]
   */
  nearest(x: Float64Array, at: number, k: number, index: Int32Array, squared: Float64Array): void {
    squared.fill(Infinity, 0, k);
    this.#visit(0, this.squaredToBox(0, x, at), x, at, k, index, squared);
  }

  #visit(node: number, gap: number, x: Float64Array, at: number, k: number, index: Int32Array, squared: Float64Array): void {
    if (gap >= squared[k - 1]!) return;
    if (this.isLeaf[node] === 1) {
      for (let i = this.start[node]!; i < this.end[node]!; i++) insert(i, this.squaredTo(i, x, at), k, index, squared);
      return;
    }
    const [left, right] = [2 * node + 1, 2 * node + 2];
    const leftGap = this.squaredToBox(left, x, at);
    const rightGap = this.squaredToBox(right, x, at);
    if (leftGap <= rightGap) {
      this.#visit(left, leftGap, x, at, k, index, squared);
      this.#visit(right, rightGap, x, at, k, index, squared);
    } else {
      this.#visit(right, rightGap, x, at, k, index, squared);
      this.#visit(left, leftGap, x, at, k, index, squared);
    }
  }
}

function insert(i: number, distance: number, k: number, index: Int32Array, squared: Float64Array): void {
  if (distance >= squared[k - 1]!) return;
  let at = k - 1;
  for (; at > 0 && squared[at - 1]! > distance; at--) {
    squared[at] = squared[at - 1]!;
    index[at] = index[at - 1]!;
  }
  squared[at] = distance;
  index[at] = i;
}

/** Orders items so that the middle one stands where sorting would put it (Hoare 1961, find). */
function selectMedian(items: Int32Array, first: number, last: number, middle: number, sortedBy: (item: number) => number): void {
  let [low, high] = [first, last];
  while (low < high) {
    const pivot = sortedBy(items[(low + high) >> 1]!);
    let [i, j] = [low, high];
    while (i <= j) {
      while (sortedBy(items[i]!) < pivot) i++;
      while (sortedBy(items[j]!) > pivot) j--;
      if (i > j) break;
      const kept = items[i]!;
      items[i++] = items[j]!;
      items[j--] = kept;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}
