// A map's own points and those placed later, as one list by track.
import { pick } from '../db/map-store.ts';
import type { MapPoints } from '../domain/map.ts';

/** Sorted by track id; a track that is in both keeps its later place. */
export function joinPoints(own: MapPoints, later: MapPoints): MapPoints {
  if (later.trackIds.length === 0) return own;
  const moved = new Set(later.trackIds);
  const kept = [...own.trackIds.keys()].filter((i) => !moved.has(own.trackIds[i]!));
  const nKept = kept.length;
  const n = nKept + later.trackIds.length;
  const all = { trackIds: new Int32Array(n), positions: new Float32Array(2 * n), clusters: new Int16Array(n) };
  const base = pick(own, kept);
  for (const name of ['trackIds', 'clusters'] as const) {
    all[name].set(base[name]);
    all[name].set(later[name], nKept);
  }
  all.positions.set(base.positions);
  all.positions.set(later.positions, 2 * nKept);
  const order = [...all.trackIds.keys()].sort((a, b) => all.trackIds[a]! - all.trackIds[b]!);
  return pick(all, order);
}
