// What the engine says of a map, as the window draws it: points and regions in the box.
import type { CommandOutput, MapCluster, MapSummary } from '../../contract/index.ts';
import { columnOf } from './map-columns.ts';
import { type Framing, framed, type Scene } from './map-scene.ts';

/** A group of tracks, with its place in the box and its number in the scene. */
export type Region = MapCluster & { cluster: number };

export function sceneOf(points: CommandOutput<'map.points'>, framing: Framing): Scene {
  return {
    trackIds: columnOf(Int32Array, points.trackIds),
    positions: framed(columnOf(Float32Array, points.positions), framing),
    clusters: columnOf(Int16Array, points.clusters),
    extent: framing.extent,
  };
}

/** A map that is converging: it fills the box, whatever its scale, and has no regions yet. */
export function frameScene(trackIds: Int32Array, positions: Float32Array, framing: Framing): Scene {
  const clusters = new Int16Array(trackIds.length).fill(-1);
  return { trackIds, positions: framed(positions, framing), clusters, extent: { x: 1, y: 1 } };
}

/** Largest first. */
export function regionsOf({ clusters }: MapSummary, { x, y, half }: Framing): Region[] {
  return clusters
    .map((region, cluster) => ({ ...region, cluster, x: (region.x - x) / half, y: (region.y - y) / half }))
    .sort((a, b) => b.nTracks - a.nTracks);
}
