// The queue as it is kept in this window's storage until the next start: what played, what was before and what comes after.
import { recall, remember } from './remembered.ts';

export interface KeptEntry {
  id: number;
  isByHand: boolean;
}

export interface KeptQueue {
  entries: readonly KeptEntry[];
  at: number;
  /** Path of the track at `at`: numbers of another library mean other tracks. */
  path: string;
}

const KEY = 'queue';
/** Storage is small: so many before and after the present one. */
const [KEPT_BEFORE, KEPT_AFTER] = [50, 500];

export function keepQueue({ entries, at, path }: KeptQueue): void {
  const first = Math.max(0, at - KEPT_BEFORE);
  const kept = entries.slice(first, at + KEPT_AFTER + 1).map(({ id, isByHand }) => (isByHand ? -id : id));
  remember(KEY, JSON.stringify({ ids: kept, at: at - first, path }));
}

/** Null where nothing, or nothing that can be read, was kept. */
export function keptQueue(): KeptQueue | null {
  try {
    const { ids, at, path } = JSON.parse(recall(KEY, 'null')) as { ids: number[]; at: number; path: string };
    const isWhole = Array.isArray(ids) && ids.every(Number.isInteger) && ids[at] !== undefined && typeof path === 'string';
    return isWhole ? { entries: ids.map((id) => ({ id: Math.abs(id), isByHand: id < 0 })), at, path } : null;
  } catch {
    return null;
  }
}
