// The track whose panel is open: everything known about it, and its separation for listening.
import type { TrackDetail } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { throttle } from '../lib/rate-limit.ts';
import { recall, remember } from '../lib/remembered.ts';
import { PanelWidth } from './panel-width.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export type Separation = { state: 'none' } | { state: 'running'; fraction: number | null } | { state: 'ready' };

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
  #separation = $state.raw<Separation>({ state: 'none' });
  /** Counts analyses of the open track, so that its pictures are read again. */
  #version = $state(0);
  #windowIndex = $state(0);
  #requestedId: number | null = null;
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

  get separation(): Separation {
    return this.#separation;
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
    const stops = [
      this.#api.on('tracks.changed', ({ ids }) => {
        if (this.#id !== null && (ids === null || ids.includes(this.#id))) this.#refreshSoon();
      }),
      this.#api.on('stems.progress', ({ id, fraction }) => {
        if (id === this.#id) this.#separation = { state: 'running', fraction };
      }),
      this.#api.on('stems.ready', ({ id, failure }) => {
        if (id !== this.#id) return;
        this.#separation = { state: failure ? 'none' : 'ready' };
        if (failure && failure.code !== 'cancelled') this.#toasts.tell(failure.message, 'failure');
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
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
    this.#separation = { state: 'none' };
    await Promise.all([this.#read(), this.#readSeparation(id)]);
  }

  async separate(): Promise<void> {
    const id = this.#id;
    if (id === null) return;
    this.#separation = { state: 'running', fraction: null };
    this.#requestedId = id;
    try {
      const { ready } = await this.#api.call('stems.prepare', { id });
      if (ready && this.#id === id) this.#separation = { state: 'ready' };
    } catch (error) {
      if (this.#id === id) this.#separation = { state: 'none' };
      this.#toasts.fail(error);
    }
  }

  /** True once after the open track's stems were asked for here: they are then played without another press. */
  consumeRequest(): boolean {
    const requested = this.#id !== null && this.#requestedId === this.#id;
    this.#requestedId = null;
    return requested;
  }

  async cancelSeparation(): Promise<void> {
    if (this.#id === null) return;
    try {
      await this.#api.call('stems.cancel', { id: this.#id });
      this.#separation = { state: 'none' };
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  /** Stems may be there from another day, or on their way since this panel was last open. */
  async #readSeparation(id: number): Promise<void> {
    try {
      const { state } = await this.#api.call('stems.status', { id });
      if (this.#id !== id || this.#separation.state !== 'none') return;
      this.#separation = state === 'running' ? { state, fraction: null } : { state };
    } catch {
      // What keeps this from being known keeps the track itself from being read, which is told there.
    }
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
