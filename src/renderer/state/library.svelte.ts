// What the library holds as a whole: counts, roots, genres; and what the host can do.
import type { CommandOutput } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { throttle } from '../lib/rate-limit.ts';
import type { Toasts } from './toasts.svelte.ts';

export type LibrarySummary = CommandOutput<'library.summary'>;
export type HostCapabilities = CommandOutput<'host.capabilities'>;

const REFRESH_MS = 1000;

export class Library {
  #api: Api;
  #toasts: Toasts;
  #summary = $state.raw<LibrarySummary | null>(null);
  #host = $state.raw<HostCapabilities | null>(null);
  refreshSoon = throttle(() => void this.refresh(), REFRESH_MS);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  /** Null until the engine has answered. */
  get summary(): LibrarySummary | null {
    return this.#summary;
  }

  get host(): HostCapabilities | null {
    return this.#host;
  }

  get nTracks(): number {
    const counts = this.#summary?.counts;
    return counts ? counts.analysed + counts.failed + counts.missing + counts.pending : 0;
  }

  /** Nothing was ever scanned. */
  get isEmpty(): boolean {
    return this.#summary !== null && this.nTracks === 0 && this.#summary.roots.length === 0;
  }

  listen(): () => void {
    return this.#api.on('tracks.changed', () => this.refreshSoon());
  }

  async refresh(): Promise<void> {
    try {
      this.#summary = await this.#api.call('library.summary', {});
      this.#host ??= await this.#api.call('host.capabilities', {});
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async removeRoot(path: string): Promise<void> {
    try {
      await this.#api.call('library.removeRoot', { path });
      await this.refresh();
    } catch (error) {
      this.#toasts.fail(error);
    }
  }
}
