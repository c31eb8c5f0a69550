// What the library's folder holds, counted when asked for, and the freeing of what may go.
import type { FreeablePart, StorageSummary } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import type { Toasts } from './toasts.svelte.ts';

export class StorageUse {
  #api: Api;
  #toasts: Toasts;
  #summary = $state.raw<StorageSummary | null>(null);
  #freeing = $state<FreeablePart | null>(null);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  /** Null until it was counted. */
  get summary(): StorageSummary | null {
    return this.#summary;
  }

  /** What is being freed just now. */
  get freeing(): FreeablePart | null {
    return this.#freeing;
  }

  async read(): Promise<void> {
    try {
      this.#summary = await this.#api.call('storage.summary', {});
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async free(part: FreeablePart): Promise<void> {
    if (this.#freeing !== null) return;
    this.#freeing = part;
    try {
      this.#summary = await this.#api.call('storage.free', { parts: [part] });
    } catch (error) {
      this.#toasts.fail(error);
    } finally {
      this.#freeing = null;
    }
  }
}
