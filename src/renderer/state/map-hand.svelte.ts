// Pointer and keys on the map: pan, zoom, point, click, lasso, and moving from point to point.
import { pixelsPerUnit, toMap } from '../lib/map-camera.ts';
import { placeOf } from '../lib/map-columns.ts';
import type { Direction } from '../lib/map-grid.ts';
import { enclosed } from '../lib/map-lasso.ts';
import type { Point } from '../lib/map-scene.ts';
import type { AppState } from './app-state.svelte.ts';

interface Drag {
  start: Point;
  last: Point;
  isLasso: boolean;
  hasMoved: boolean;
}

/** What a pointer event tells. */
export interface Touch {
  at: Point;
  isAdding: boolean;
  isLasso: boolean;
}

/** A hand that trembles still clicks. */
const CLICK_SLOP_PX = 4;
const REACH_PX = 14;
const [PAN_STEP_PX, KEY_ZOOM, CLICK_ZOOM] = [80, 1.5, 2.2];
const REVEAL_MARGIN_PX = 60;
const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const PANS: Readonly<Record<Direction, readonly [number, number]>> = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] };

export class MapHand {
  #app: AppState;
  #isLasso = $state(false);
  #loop = $state.raw<readonly Point[]>([]);
  #drag: Drag | null = null;

  constructor(app: AppState) {
    this.#app = app;
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

  press({ at, isLasso }: Touch): void {
    this.#drag = { start: at, last: at, isLasso: isLasso || this.#isLasso, hasMoved: false };
  }

  move({ at }: Touch): void {
    const drag = this.#drag;
    if (!drag) {
      this.#app.map.pointing.hover(this.#idAt(at));
      return;
    }
    drag.hasMoved ||= Math.hypot(at.x - drag.start.x, at.y - drag.start.y) > CLICK_SLOP_PX;
    if (!drag.hasMoved) return;
    this.#app.map.pointing.hover(null);
    if (drag.isLasso) this.#loop = [...(this.#loop.length > 0 ? this.#loop : [drag.start]), at];
    else this.#app.map.stage.pan(at.x - drag.last.x, at.y - drag.last.y);
    drag.last = at;
  }

  release(touch: Touch): void {
    const drag = this.#drag;
    this.#drag = null;
    if (!drag) return;
    if (!drag.hasMoved) this.#click(touch);
    else if (drag.isLasso) this.#enclose(touch.isAdding);
    this.#loop = [];
  }

  /** The pointer has gone, or the system took it away. */
  leave(): void {
    this.#drag = null;
    this.#loop = [];
    this.#app.map.pointing.hover(null);
  }

  zoom(at: Point, factor: number): void {
    this.#app.map.stage.zoom(at, factor);
  }

  /** On a track it plays, elsewhere it zooms in. */
  doubleClick(at: Point): void {
    const id = this.#idAt(at);
    if (id !== null) void this.#app.playTrackById(id);
    else this.#app.map.stage.zoom(at, CLICK_ZOOM);
  }

  /** What a key means here; null = nothing. */
  actionFor({ key, shiftKey }: KeyboardEvent): (() => void) | null {
    const { stage, pointing, selection } = this.#app.map;
    const focused = pointing.focusedId;
    const direction = DIRECTIONS[key];
    if (direction) return shiftKey ? null : () => this.#go(direction);
    switch (key) {
      case '+':
      case '=':
        return () => stage.zoomMiddle(KEY_ZOOM);
      case '-':
        return () => stage.zoomMiddle(1 / KEY_ZOOM);
      case '0':
        return () => stage.fit();
      case 'Enter':
        return () => (focused === null ? this.#focusMiddle() : void this.#app.panel.open(focused));
      case ' ':
        return focused === null ? null : () => void this.#app.playTrackById(focused);
      case 's':
        return focused === null ? null : () => selection.toggle(focused);
      case 'l':
        return () => this.#label();
      case 'p':
        return () => this.#addToPlaylist();
      case 'Escape':
        return this.#escape();
      default:
        return null;
    }
  }

  /** Gives a track the focus, and shows where it is. */
  focus(id: number): void {
    const { stage, pointing } = this.#app.map;
    const index = placeOf(stage.scene.trackIds, id);
    if (index < 0) return;
    pointing.focus(id);
    stage.reveal(index, REVEAL_MARGIN_PX);
    if (this.#app.panel.id !== null) void this.#app.panel.open(id);
  }

  #click({ at, isAdding }: Touch): void {
    const { pointing, selection } = this.#app.map;
    const id = this.#idAt(at);
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
    const { stage, colours, selection } = this.#app.map;
    const loop = this.#loop.map((pixel) => toMap(stage.sight, pixel));
    const { trackIds, positions } = stage.scene;
    const inside = enclosed(positions, loop, colours.accepts);
    selection.take(
      inside.map((index) => trackIds[index]!),
      isAdding,
    );
  }

  #go(direction: Direction): void {
    const { stage, pointing, colours } = this.#app.map;
    const { trackIds } = stage.scene;
    const from = pointing.focusedId === null ? -1 : placeOf(trackIds, pointing.focusedId);
    if (from < 0) {
      const [x, y] = PANS[direction];
      stage.pan(x * PAN_STEP_PX, y * PAN_STEP_PX);
      return;
    }
    const next = stage.grid.towards(from, direction, colours.accepts);
    if (next >= 0) this.focus(trackIds[next]!);
  }

  #focusMiddle(): void {
    const { stage, colours } = this.#app.map;
    const index = stage.pick(stage.sight.camera, Infinity, colours.accepts);
    if (index >= 0) this.focus(stage.scene.trackIds[index]!);
  }

  #label(): void {
    const { pointing, selection } = this.#app.map;
    if (selection.count === 0 && pointing.focusedId !== null) selection.take([pointing.focusedId], false);
    selection.label();
  }

  /** The selected tracks, or the one with the focus. */
  #addToPlaylist(): void {
    const { pointing, selection } = this.#app.map;
    const ids = selection.count > 0 ? [...selection.ids] : pointing.focusedId === null ? [] : [pointing.focusedId];
    this.#app.playlists.adding.offer(ids);
  }

  #escape(): (() => void) | null {
    const { pointing, selection } = this.#app.map;
    if (this.#isLasso) return () => this.toggleLasso();
    if (selection.count > 1) return () => selection.clear();
    if (pointing.focusedId !== null) return () => pointing.focus(null);
    return null;
  }

  #idAt(pixel: Point): number | null {
    const { stage, colours } = this.#app.map;
    if (stage.scene.trackIds.length === 0) return null;
    const place = toMap(stage.sight, pixel);
    const index = stage.grid.nearest(place, REACH_PX / pixelsPerUnit(stage.sight), colours.accepts);
    return index < 0 ? null : stage.scene.trackIds[index]!;
  }
}
