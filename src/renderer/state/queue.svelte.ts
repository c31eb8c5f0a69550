// The two queues of labelling: what to label next, ranked anew after every ten answers, and labels to look at again.
import type { LabelDoubt, Suggestion, TrackDetail } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import type { Labels } from './labels.svelte.ts';
import type { Player } from './player.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export const ANSWERS_PER_RANKING = 10;
const FETCHED = 12;
const DOUBTS = 100;

interface Answer {
  item: Suggestion;
  genre: string | null;
}

export class LabelQueue {
  #api: Api;
  #toasts: Toasts;
  #labels: Labels;
  #player: Player;
  #waiting = $state.raw<Suggestion[]>([]);
  #track = $state.raw<TrackDetail | null>(null);
  #loaded = $state(false);
  #nUnlabelled = $state(0);
  #nSinceRanking = $state(0);
  #answers = $state.raw<Answer[]>([]);
  #skipped = new Set<number>();

  constructor(api: Api, toasts: Toasts, labels: Labels, player: Player) {
    this.#api = api;
    this.#toasts = toasts;
    this.#labels = labels;
    this.#player = player;
  }

  get current(): Suggestion | null {
    return this.#waiting[0] ?? null;
  }

  /** The current one's details; null while they are read. */
  get track(): TrackDetail | null {
    return this.#track?.id === this.current?.trackId ? this.#track : null;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get nUnlabelled(): number {
    return this.#nUnlabelled;
  }

  get nSinceRanking(): number {
    return this.#nSinceRanking;
  }

  get canGoBack(): boolean {
    return this.#answers.length > 0;
  }

  /** When the view opens: what was waiting stays. */
  async begin(): Promise<void> {
    if (this.current === null) await this.#rank();
    else await this.#readTrack();
  }

  async answer(genre: string): Promise<void> {
    const item = this.current;
    if (!item) return;
    const wasPlaying = this.#player.playing && this.#player.track?.id === item.trackId;
    this.#advance({ item, genre });
    const done = await this.#labels.run(() =>
      this.#api.call('labels.set', { target: { kind: 'tracks', ids: [item.trackId] }, genres: [genre], mode: 'replace' }),
    );
    if (!done) {
      this.#answers = this.#answers.slice(0, -1);
      this.#waiting = [item, ...this.#waiting];
      return;
    }
    this.#nSinceRanking += 1;
    if (this.#nSinceRanking >= ANSWERS_PER_RANKING || this.#waiting.length === 0) await this.#rank();
    else await this.#readTrack();
    if (wasPlaying) this.play();
  }

  async skip(): Promise<void> {
    const item = this.current;
    if (!item) return;
    this.#skipped.add(item.trackId);
    this.#advance({ item, genre: null });
    if (this.#waiting.length === 0) await this.#rank();
    else await this.#readTrack();
  }

  /** Takes the last answer back and shows its track again. */
  async back(): Promise<void> {
    const last = this.#answers.at(-1);
    if (!last) return;
    this.#answers = this.#answers.slice(0, -1);
    this.#skipped.delete(last.item.trackId);
    if (last.genre !== null) {
      await this.#labels.undo();
      this.#nSinceRanking = Math.max(0, this.#nSinceRanking - 1);
    }
    this.#waiting = [last.item, ...this.#waiting.filter(({ trackId }) => trackId !== last.item.trackId)];
    await this.#readTrack();
  }

  /** Plays from the most telling window, or pauses. */
  play(): void {
    const { current, track } = this;
    if (!current || !track) return;
    if (this.#player.track?.id === track.id) this.#player.toggle();
    else {
      this.#player.play(track, null);
      this.#player.seek(current.startSec);
    }
  }

  #advance(answer: Answer): void {
    this.#answers = [...this.#answers, answer];
    this.#waiting = this.#waiting.slice(1);
  }

  async #rank(): Promise<void> {
    try {
      const exclude = [...this.#skipped].slice(-10_000);
      const { suggestions, nUnlabelled } = await this.#api.call('suggest.next', { limit: FETCHED, exclude });
      this.#waiting = suggestions;
      this.#nUnlabelled = nUnlabelled;
      this.#nSinceRanking = 0;
      this.#loaded = true;
      await this.#readTrack();
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async #readTrack(): Promise<void> {
    const id = this.current?.trackId;
    if (id === undefined || this.#track?.id === id) return;
    const detail = await this.#labels.run(() => this.#api.call('tracks.get', { id }));
    if (detail && this.current?.trackId === id) this.#track = detail;
  }
}

export class DoubtQueue {
  #api: Api;
  #labels: Labels;
  #all = $state.raw<LabelDoubt[]>([]);
  #place = $state(0);
  #loaded = $state(false);
  #modelName = $state<string | null>(null);
  #track = $state.raw<TrackDetail | null>(null);

  constructor(api: Api, labels: Labels) {
    this.#api = api;
    this.#labels = labels;
  }

  get current(): LabelDoubt | null {
    return this.#all[this.#place] ?? null;
  }

  get track(): TrackDetail | null {
    return this.#track?.id === this.current?.trackId ? this.#track : null;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get modelName(): string | null {
    return this.#modelName;
  }

  get nLeft(): number {
    return Math.max(0, this.#all.length - this.#place);
  }

  async begin(): Promise<void> {
    const answer = await this.#labels.run(() => this.#api.call('suggest.doubts', { limit: DOUBTS }));
    if (!answer) return;
    this.#all = answer.doubts;
    this.#modelName = answer.modelName;
    this.#place = 0;
    this.#loaded = true;
    await this.#readTrack();
  }

  async keep(): Promise<void> {
    this.#place += 1;
    await this.#readTrack();
  }

  async change(genre: string): Promise<void> {
    const doubt = this.current;
    if (!doubt) return;
    if (await this.#labels.set({ kind: 'tracks', ids: [doubt.trackId] }, [genre])) await this.keep();
  }

  async back(): Promise<void> {
    this.#place = Math.max(0, this.#place - 1);
    await this.#readTrack();
  }

  async #readTrack(): Promise<void> {
    const id = this.current?.trackId;
    if (id === undefined || this.#track?.id === id) return;
    const detail = await this.#labels.run(() => this.#api.call('tracks.get', { id }));
    if (detail && this.current?.trackId === id) this.#track = detail;
  }
}
