// The facets beside the library's table: what is chosen, and how many tracks each value or stretch has under the search and the rest.
// Counts follow the table by a moment, so that they never hold up typing.
import {
  type Facet,
  type FacetCounts,
  type NumberRange,
  narrows,
  type RangeCounts,
  type RangeField,
} from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { debounce, throttle } from '../lib/rate-limit.ts';
import { recall, remember } from '../lib/remembered.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { TrackList } from './track-list.svelte.ts';

const AFTER_TYPING_MS = 200;
/** A scan changes the library all the time. */
const AFTER_CHANGES_MS = 3000;
const OPEN_AT_FIRST: readonly Facet[] = ['genre', 'label', 'decade', 'energy'];

export class Facets {
  #api: Api;
  #toasts: Toasts;
  #list: TrackList;
  #counts = $state.raw<readonly FacetCounts[]>([]);
  #ranges = $state.raw<readonly RangeCounts[]>([]);
  #isOpen = $state<boolean>(recall('facets.open', false));
  #unfolded = $state.raw<ReadonlySet<string>>(new Set(recall('facets.unfolded', OPEN_AT_FIRST.join(' ')).split(' ')));
  #nRequests = 0;
  /** The question may have changed. */
  readonly followSoon = debounce(() => void this.#count(), AFTER_TYPING_MS);
  readonly #recountSoon = throttle(() => void this.#count(), AFTER_CHANGES_MS);

  constructor(api: Api, toasts: Toasts, list: TrackList) {
    this.#api = api;
    this.#toasts = toasts;
    this.#list = list;
  }

  /** Beside the table. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen;
    remember('facets.open', isOpen);
    if (isOpen) void this.#count();
  }

  /** Empty until they were counted. */
  get counts(): readonly FacetCounts[] {
    return this.#counts;
  }

  /** Ends and bars of each range; empty until they were counted. */
  get ranges(): readonly RangeCounts[] {
    return this.#ranges;
  }

  get isNarrowing(): boolean {
    return narrows(this.#list.query.facets, this.#list.query.ranges);
  }

  listen(): () => void {
    return this.#api.on('tracks.changed', () => this.#isOpen && this.#recountSoon());
  }

  isUnfolded(facet: Facet | RangeField): boolean {
    return this.#unfolded.has(facet);
  }

  fold(facet: Facet | RangeField): void {
    const unfolded = new Set(this.#unfolded);
    if (!unfolded.delete(facet)) unfolded.add(facet);
    this.#unfolded = unfolded;
    remember('facets.unfolded', [...unfolded].join(' '));
  }

  chosen(facet: Facet): readonly string[] {
    return this.#list.query.facets[facet] ?? [];
  }

  toggle(facet: Facet, value: string): void {
    const chosen = this.chosen(facet);
    this.choose(facet, chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  }

  choose(facet: Facet, values: readonly string[]): void {
    this.#list.change({ facets: { ...this.#list.query.facets, [facet]: [...values] } });
  }

  rangeOf(field: RangeField): NumberRange {
    return this.#list.query.ranges[field] ?? { from: null, to: null };
  }

  /** Null leaves an end open; ends the wrong way round are turned. */
  setRange(field: RangeField, from: number | null, to: number | null): void {
    const isTurned = from !== null && to !== null && from > to;
    const range = isTurned ? { from: to, to: from } : { from, to };
    this.#list.change({ ranges: { ...this.#list.query.ranges, [field]: range } });
  }

  async #count(): Promise<void> {
    const request = ++this.#nRequests;
    const { search, genre, status, facets, ranges } = this.#list.query;
    try {
      const counts = await this.#api.call('library.facets', { search, genre, status, facets, ranges });
      if (request !== this.#nRequests) return;
      this.#counts = counts.facets;
      this.#ranges = counts.ranges;
    } catch (error) {
      if (request === this.#nRequests) this.#toasts.fail(error);
    }
  }
}
