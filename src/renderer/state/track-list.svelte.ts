// One list of tracks as a person narrows and sorts it: a query, pages of its answer, and the active row.
import { type CommandParsed, type ListedTrack, narrows, type TrackSort } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { PageCache } from '../lib/page-cache.ts';
import { throttle } from '../lib/rate-limit.ts';
import { Selection } from './selection.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** What is asked for, whatever the page. */
export type TrackQuery = Omit<CommandParsed<'tracks.list'>, 'offset' | 'limit'>;

/** The first letter is searched for at once; fast typing is thinned to this. */
const SEARCH_INTERVAL_MS = 60;
const REFRESH_MS = 1000;
const MAX_PAGE = 1000;
/** A screen and what is scrolled to next; more would only delay what is searched for. */
const PAGE_SIZE = 64;
export const EVERYTHING: TrackQuery = {
  search: '',
  genre: null,
  status: null,
  playlistId: null,
  facets: {},
  ranges: {},
  ids: null,
  sort: 'artist',
  descending: false,
};
/** Columns where the large value is what one looks for first. */
const DESCENDING_FIRST: readonly TrackSort[] = ['confidence', 'energy', 'addedAt', 'nPlays', 'lastPlayedAt', 'bitRate'];

export class TrackList {
  #api: Api;
  #cache: PageCache<ListedTrack>;
  #query = $state.raw<TrackQuery>(EVERYTHING);
  #total = $state(0);
  #loaded = $state(false);
  /** Counts arrivals of rows: reading `at` depends on it. */
  #version = $state(0);
  #activeIndex = $state(-1);
  readonly selection = new Selection(this);
  #visible = { first: 0, last: 0 };
  #beginSoon = throttle(() => this.#begin(), SEARCH_INTERVAL_MS);
  #refreshSoon = throttle(() => this.#refresh(), REFRESH_MS);
  #onQuery: (query: TrackQuery) => void;

  /** @param onQuery told of every other question */
  constructor(api: Api, toasts: Toasts, query: Partial<TrackQuery> = {}, onQuery: (query: TrackQuery) => void = () => {}) {
    this.#api = api;
    this.#onQuery = onQuery;
    this.#query = { ...EVERYTHING, ...query };
    this.#cache = new PageCache<ListedTrack>(
      async (offset, limit) => {
        const { total, tracks } = await api.call('tracks.list', { ...this.#query, offset, limit });
        return { total, rows: tracks };
      },
      { onChange: (total) => this.#arrived(total), onFailure: (error) => toasts.fail(error) },
      { pageSize: PAGE_SIZE, maxPages: 100 },
    );
  }

  get query(): TrackQuery {
    return this.#query;
  }

  get total(): number {
    return this.#total;
  }

  /** False until the first answer to the present query. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get activeIndex(): number {
    return this.#activeIndex;
  }

  set activeIndex(index: number) {
    this.#activeIndex = index;
  }

  get isNarrowed(): boolean {
    const { search, genre, status, facets, ranges } = this.#query;
    return search !== '' || genre !== null || status !== null || narrows(facets, ranges);
  }

  listen(): () => void {
    return this.#api.on('tracks.changed', () => this.#refreshSoon());
  }

  at(index: number): ListedTrack | undefined {
    void this.#version;
    return this.#cache.at(index);
  }

  indexOf(id: number): number {
    void this.#version;
    return this.#cache.findIndex((track) => track.id === id);
  }

  /** The rows on screen: their pages are fetched when absent. */
  show(first: number, last: number): void {
    this.#visible = { first, last };
    void this.#cache.require(first, last);
  }

  async ready(index: number): Promise<ListedTrack | undefined> {
    await this.#cache.require(index, index);
    return this.#cache.at(index);
  }

  /** Ids of the rows from one to another, both included. */
  async idsBetween(first: number, last: number): Promise<number[]> {
    const ids: number[] = [];
    for (let offset = first; offset <= last; offset += MAX_PAGE) {
      const limit = Math.min(MAX_PAGE, last + 1 - offset);
      const { tracks } = await this.#api.call('tracks.list', { ...this.#query, offset, limit });
      ids.push(...tracks.map(({ id }) => id));
    }
    return ids;
  }

  change(change: Partial<TrackQuery>): void {
    this.#query = { ...this.#query, ...change };
    this.#onQuery(this.#query);
    if (Object.keys(change).join() === 'search') this.#beginSoon();
    else this.#begin();
  }

  /** Everything is found again; the order stays. */
  widen(): void {
    this.change({ search: '', genre: null, status: null, facets: {}, ranges: {} });
  }

  /** First press sorts, the second turns the order round. */
  sortBy(sort: TrackSort): void {
    const again = this.#query.sort === sort;
    this.change({ sort, descending: again ? !this.#query.descending : DESCENDING_FIRST.includes(sort) });
  }

  /** Reads again what is on screen, keeping what is shown until the answer comes. */
  reload(): void {
    this.#refresh();
  }

  #begin(): void {
    this.#beginSoon.cancel();
    this.#cache.restart();
    this.#activeIndex = -1;
    this.selection.clear();
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
    if (this.#activeIndex >= total) this.#activeIndex = total - 1;
  }
}
