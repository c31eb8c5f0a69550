// The four stems of a track: whether they are there, and their making. It goes on in the engine when nobody looks.
import type { Api } from '../lib/api.ts';
import { failureText } from '../lib/failure-words.ts';
import type { Toasts } from './toasts.svelte.ts';

export type Separation = { state: 'none' } | { state: 'running'; fraction: number | null } | { state: 'ready' };

export class StemSeparation {
  #api: Api;
  #toasts: Toasts;
  /** Stems that were asked for here have come. */
  #onAwaited: (id: number) => void;
  #id: number | null = null;
  #separation = $state.raw<Separation>({ state: 'none' });
  /** Whoever asked for stems wants to hear them. */
  #isAwaited = false;

  constructor(api: Api, toasts: Toasts, onAwaited: (id: number) => void) {
    this.#api = api;
    this.#toasts = toasts;
    this.#onAwaited = onAwaited;
  }

  get separation(): Separation {
    return this.#separation;
  }

  listen(): () => void {
    const stops = [
      this.#api.on('stems.progress', ({ id, fraction }) => {
        if (id === this.#id) this.#separation = { state: 'running', fraction };
      }),
      this.#api.on('stems.ready', ({ id, failure }) => {
        if (id !== this.#id) return;
        if (!failure) return this.#ready();
        this.#separation = { state: 'none' };
        if (failure.code !== 'cancelled') this.#toasts.tell(failureText(failure), 'failure');
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Another track is looked at. */
  async follow(id: number | null): Promise<void> {
    this.#id = id;
    this.#isAwaited = false;
    this.#separation = { state: 'none' };
    if (id === null) return;
    try {
      const { state } = await this.#api.call('stems.status', { id });
      if (this.#id === id && this.#separation.state === 'none') {
        this.#separation = state === 'running' ? { state, fraction: null } : { state };
      }
    } catch {
      // What keeps this from being known keeps the track itself from being read or played, which is told there.
    }
  }

  async separate(): Promise<void> {
    const id = this.#id;
    if (id === null) return;
    this.#separation = { state: 'running', fraction: null };
    this.#isAwaited = true;
    try {
      const { ready } = await this.#api.call('stems.prepare', { id });
      if (ready && this.#id === id) this.#ready();
    } catch (error) {
      if (this.#id === id) this.#separation = { state: 'none' };
      this.#toasts.fail(error);
    }
  }

  async cancel(): Promise<void> {
    if (this.#id === null) return;
    try {
      await this.#api.call('stems.cancel', { id: this.#id });
      this.#separation = { state: 'none' };
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  #ready(): void {
    this.#separation = { state: 'ready' };
    const isAwaited = this.#isAwaited;
    this.#isAwaited = false;
    if (isAwaited && this.#id !== null) this.#onAwaited(this.#id);
  }
}
