// Clusters of a map by density, with noise between them.
import { type CondensedTree, condense, selectClusters } from './condensed-tree.ts';
import { spanningTree } from './spanning-tree.ts';

export interface HdbscanSettings {
  /** Fewer points are no cluster; at least 2. */
  minClusterSize: number;
  /** Points, itself included, that a point's core distance reaches to: the more, the smoother. */
  minSamples: number;
}

export interface Clusters {
  nClusters: number;
  /** Int32Array [n]: 0..nClusters - 1, the largest cluster first; -1 is noise. */
  labels: Int32Array;
  /** Float32Array [n]: 0 (noise) .. 1 (the densest of its cluster). */
  probabilities: Float32Array;
}

/**
 * HDBSCAN* with excess of mass (Campello, Moulavi and Sander 2013), as scikit-learn's with its default settings. Where distances are
 * equal the hierarchy is not unique, and single points at a cluster's border may differ.
 * @param positions [n x dim], finite, few dimensions
 */
export function hdbscan(
  positions: Float32Array | Float64Array,
  n: number,
  dim: number,
  { minClusterSize, minSamples }: HdbscanSettings,
): Clusters {
  if (n < Math.max(2, minClusterSize)) {
    return { nClusters: 0, labels: new Int32Array(n).fill(-1), probabilities: new Float32Array(n) };
  }
  const edges = spanningTree(positions, n, dim, Math.max(1, Math.min(n, minSamples)));
  const tree = condense(edges, n, Math.max(2, minClusterSize));
  return label(tree, selectClusters(tree));
}

function label(tree: CondensedTree, isSelected: boolean[]): Clusters {
  const { parent, cluster, lambda } = tree;
  const selected = isSelected.flatMap((flag, c) => (flag ? [c] : []));
  const home = homesOf(parent, isSelected);
  const sizes = new Int32Array(parent.length);
  for (const c of cluster) if (home[c]! >= 0) sizes[home[c]!] = sizes[home[c]!]! + 1;
  selected.sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const number = new Int32Array(parent.length).fill(-1);
  for (const [i, c] of selected.entries()) number[c] = i;
  const densest = densestOf(tree);
  const labels = new Int32Array(cluster.length);
  const probabilities = new Float32Array(cluster.length);
  for (const [i, c] of cluster.entries()) {
    const at = home[c]!;
    labels[i] = at < 0 ? -1 : number[at]!;
    if (at >= 0) probabilities[i] = Math.min(1, lambda[i]! / densest[at]!);
  }
  return { nClusters: selected.length, labels, probabilities };
}

/** The selected cluster that each one is part of, or -1. */
function homesOf(parent: readonly number[], isSelected: boolean[]): Int32Array {
  const home = new Int32Array(parent.length).fill(-1);
  for (let c = 1; c < parent.length; c++) home[c] = isSelected[c] ? c : home[parent[c]!]!;
  return home;
}

/** Of each cluster: the greatest lambda at which a point or a smaller cluster leaves it. */
function densestOf({ parent, birth, cluster, lambda }: CondensedTree): Float64Array {
  const densest = new Float64Array(parent.length);
  for (const [i, c] of cluster.entries()) densest[c] = Math.max(densest[c]!, lambda[i]!);
  for (let c = 1; c < parent.length; c++) densest[parent[c]!] = Math.max(densest[parent[c]!]!, birth[c]!);
  return densest;
}
