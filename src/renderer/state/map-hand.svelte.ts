// Pointer and fingers on the map: pan, zoom, point, click, hold, lasso.
import { pixelsPerUnit, toMap } from '../lib/map-camera.ts';
import { Fingers } from '../lib/map-fingers.ts';
import { enclosed } from '../lib/map-lasso.ts';
import type { Point } from '../lib/map-scene.ts';
import type { AppState } from './app-state.svelte.ts';
import { MapKeys } from './map-keys.svelte.ts';

interface Drag {
  /** Of the pointer that drags: a resting mouse is told to have moved when the page changes under it. */
  id: number;
  start: Point;
  last: Point;
  /** A finger that holds still points, as a mouse does without a button. */
  kind: 'pan' | 'lasso' | 'point';
  hasMoved: boolean;
}

/** What a pointer event tells. */
export interface Touch {
  /** Of the mouse, pen or finger. */
  id: number;
  at: Point;
  isFinger: boolean;
  isAdding: boolean;
  isLasso: boolean;
}

/** A hand that trembles still clicks. */
const CLICK_SLOP_PX = 4;
const FINGER_SLOP_PX = 10;
const [REACH_PX, FINGER_REACH_PX] = [14, 24];
const CLICK_ZOOM = 2.2;
const HOLD_MS = 420;

export class MapHand {
  readonly keys: MapKeys;
  #app: AppState;
  #isLasso = $state(false);
  #loop = $state.raw<readonly Point[]>([]);
  #drag: Drag | null = null;
  #fingers = new Fingers();
  #hold: ReturnType<typeof setTimeout> | undefined;

  constructor(app: AppState) {
    this.#app = app;
    this.keys = new MapKeys(app, this);
  }

  /** Dragging draws a loop instead of moving the map. */
  get isLasso(): boolean {
    return this.#isLasso;
  }

  /** Pixels of the loop that is being drawn. */
  get loop(): readonly Point[] {
    return this.#loop;
  }

  toggleLasso(): void {
    this.#isLasso = !this.#isLasso;
  }

  press({ id, at, isFinger, isLasso }: Touch): void {
    this.#fingers.put(id, at);
    clearTimeout(this.#hold);
    this.#loop = [];
    if (this.#fingers.count > 1) {
      this.#drag = null;
      return;
    }
    const drag: Drag = { id, start: at, last: at, kind: isLasso || this.#isLasso ? 'lasso' : 'pan', hasMoved: false };
    this.#drag = drag;
    if (isFinger) this.#hold = setTimeout(() => this.#pointFrom(drag), HOLD_MS);
  }

  move({ id, at, isFinger }: Touch): void {
    const { map } = this.#app;
    const stretch = this.#fingers.move(id, at);
    if (stretch) {
      map.stage.pan(stretch.dx, stretch.dy);
      map.stage.zoom(stretch.middle, stretch.factor);
      return;
    }
    const drag = this.#drag;
    if (!drag) {
      if (this.#fingers.count === 0) map.pointing.hover(this.#idAt(at, isFinger));
      return;
    }
    if (drag.id !== id) return;
    drag.hasMoved ||= Math.hypot(at.x - drag.start.x, at.y - drag.start.y) > (isFinger ? FINGER_SLOP_PX : CLICK_SLOP_PX);
    if (!drag.hasMoved) return;
    clearTimeout(this.#hold);
    this.#follow(drag, at, isFinger);
    drag.last = at;
  }

  release(touch: Touch): void {
    const drag = this.#drag?.id === touch.id ? this.#drag : null;
    const wasStretching = this.#fingers.count > 1;
    this.#fingers.lift(touch.id);
    clearTimeout(this.#hold);
    if (wasStretching) this.#panOn();
    if (!drag) return;
    this.#drag = null;
    if (drag.kind === 'point') this.#app.map.pointing.hover(null);
    else if (!drag.hasMoved) this.#click(touch);
    else if (drag.kind === 'lasso') this.#enclose(touch.isAdding);
    this.#loop = [];
  }

  /** The pointer has gone, or the system took it away. */
  leave(id: number): void {
    this.#fingers.lift(id);
    if (this.#fingers.count > 0) return;
    clearTimeout(this.#hold);
    this.#drag = null;
    this.#loop = [];
    this.#app.map.pointing.hover(null);
  }

  zoom(at: Point, factor: number): void {
    this.#app.map.stage.zoom(at, factor);
  }

  /** On a track it plays, elsewhere it zooms in. */
  doubleClick(at: Point): void {
    const id = this.#idAt(at, false);
    if (id !== null) void this.#app.playTrackById(id);
    else this.#app.map.stage.zoom(at, CLICK_ZOOM);
  }

  #follow(drag: Drag, at: Point, isFinger: boolean): void {
    const { pointing, stage } = this.#app.map;
    pointing.hover(drag.kind === 'point' ? this.#idAt(at, isFinger) : null);
    if (drag.kind === 'lasso') this.#loop = [...(this.#loop.length > 0 ? this.#loop : [drag.start]), at];
    else if (drag.kind === 'pan') stage.pan(at.x - drag.last.x, at.y - drag.last.y);
  }

  /** Shows, and lets hear, what the finger holds. */
  #pointFrom(drag: Drag): void {
    if (this.#drag !== drag || drag.hasMoved || drag.kind === 'lasso') return;
    drag.kind = 'point';
    this.#app.map.pointing.hover(this.#idAt(drag.start, true));
  }

  /** The finger that stays moves the map. */
  #panOn(): void {
    const [id, at] = this.#fingers.one ?? [];
    if (id !== undefined && at) this.#drag = { id, start: at, last: at, kind: 'pan', hasMoved: true };
  }

  #click({ at, isAdding, isFinger }: Touch): void {
    const { pointing, selection } = this.#app.map;
    const id = this.#idAt(at, isFinger);
    if (id === null) {
      pointing.focus(null);
      if (selection.count === 1 && !isAdding) selection.clear();
    } else if (isAdding) {
      selection.toggle(id);
    } else {
      selection.take([id], false);
      pointing.focus(id);
      void this.#app.panel.open(id);
    }
  }

  #enclose(isAdding: boolean): void {
    const { stage, filter, selection } = this.#app.map;
    const loop = this.#loop.map((pixel) => toMap(stage.sight, pixel));
    const { trackIds, positions } = stage.scene;
    const inside = enclosed(positions, loop, filter.accepts);
    selection.take(
      inside.map((index) => trackIds[index]!),
      isAdding,
    );
  }

  #idAt(pixel: Point, isFinger: boolean): number | null {
    const { stage, filter } = this.#app.map;
    if (stage.scene.trackIds.length === 0) return null;
    const reachPx = isFinger ? FINGER_REACH_PX : REACH_PX;
    const index = stage.grid.nearest(toMap(stage.sight, pixel), reachPx / pixelsPerUnit(stage.sight), filter.accepts);
    return index < 0 ? null : stage.scene.trackIds[index]!;
  }
}
