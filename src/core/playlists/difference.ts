// What changed between two orders of a playlist, as one run of places: short for the usual acts, so that a history stays small.
import type { StoredPlace } from '../db/playlist-store.ts';

/** From `at` on, `removed` became `inserted`; everything before and behind is the same. */
export function difference(before: readonly StoredPlace[], after: readonly StoredPlace[]) {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && isSame(before[at]!, after[at]!)) at++;
  let behind = 0;
  while (behind < shorter - at && isSame(before.at(-1 - behind)!, after.at(-1 - behind)!)) behind++;
  return { at, removed: before.slice(at, before.length - behind), inserted: after.slice(at, after.length - behind) };
}

function isSame(a: StoredPlace, b: StoredPlace): boolean {
  if (a === b) return true;
  const isSameTrack = a.trackId === b.trackId && a.path === b.path && a.contentHash === b.contentHash;
  return isSameTrack && JSON.stringify(a.reasons) === JSON.stringify(b.reasons);
}
