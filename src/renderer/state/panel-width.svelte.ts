// How wide the track's panel is: a person's choice, kept in this window's storage.
import { recall, remember } from '../lib/remembered.ts';

const KEY = 'panel.width';
export const LEAST_PANEL_PX = 320;
export const MOST_PANEL_PX = 1200;
/** Room for two columns. */
const LARGE_PX = 760;

export class PanelWidth {
  #px = $state<number | null>(recall<number>(KEY, 0) || null);

  /** Null = the usual width, which follows the window's. The window keeps room for the list beside it. */
  get px(): number | null {
    return this.#px;
  }

  get isLarge(): boolean {
    return this.#px !== null && this.#px >= LARGE_PX;
  }

  set(px: number): void {
    this.#px = Math.round(Math.min(MOST_PANEL_PX, Math.max(LEAST_PANEL_PX, px)));
    remember(KEY, this.#px);
  }

  reset(): void {
    this.#px = null;
    remember(KEY, 0);
  }

  toggleLarge(): void {
    if (this.isLarge) this.reset();
    else this.set(LARGE_PX);
  }
}
