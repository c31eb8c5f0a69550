// The person's settings as the engine keeps them, and the theme put on the page.
import { DEFAULT_SETTINGS, type Settings } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import type { Toasts } from './toasts.svelte.ts';

export class SettingsState {
  #api: Api;
  #toasts: Toasts;
  #value = $state.raw<Settings>(DEFAULT_SETTINGS);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  get value(): Settings {
    return this.#value;
  }

  listen(): () => void {
    return this.#api.on('settings.changed', () => void this.refresh());
  }

  async refresh(): Promise<void> {
    try {
      this.#value = await this.#api.call('settings.get', {});
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  /** Shows the change at once; the engine's answer has the last word. */
  async change(change: Partial<Settings>): Promise<void> {
    const before = this.#value;
    this.#value = { ...before, ...change };
    try {
      this.#value = await this.#api.call('settings.set', change);
    } catch (error) {
      this.#value = before;
      this.#toasts.fail(error);
    }
  }
}
