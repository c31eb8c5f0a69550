// Fingers on the map: two of them stretch, shrink and move it, and what lay under them stays under them.
import type { Point } from './map-scene.ts';

export interface Stretch {
  /** Between the two fingers. */
  middle: Point;
  dx: number;
  dy: number;
  /** By how much their distance grew. */
  factor: number;
}

/** Fingers that touch each other would zoom without end. */
const LEAST_DISTANCE_PX = 24;

export class Fingers {
  #at = new Map<number, Point>();

  get count(): number {
    return this.#at.size;
  }

  /** Any one of them, and where it is. */
  get one(): [id: number, at: Point] | null {
    return this.#at.entries().next().value ?? null;
  }

  put(id: number, at: Point): void {
    this.#at.set(id, at);
  }

  lift(id: number): void {
    this.#at.delete(id);
  }

  /** A finger moved. @returns what the map does, null unless exactly two are down */
  move(id: number, at: Point): Stretch | null {
    if (!this.#at.has(id)) return null;
    const before = this.#span();
    this.#at.set(id, at);
    const after = this.#span();
    if (!before || !after) return null;
    const { middle } = after;
    return { middle, dx: middle.x - before.middle.x, dy: middle.y - before.middle.y, factor: after.distance / before.distance };
  }

  #span(): { middle: Point; distance: number } | null {
    const [a, b] = [...this.#at.values()];
    if (!a || !b || this.#at.size > 2) return null;
    const distance = Math.max(LEAST_DISTANCE_PX, Math.hypot(a.x - b.x, a.y - b.y));
    return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, distance };
  }
}
