// Clusters with their names and places, from a map's points.
import type { MapCluster, MapPoints } from '../domain/map.ts';
import { medianOf } from '../map/clusters/cluster-names.ts';

/** @param names of clusters 0.. */
export function clustersOf({ positions, clusters }: MapPoints, names: readonly string[]): MapCluster[] {
  const members: number[][] = names.map(() => []);
  for (const [i, cluster] of clusters.entries()) members[cluster]?.push(i);
  return names.map((name, c) => ({
    name,
    nTracks: members[c]!.length,
    x: medianOf(members[c]!.map((i) => positions[2 * i]!)) ?? 0,
    y: medianOf(members[c]!.map((i) => positions[2 * i + 1]!)) ?? 0,
  }));
}
