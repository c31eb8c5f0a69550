// Tracks selected on the map, and what is done with them.
import type { Api } from '../lib/api.ts';
import { countOf } from '../lib/format.ts';
import type { Labels } from './labels.svelte.ts';
import type { Player } from './player.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export class MapSelection {
  #api: Api;
  #toasts: Toasts;
  #labels: Labels;
  #player: Player;
  #ids = $state.raw<ReadonlySet<number>>(new Set());

  constructor(api: Api, toasts: Toasts, labels: Labels, player: Player) {
    this.#api = api;
    this.#toasts = toasts;
    this.#labels = labels;
    this.#player = player;
  }

  get ids(): ReadonlySet<number> {
    return this.#ids;
  }

  get count(): number {
    return this.#ids.size;
  }

  /** In place of what was selected, or beside it. */
  take(ids: Iterable<number>, isAdded: boolean): void {
    this.#ids = new Set(isAdded ? [...this.#ids, ...ids] : ids);
  }

  toggle(id: number): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#ids = ids;
  }

  clear(): void {
    this.#ids = new Set();
  }

  label(): void {
    if (this.count === 0) return;
    this.#labels.target = { target: { kind: 'tracks', ids: [...this.#ids] }, name: countOf(this.count, 'track') };
  }

  /** One after the other, from the first. */
  async play(): Promise<void> {
    const ids = [...this.#ids];
    const [first] = ids;
    if (first === undefined) return;
    try {
      this.#player.play(await this.#api.call('tracks.get', { id: first }), { ids, index: 0 });
    } catch (error) {
      this.#toasts.fail(error);
    }
  }
}
