// Keys on the map: looking around, moving from point to point, and what is done with the point that has the focus.
import { placeOf } from '../lib/map-columns.ts';
import type { Direction } from '../lib/map-grid.ts';
import type { AppState } from './app-state.svelte.ts';

type Action = () => void;

export const MAP_SEARCH_ID = 'map-search';
const [PAN_STEP_PX, KEY_ZOOM] = [80, 1.5];
const REVEAL_MARGIN_PX = 60;
const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const PANS: Readonly<Record<Direction, readonly [number, number]>> = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] };

export class MapKeys {
  #app: AppState;
  #lasso: { isLasso: boolean; toggleLasso(): void };

  constructor(app: AppState, lasso: { isLasso: boolean; toggleLasso(): void }) {
    this.#app = app;
    this.#lasso = lasso;
  }

  /** What a key means here; null = nothing. */
  actionFor({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): Action | null {
    if (ctrlKey || metaKey) return key === 'a' ? () => this.#selectAll() : null;
    const direction = DIRECTIONS[key];
    if (direction) return () => this.#go(direction, shiftKey);
    return this.#lookFor(key) ?? this.#actFor(key);
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

  #lookFor(key: string): Action | null {
    const { stage } = this.#app.map;
    switch (key) {
      case '+':
      case '=':
        return () => stage.zoomMiddle(KEY_ZOOM);
      case '-':
        return () => stage.zoomMiddle(1 / KEY_ZOOM);
      case '0':
        return () => stage.fit();
      case '/':
        return () => document.getElementById(MAP_SEARCH_ID)?.focus();
      default:
        return null;
    }
  }

  #actFor(key: string): Action | null {
    const { pointing, selection } = this.#app.map;
    const focused = pointing.focusedId;
    switch (key) {
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

  #go(direction: Direction, isSelecting: boolean): void {
    const { stage, pointing, filter, selection } = this.#app.map;
    const { trackIds } = stage.scene;
    const from = pointing.focusedId === null ? -1 : placeOf(trackIds, pointing.focusedId);
    if (from < 0) {
      const [x, y] = PANS[direction];
      stage.pan(x * PAN_STEP_PX, y * PAN_STEP_PX);
      return;
    }
    const next = stage.grid.towards(from, direction, filter.accepts);
    if (next < 0) return;
    if (isSelecting) selection.take([trackIds[from]!, trackIds[next]!], true);
    this.focus(trackIds[next]!);
  }

  #focusMiddle(): void {
    const { stage, filter } = this.#app.map;
    const index = stage.pick(stage.sight.camera, Infinity, filter.accepts);
    if (index >= 0) this.focus(stage.scene.trackIds[index]!);
  }

  /** All that the legend and the search leave. */
  #selectAll(): void {
    const { filter, selection } = this.#app.map;
    selection.take(filter.shownIds(), false);
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

  #escape(): Action | null {
    const { pointing, selection, filter } = this.#app.map;
    if (this.#lasso.isLasso) return () => this.#lasso.toggleLasso();
    if (selection.count > 1) return () => selection.clear();
    if (pointing.focusedId !== null) return () => pointing.focus(null);
    return filter.text === '' ? null : () => filter.search('');
  }
}
