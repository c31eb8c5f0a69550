// Clusters with their names and places, from a map's points.
import type { MapCluster, MapPoints } from '../domain/map.ts';
import type { RegionTraits } from '../domain/region.ts';
import { regionWords } from '../domain/region-words.ts';
import { medianOf } from '../map/clusters/cluster-traits.ts';

/** @param regions what sets clusters 0.. apart */
export function clustersOf({ positions, clusters }: MapPoints, regions: readonly RegionTraits[]): MapCluster[] {
  const members: number[][] = regions.map(() => []);
  for (const [i, cluster] of clusters.entries()) members[cluster]?.push(i);
  return regions.map((traits, c) => ({
    name: regionWords(traits),
    traits,
    nTracks: members[c]!.length,
    x: medianOf(members[c]!.map((i) => positions[2 * i]!)) ?? 0,
    y: medianOf(members[c]!.map((i) => positions[2 * i + 1]!)) ?? 0,
  }));
}
