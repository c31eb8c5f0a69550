// The minimum spanning tree of points under mutual reachability, by Borůvka's rounds with a k-d tree that skips what lies too far or
// within the same piece (March et al. 2010; McInnes and Healy 2017).
import { KdTree } from '../kd-tree.ts';

/** n - 1 edges, in no order. */
export interface SpanningTree {
  from: Int32Array;
  to: Int32Array;
  /** Float64Array: max(core distance of both ends, distance). */
  weight: Float64Array;
}

/**
 * @param positions [n x dim], finite, few dimensions
 * @param minSamples the core distance reaches to this many points, the point itself included; 1..n
 */
export function spanningTree(positions: Float32Array | Float64Array, n: number, dim: number, minSamples: number): SpanningTree {
  const tree = new KdTree(positions, n, dim);
  const search = new Boruvka(tree, coreDistances(tree, minSamples));
  const edges = { from: new Int32Array(n - 1), to: new Int32Array(n - 1), weight: new Float64Array(n - 1) };
  for (let nEdges = 0; nEdges < n - 1; ) nEdges = search.round(edges, nEdges);
  for (const ends of [edges.from, edges.to]) for (let e = 0; e < n - 1; e++) ends[e] = tree.order[ends[e]!]!;
  return edges;
}

/** Squared, Float64Array [n], in the tree's order. */
function coreDistances(tree: KdTree, minSamples: number): Float64Array {
  const n = tree.order.length;
  const [index, squared] = [new Int32Array(minSamples), new Float64Array(minSamples)];
  const core = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    tree.nearest(tree.points, i * tree.dim, minSamples, index, squared);
    core[i] = squared[minSamples - 1]!;
  }
  return core;
}

/** Pieces that grow together: each round every piece takes the shortest edge that leaves it. Points are places in the tree. */
class Boruvka {
  readonly #tree: KdTree;
  /** Squared core distances, and the least of each node. */
  readonly #core: Float64Array;
  readonly #nodeCore: Float64Array;
  readonly #parent: Int32Array;
  /** Piece of each point, and of each node whose points share one, else -1. */
  readonly #piece: Int32Array;
  readonly #nodePiece: Int32Array;
  /** Of each piece: its shortest edge so far. */
  readonly #best: Float64Array;
  readonly #bestFrom: Int32Array;
  readonly #bestTo: Int32Array;

  constructor(tree: KdTree, core: Float64Array) {
    const n = tree.order.length;
    this.#tree = tree;
    this.#core = core;
    this.#nodeCore = new Float64Array(tree.nNodes);
    for (let node = 0; node < tree.nNodes; node++) {
      let least = Infinity;
      for (let i = tree.start[node]!; i < tree.end[node]!; i++) least = Math.min(least, core[i]!);
      this.#nodeCore[node] = least;
    }
    this.#parent = Int32Array.from({ length: n }, (_, i) => i);
    this.#piece = this.#parent.slice();
    this.#nodePiece = new Int32Array(tree.nNodes).fill(-1);
    this.#best = new Float64Array(n);
    this.#bestFrom = new Int32Array(n);
    this.#bestTo = new Int32Array(n);
  }

  /** @returns how many edges there are now */
  round(edges: SpanningTree, nEdges: number): number {
    const n = this.#piece.length;
    for (let i = 0; i < n; i++) this.#piece[i] = this.#find(i);
    this.#nameNodes();
    this.#best.fill(Infinity);
    for (let i = 0; i < n; i++) if (this.#core[i]! < this.#best[this.#piece[i]!]!) this.#leave(0, 0, i);
    let count = nEdges;
    for (let piece = 0; piece < n; piece++) {
      if (this.#best[piece] === Infinity) continue;
      const [from, to] = [this.#bestFrom[piece]!, this.#bestTo[piece]!];
      const [one, two] = [this.#find(from), this.#find(to)];
      if (one === two) continue;
      this.#parent[Math.max(one, two)] = Math.min(one, two);
      edges.from[count] = from;
      edges.to[count] = to;
      edges.weight[count++] = Math.sqrt(this.#best[piece]!);
    }
    return count;
  }

  #find(point: number): number {
    let root = point;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    for (let at = point; at !== root; ) {
      const next = this.#parent[at]!;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  #nameNodes(): void {
    const { start, end, isLeaf, nNodes } = this.#tree;
    for (let node = nNodes - 1; node >= 0; node--) {
      if (isLeaf[node] === 0) {
        const [left, right] = [this.#nodePiece[2 * node + 1]!, this.#nodePiece[2 * node + 2]!];
        this.#nodePiece[node] = left === right ? left : -1;
        continue;
      }
      let piece = this.#piece[start[node]!]!;
      for (let i = start[node]! + 1; i < end[node]! && piece >= 0; i++) if (this.#piece[i] !== piece) piece = -1;
      this.#nodePiece[node] = piece;
    }
  }

  /** Looks in a node for a shorter edge from a point out of its piece. @param gap squared distance of the point to the node's box */
  #leave(node: number, gap: number, point: number): void {
    const piece = this.#piece[point]!;
    if (this.#nodePiece[node] === piece || Math.max(gap, this.#nodeCore[node]!) >= this.#best[piece]!) return;
    const tree = this.#tree;
    const at = point * tree.dim;
    if (tree.isLeaf[node] === 1) {
      this.#leaveTo(tree.start[node]!, tree.end[node]!, point);
      return;
    }
    const [left, right] = [2 * node + 1, 2 * node + 2];
    const leftGap = tree.squaredToBox(left, tree.points, at);
    const rightGap = tree.squaredToBox(right, tree.points, at);
    if (leftGap <= rightGap) {
      this.#leave(left, leftGap, point);
      this.#leave(right, rightGap, point);
    } else {
      this.#leave(right, rightGap, point);
      this.#leave(left, leftGap, point);
    }
  }

  #leaveTo(first: number, end: number, point: number): void {
    const piece = this.#piece[point]!;
    for (let i = first; i < end; i++) {
      if (this.#piece[i] === piece || this.#core[i]! >= this.#best[piece]!) continue;
      const distance = this.#tree.squaredTo(i, this.#tree.points, point * this.#tree.dim);
      const weight = Math.max(distance, this.#core[i]!, this.#core[point]!);
      if (weight >= this.#best[piece]!) continue;
      this.#best[piece] = weight;
      this.#bestFrom[piece] = point;
      this.#bestTo[piece] = i;
    }
  }
}
