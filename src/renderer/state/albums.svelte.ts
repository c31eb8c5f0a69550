// The library as albums: pages of covers for what is searched and chosen, and which one the keyboard is on.
import { type Album, FACETS, type ListedTrack } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { PageCache } from '../lib/page-cache.ts';
import { debounce, throttle } from '../lib/rate-limit.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { TrackList } from './track-list.svelte.ts';

const AFTER_TYPING_MS = 80;
const AFTER_CHANGES_MS = 3000;
const MAX_TRACKS = 1000;

export class Albums {
  #api: Api;
  #toasts: Toasts;
  #list: TrackList;
  #cache: PageCache<Album>;
  #total = $state(0);
  #loaded = $state(false);
  #version = $state(0);
  #visible = { first: 0, last: 0 };
  activeIndex = $state(0);
  readonly followSoon = debounce(() => this.#begin(), AFTER_TYPING_MS);
  readonly #refreshSoon = throttle(() => this.#refresh(), AFTER_CHANGES_MS);

  constructor(api: Api, toasts: Toasts, list: TrackList) {
    this.#api = api;
    this.#toasts = toasts;
    this.#list = list;
    this.#cache = new PageCache<Album>(
      async (offset, limit) => {
        const { search, genre, status, facets, ranges } = list.query;
        const { total, albums } = await api.call('library.albums', { search, genre, status, facets, ranges, offset, limit });
        return { total, rows: albums };
      },
      { onChange: (total) => this.#arrived(total), onFailure: (error) => toasts.fail(error) },
    );
  }

  get total(): number {
    return this.#total;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  listen(): () => void {
    return this.#api.on('tracks.changed', () => this.#loaded && this.#refreshSoon());
  }

  at(index: number): Album | undefined {
    void this.#version;
    return this.#cache.at(index);
  }

  show(first: number, last: number): void {
    this.#visible = { first, last };
    void this.#cache.require(first, last);
  }

  /** The table then shows its tracks in their order on the album. */
  open(album: Album): void {
    const rest = Object.fromEntries(FACETS.map((facet) => [facet, []]));
    this.#list.change({ search: '', facets: { ...rest, album: [album.value] }, ranges: {}, sort: 'path', descending: false });
  }

  /** All of an album in its order; none where they could not be read. */
  async tracksOf({ value }: Album): Promise<readonly ListedTrack[]> {
    try {
      const whole = { facets: { album: [value] }, sort: 'path' as const, limit: MAX_TRACKS };
      return (await this.#api.call('tracks.list', whole)).tracks;
    } catch (error) {
      this.#toasts.fail(error);
      return [];
    }
  }

  #begin(): void {
    this.#cache.restart();
    this.activeIndex = 0;
    this.#visible = { first: 0, last: 0 };
    void this.#cache.require(0, 0);
  }

  #refresh(): void {
    this.#cache.invalidate();
    void this.#cache.require(this.#visible.first, this.#visible.last);
  }

  #arrived(total: number): void {
    this.#total = total;
    this.#loaded = true;
    this.#version += 1;
  }
}
