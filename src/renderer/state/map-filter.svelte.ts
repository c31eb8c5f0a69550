// Which points of the map are shown: those whose entry of the legend is, and that a search finds.
import type { Api } from '../lib/api.ts';
import { cameraOn } from '../lib/map-camera.ts';
import { debounce } from '../lib/rate-limit.ts';
import type { MapColours } from './map-colours.svelte.ts';
import type { MapStage } from './map-stage.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

const REST_MS = 60;

export class MapFilter {
  #api: Api;
  #toasts: Toasts;
  #stage: MapStage;
  #colours: MapColours;
  #text = $state('');
  /** Null = no search. */
  #found = $state.raw<ReadonlySet<number> | null>(null);
  #nRequests = 0;
  #findSoon = debounce(() => void this.#find(), REST_MS);

  constructor(api: Api, toasts: Toasts, stage: MapStage, colours: MapColours) {
    this.#api = api;
    this.#toasts = toasts;
    this.#stage = stage;
    this.#colours = colours;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether the point at this place of the scene is shown. */
  accepts = (index: number): boolean =>
    this.#colours.accepts(index) && (this.#found === null || this.#found.has(this.#stage.scene.trackIds[index]!));

  /** How many points the search leaves; null without a search. */
  get nShown(): number | null {
    return this.#found === null ? null : this.shownIds().length;
  }

  shownIds(): number[] {
    return [...this.#stage.scene.trackIds].filter((_, index) => this.accepts(index));
  }

  /** Words of title, artist, album, genre or path; nothing = all. */
  search(text: string): void {
    this.#text = text;
    this.#nRequests += 1;
    if (text.trim() === '') {
      this.#findSoon.cancel();
      this.#found = null;
    } else this.#findSoon();
  }

  /** Flies to what is shown. */
  look(): void {
    const { scene, sight } = this.#stage;
    const places = [...scene.trackIds.keys()].filter(this.accepts).map((index) => this.#stage.placeOf(index));
    if (places.length > 0) this.#stage.flyTo(cameraOn(sight, places));
  }

  async #find(): Promise<void> {
    const request = ++this.#nRequests;
    try {
      const { ids } = await this.#api.call('tracks.ids', { search: this.#text });
      if (request === this.#nRequests) this.#found = new Set(ids);
    } catch (error) {
      this.#toasts.fail(error);
    }
  }
}
