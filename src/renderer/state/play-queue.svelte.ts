// What plays next: the list a track was played from, in its order or shuffled, and before that whatever a person put in by hand.
import type { ListedTrack } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { keepQueue, keptQueue } from '../lib/kept-queue.ts';
import { throttle } from '../lib/rate-limit.ts';
import { recall, remember } from '../lib/remembered.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { TrackQuery } from './track-list.svelte.ts';

/** Where a track was played from: the list as it was then, or tracks chosen by hand. */
export type PlayOrigin = { query: TrackQuery; index: number } | { ids: readonly number[]; index: number };
export type Repeat = 'off' | 'all' | 'one';

export interface QueueEntry {
  /** A track may be in the queue twice. */
  key: number;
  id: number;
  /** Put in by a person, not from the list. */
  isByHand: boolean;
}

/** Names are asked for as far as the queue is shown. */
export const SHOWN_ENTRIES = 100;
const KEEP_MS = 1000;
const REPEATS: readonly Repeat[] = ['off', 'all', 'one'];

export class PlayQueue {
  #api: Api;
  #toasts: Toasts;
  /** Played, playing and to come. */
  #entries = $state.raw<readonly QueueEntry[]>([]);
  #at = $state(-1);
  #shuffles = $state<boolean>(recall('shuffle', false));
  #repeat = $state<Repeat>(REPEATS.find((repeat) => repeat === recall<string>('repeat', 'off')) ?? 'off');
  #names = $state.raw<ReadonlyMap<number, ListedTrack>>(new Map());
  isOpen = $state(false);
  /** The list in its own order, for leaving the shuffle. */
  #list: readonly number[] = [];
  /** Of the track that plays; null before the first. */
  #path: string | null = null;
  #keepSoon = throttle(
    () => this.#path !== null && keepQueue({ entries: this.#entries, at: this.#at, path: this.#path }),
    KEEP_MS,
  );
  #nKeys = 0;
  #nRequests = 0;

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  get shuffles(): boolean {
    return this.#shuffles;
  }

  get repeat(): Repeat {
    return this.#repeat;
  }

  /** After the present one, in playing order. */
  get upcoming(): readonly QueueEntry[] {
    return this.#entries.slice(this.#at + 1);
  }

  /** What is known of a queued track; undefined until it was asked for. */
  named(id: number): ListedTrack | undefined {
    return this.#names.get(id);
  }

  /** The entry a step away; null at the ends of a queue that does not repeat. */
  beside(step: 1 | -1): QueueEntry | null {
    const next = this.#entries[this.#at + step];
    if (next || this.#repeat !== 'all') return next ?? null;
    return (step === 1 ? this.#entries[0] : this.#entries.at(-1)) ?? null;
  }

  /** A track was played from somewhere: what follows there follows here. */
  async start(id: number, origin: PlayOrigin | null): Promise<void> {
    const request = ++this.#nRequests;
    const byHand = this.upcoming.filter(({ isByHand }) => isByHand);
    this.#list = [id];
    this.#set([this.#entry(id), ...byHand], 0);
    if (origin === null) return;
    try {
      const ids = 'ids' in origin ? origin.ids : (await this.#api.call('tracks.ids', origin.query)).ids;
      if (request === this.#nRequests) this.#follow(ids, ids[origin.index] === id ? origin.index : ids.indexOf(id));
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  goTo(key: number): void {
    const at = this.#entries.findIndex((entry) => entry.key === key);
    if (at >= 0) this.#set(this.#entries, at);
  }

  /** Right after the present track. */
  playNext(ids: readonly number[]): void {
    this.#insert(ids, this.#at + 1);
  }

  /** After what was put in by hand before, ahead of the rest of the list. */
  add(ids: readonly number[]): void {
    let at = this.#at + 1;
    while (this.#entries[at]?.isByHand) at += 1;
    this.#insert(ids, at);
  }

  remove(key: number): void {
    if (this.#entries[this.#at]?.key === key) return;
    const index = this.#entries.findIndex((entry) => entry.key === key);
    if (index < 0) return;
    this.#set(this.#entries.toSpliced(index, 1), index < this.#at ? this.#at - 1 : this.#at);
  }

  /** @param place among the upcoming ones, from 0 */
  move(key: number, place: number): void {
    const entry = this.upcoming.find((each) => each.key === key);
    if (!entry || place < 0 || place >= this.upcoming.length) return;
    const rest = this.upcoming.filter((each) => each !== entry);
    this.#set([...this.#entries.slice(0, this.#at + 1), ...rest.toSpliced(place, 0, entry)], this.#at);
  }

  /** Nothing follows the present track any more. */
  clear(): void {
    this.#nRequests += 1;
    this.#set(this.#entries.slice(0, this.#at + 1), this.#at);
  }

  toggleShuffle(): void {
    this.#shuffles = !this.#shuffles;
    remember('shuffle', this.#shuffles);
    const current = this.#entries[this.#at];
    if (current) this.#follow(this.#list, this.#list.indexOf(current.id));
  }

  /** Off, the whole queue, this track. */
  changeRepeat(): void {
    this.#repeat = REPEATS[(REPEATS.indexOf(this.#repeat) + 1) % REPEATS.length]!;
    remember('repeat', this.#repeat);
  }

  /** Names of the first upcoming tracks that are not known yet. */
  async readNames(): Promise<void> {
    const wanted = this.upcoming.slice(0, SHOWN_ENTRIES).map(({ id }) => id);
    const ids = [...new Set(wanted)].filter((id) => !this.#names.has(id));
    if (ids.length === 0) return;
    try {
      const { tracks } = await this.#api.call('tracks.list', { ids, sort: 'position', limit: ids.length });
      this.#names = new Map([...this.#names, ...tracks.map((track): [number, ListedTrack] => [track.id, track])]);
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  /** Keeps the queue for the next start. @param path of the track that plays */
  keep(path: string): void {
    this.#path = path;
    this.#keepSoon();
  }

  /** The queue of the last time. @returns what played then, null when there is none */
  restore(): { id: number; path: string } | null {
    const kept = keptQueue();
    if (!kept || this.#entries.length > 0) return null;
    const { at, path } = kept;
    const entries = kept.entries.map(({ id, isByHand }) => this.#entry(id, isByHand));
    this.#list = entries.filter((entry) => !entry.isByHand).map(({ id }) => id);
    this.#set(entries, at);
    this.#path = path;
    return { id: entries[at]!.id, path };
  }

  forget(): void {
    this.#path = null;
    this.#list = [];
    this.#set([], -1);
  }

  /** Lays a list around the present track; what was put in by hand stays next. */
  #follow(ids: readonly number[], index: number): void {
    const current = this.#entries[this.#at];
    if (!current || index < 0) return;
    const byHand = this.upcoming.filter(({ isByHand }) => isByHand);
    this.#list = ids;
    const before = this.#shuffles ? [] : ids.slice(0, index);
    const after = this.#shuffles ? shuffled(ids.toSpliced(index, 1)) : ids.slice(index + 1);
    const entries = [...before.map((id) => this.#entry(id)), current, ...byHand, ...after.map((id) => this.#entry(id))];
    this.#set(entries, before.length);
  }

  #insert(ids: readonly number[], at: number): void {
    const added = ids.map((id) => this.#entry(id, true));
    this.#set([...this.#entries.slice(0, at), ...added, ...this.#entries.slice(at)], this.#at);
  }

  #entry(id: number, isByHand = false): QueueEntry {
    this.#nKeys += 1;
    return { key: this.#nKeys, id, isByHand };
  }

  #set(entries: readonly QueueEntry[], at: number): void {
    this.#entries = entries;
    this.#at = at;
    this.#keepSoon();
  }
}

/** Fisher and Yates. */
function shuffled(ids: readonly number[]): number[] {
  const mixed = [...ids];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
