// From a spanning tree to clusters: the dendrogram of single linkage, condensed to the pieces that are large enough, and of these
// the ones that last longest (Campello, Moulavi and Sander 2013; Campello et al. 2015, sections 3 and 5).
import type { SpanningTree } from './spanning-tree.ts';

/** Lambda (one over distance) of points that lie on each other, times the tree's longest edge. */
const MAX_LAMBDA = 1e12;

/** Node i < n is a point, node n + m the m-th merge, from the shortest edge on. */
interface Dendrogram {
  nPoints: number;
  left: Int32Array;
  right: Int32Array;
  distance: Float64Array;
  /** Of every node. */
  size: Int32Array;
}

/** Clusters by number, parents before children; 0 is the root, all points. */
export interface CondensedTree {
  parent: number[];
  /** Lambda at which a cluster parts from its parent. */
  birth: number[];
  size: number[];
  /** Int32Array [n] and Float64Array [n]: the last cluster each point belongs to, and the lambda at which it leaves it. */
  cluster: Int32Array;
  lambda: Float64Array;
}

export function condense(tree: SpanningTree, nPoints: number, minClusterSize: number): CondensedTree {
  const dendrogram = dendrogramOf(tree, nPoints);
  const { left, right, distance, size } = dendrogram;
  const shortest = (distance.at(-1) ?? 0) / MAX_LAMBDA;
  const clusters = { parent: [-1], birth: [0], size: [nPoints] };
  const cluster = new Int32Array(2 * nPoints - 1);
  /** Lambda at which a node fell out of its cluster; 0 while it is part of it. */
  const fallen = new Float64Array(2 * nPoints - 1);
  for (let node = 2 * nPoints - 2; node >= nPoints; node--) {
    const merge = node - nPoints;
    const children = [left[merge]!, right[merge]!];
    const lambda = shortest > 0 ? 1 / Math.max(distance[merge]!, shortest) : 1;
    const isSplit = fallen[node] === 0 && children.every((child) => size[child]! >= minClusterSize);
    for (const child of children) {
      cluster[child] = cluster[node]!;
      if (fallen[node]! > 0) fallen[child] = fallen[node]!;
      else if (size[child]! < minClusterSize) fallen[child] = lambda;
      if (isSplit) {
        cluster[child] = clusters.parent.push(cluster[node]!) - 1;
        clusters.birth.push(lambda);
        clusters.size.push(size[child]!);
      }
    }
  }
  return { ...clusters, cluster: cluster.slice(0, nPoints), lambda: fallen.slice(0, nPoints) };
}

function dendrogramOf({ from, to, weight }: SpanningTree, nPoints: number): Dendrogram {
  const order = Int32Array.from(weight, (_, e) => e).sort((a, b) => weight[a]! - weight[b]! || a - b);
  const nMerges = nPoints - 1;
  const result = {
    nPoints,
    left: new Int32Array(nMerges),
    right: new Int32Array(nMerges),
    distance: Float64Array.from(order, (e) => weight[e]!),
    size: new Int32Array(nPoints + nMerges).fill(1),
  };
  const parent = Int32Array.from({ length: nPoints + nMerges }, (_, i) => i);
  const top = (start: number): number => {
    let node = start;
    for (; parent[node] !== node; node = parent[node]!) parent[node] = parent[parent[node]!]!;
    return node;
  };
  for (let merge = 0; merge < nMerges; merge++) {
    const [one, two] = [top(from[order[merge]!]!), top(to[order[merge]!]!)];
    const node = nPoints + merge;
    result.left[merge] = one;
    result.right[merge] = two;
    result.size[node] = result.size[one]! + result.size[two]!;
    parent[one] = node;
    parent[two] = node;
  }
  return result;
}

/** Excess of mass: of every branch the clusters whose stability is greatest; never the root. @returns one flag per cluster */
export function selectClusters({ parent, birth, size, cluster, lambda }: CondensedTree): boolean[] {
  const nClusters = parent.length;
  const stability = new Float64Array(nClusters);
  for (const [i, c] of cluster.entries()) stability[c] = stability[c]! + lambda[i]! - birth[c]!;
  for (let c = 1; c < nClusters; c++) {
    const above = parent[c]!;
    stability[above] = stability[above]! + (birth[c]! - birth[above]!) * size[c]!;
  }
  const ofChildren = new Float64Array(nClusters);
  const isStable = new Array<boolean>(nClusters).fill(false);
  for (let c = nClusters - 1; c > 0; c--) {
    isStable[c] = ofChildren[c]! <= stability[c]!;
    const kept = Math.max(stability[c]!, ofChildren[c]!);
    ofChildren[parent[c]!] = ofChildren[parent[c]!]! + kept;
  }
  const isCovered = new Array<boolean>(nClusters).fill(false);
  return isStable.map((stable, c) => {
    const isBelow = c > 0 && isCovered[parent[c]!]!;
    isCovered[c] = isBelow || stable;
    return stable && !isBelow;
  });
}
