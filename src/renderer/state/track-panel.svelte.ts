// The track whose panel is open, and everything known about it.
import type { TrackDetail } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { throttle } from '../lib/rate-limit.ts';
import { recall, remember } from '../lib/remembered.ts';
import { PanelWidth } from './panel-width.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The panel's heading, which takes the focus when its track changes from inside. */
export const PANEL_TITLE_ID = 'track-panel-title';

const REFRESH_MS = 800;
const KEY = 'panel.track';
const NONE = 0;

export class TrackPanel {
  readonly width = new PanelWidth();
  #api: Api;
  #toasts: Toasts;
  #id = $state<number | null>(null);
  #detail = $state.raw<TrackDetail | null>(null);
  /** Counts analyses of the open track, so that its pictures are read again. */
  #version = $state(0);
  #windowIndex = $state(0);
  /** Tracks that were left for one that sounds like them. */
  #trail = $state.raw<readonly number[]>([]);
  #refreshSoon = throttle(() => void this.#read(), REFRESH_MS);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  get id(): number | null {
    return this.#id;
  }

  get detail(): TrackDetail | null {
    return this.#detail;
  }

  get version(): number {
    return this.#version;
  }

  /** Of the analysis: the window whose spectrogram is shown. */
  get windowIndex(): number {
    return Math.min(this.#windowIndex, Math.max(0, (this.#detail?.windows.length ?? 0) - 1));
  }

  set windowIndex(index: number) {
    this.#windowIndex = index;
  }

  get canGoBack(): boolean {
    return this.#trail.length > 0;
  }

  listen(): () => void {
    return this.#api.on('tracks.changed', ({ ids }) => {
      if (this.#id !== null && (ids === null || ids.includes(this.#id))) this.#refreshSoon();
    });
  }

  /** The track that was open when the window was closed, if the library still has it. */
  async restore(): Promise<void> {
    const id = recall<number>(KEY, NONE);
    if (id === NONE || this.#id !== null) return;
    try {
      await this.#api.call('tracks.get', { id });
    } catch {
      remember(KEY, NONE);
      return;
    }
    if (this.#id === null) await this.#show(id);
  }

  async open(id: number): Promise<void> {
    if (this.#id === id) return;
    this.#trail = [];
    await this.#show(id);
  }

  /** Opens a track named in the panel; `back` returns to the present one. */
  async follow(id: number): Promise<void> {
    if (this.#id === null || this.#id === id) return;
    this.#trail = [...this.#trail, this.#id];
    await this.#show(id);
  }

  async back(): Promise<void> {
    const id = this.#trail.at(-1);
    if (id === undefined) return;
    this.#trail = this.#trail.slice(0, -1);
    await this.#show(id);
  }

  close(): void {
    this.#id = null;
    this.#detail = null;
    this.#trail = [];
    remember(KEY, NONE);
  }

  async #show(id: number): Promise<void> {
    this.#id = id;
    remember(KEY, id);
    this.#windowIndex = 0;
    await this.#read();
  }

  async #read(): Promise<void> {
    const id = this.#id;
    if (id === null) return;
    try {
      const detail = await this.#api.call('tracks.get', { id });
      if (this.#id !== id) return;
      const again = this.#detail?.id === id && this.#detail.analysedAtMs !== detail.analysedAtMs;
      if (again) this.#version += 1;
      this.#detail = detail;
    } catch (error) {
      if (this.#id === id) this.close();
      this.#toasts.fail(error);
    }
  }
}
