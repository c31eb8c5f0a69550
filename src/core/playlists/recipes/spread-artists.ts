// Keeps an artist's tracks apart with as few moves as possible.
import { isSameArtist } from './harmonic.ts';
import type { Picked } from './pick-result.ts';

/** Where an artist follows itself, the nearest track that fits there changes places with it. What cannot be parted stays. */
export function spreadArtists(list: readonly Picked[]): Picked[] {
  const order = [...list];
  for (let at = 1; at < order.length; at++) if (clashes(order, at)) part(order, at);
  return order;
}

function clashes(order: readonly Picked[], at: number): boolean {
  const [before, here] = [order[at - 1], order[at]];
  return before !== undefined && here !== undefined && isSameArtist(before.track, here.track);
}

function part(order: Picked[], at: number): void {
  for (let away = 1; away < order.length; away++) {
    for (const other of [at + away, at - away]) {
      if (order[other] === undefined) continue;
      const before = nClashes(order, at, other);
      swap(order, at, other);
      if (nClashes(order, at, other) < before) return;
      swap(order, at, other);
    }
  }
}

function nClashes(order: readonly Picked[], a: number, b: number): number {
  return [...new Set([a, a + 1, b, b + 1])].filter((at) => clashes(order, at)).length;
}

function swap(order: Picked[], a: number, b: number): void {
  const kept = order[a]!;
  order[a] = order[b]!;
  order[b] = kept;
}
