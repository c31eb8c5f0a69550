// How the map changed: the maps that were drawn of one source, stepped through or played from the oldest on.
import type { MapSource, MapSummary } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import type { Toasts } from './toasts.svelte.ts';

const [STEP_MS, PLAY_MS, REST_MS] = [900, 1400, 700];

export class MapHistory {
  #api: Api;
  #toasts: Toasts;
  #show: (map: MapSummary, durationMs: number) => Promise<void>;
  #maps = $state.raw<readonly MapSummary[]>([]);
  #at = $state(-1);
  #isPlaying = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, toasts: Toasts, show: (map: MapSummary, durationMs: number) => Promise<void>) {
    this.#api = api;
    this.#toasts = toasts;
    this.#show = show;
  }

  /** Oldest first. */
  get maps(): readonly MapSummary[] {
    return this.#maps;
  }

  /** Place of the map that is shown. */
  get at(): number {
    return this.#at;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  get isAtNewest(): boolean {
    return this.#at === this.#maps.length - 1;
  }

  /** Reads the list; the newest map is the one that is shown. */
  async read(source: MapSource): Promise<void> {
    this.stop();
    try {
      const { maps } = await this.#api.call('map.list', { source });
      this.#maps = maps.toReversed();
      this.#at = this.#maps.length - 1;
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async goTo(at: number): Promise<void> {
    this.stop();
    await this.#go(at, STEP_MS);
  }

  /** From the oldest map to the newest. */
  play(): void {
    if (this.#maps.length < 2) return;
    this.#isPlaying = true;
    void this.#playFrom(this.isAtNewest ? 0 : this.#at);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#isPlaying = false;
  }

  async #playFrom(at: number): Promise<void> {
    await this.#go(at, PLAY_MS);
    if (!this.#isPlaying) return;
    if (this.isAtNewest) this.#isPlaying = false;
    else this.#timer = setTimeout(() => void this.#playFrom(at + 1), PLAY_MS + REST_MS);
  }

  async #go(at: number, durationMs: number): Promise<void> {
    const map = this.#maps[at];
    if (!map) return;
    this.#at = at;
    await this.#show(map, durationMs);
  }
}
