// What to label next, one track at a time. Answers are written one after another; after every ten the list is ranked anew
// while the person goes on, and the track in front of them stays.
import type { Suggestion, TrackDetail } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { DetailsAhead } from './details-ahead.svelte.ts';
import type { Labels } from './labels.svelte.ts';
import type { Player } from './player.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export const ANSWERS_PER_RANKING = 10;
/** More than are answered between two rankings, so that there is always one to show while the next is made. */
const FETCHED = 14;
/** Skips shorten the list faster than answers: it is ranked anew before it ends. */
const FEW_LEFT = 2;

type QueuePlayer = Pick<Player, 'track' | 'playing' | 'play' | 'seek' | 'toggle'>;

interface Answer {
  item: Suggestion;
  /** Null for a skipped track. */
  genre: string | null;
  /** What the engine called it, once it is written. */
  sentence: string | null;
}

export class LabelQueue {
  #api: Api;
  #toasts: Toasts;
  #labels: Labels;
  #player: QueuePlayer;
  #details: DetailsAhead;
  #waiting = $state.raw<readonly Suggestion[]>([]);
  #answers = $state.raw<readonly Answer[]>([]);
  #isRanking = $state(false);
  #hasFailed = $state(false);
  #nUnlabelled = $state(0);
  #nSinceRanking = $state(0);
  #skipped = new Set<number>();
  /** Tracks that the ranking under way cannot know to be answered. */
  #answeredMeanwhile = new Set<number>();
  #written: Promise<unknown> = Promise.resolve();

  constructor(api: Api, toasts: Toasts, labels: Labels, player: QueuePlayer) {
    this.#api = api;
    this.#toasts = toasts;
    this.#labels = labels;
    this.#player = player;
    this.#details = new DetailsAhead(api);
  }

  get current(): Suggestion | null {
    return this.#waiting[0] ?? null;
  }

  /** The current one's details; null while they are read. */
  get track(): TrackDetail | null {
    return this.#details.get(this.current?.trackId);
  }

  /** Whether the list is there, being made, or could not be made. */
  get state(): 'ranking' | 'ranked' | 'failed' {
    if (this.#isRanking) return 'ranking';
    return this.#hasFailed ? 'failed' : 'ranked';
  }

  get nUnlabelled(): number {
    return Math.max(0, this.#nUnlabelled - this.#nSinceRanking);
  }

  get nSinceRanking(): number {
    return this.#nSinceRanking;
  }

  get canGoBack(): boolean {
    return this.#answers.length > 0;
  }

  /** When the view opens: labels may have come from elsewhere meanwhile, so the list is made anew. */
  async begin(): Promise<void> {
    this.#waiting = [];
    this.#details.clear();
    await this.#rank();
  }

  async answer(genre: string): Promise<void> {
    const item = this.current;
    if (!item) return;
    const answer: Answer = { item, genre, sentence: null };
    const written = this.#inTurn(() => this.#write(answer));
    await Promise.all([this.#leave(answer), written]);
  }

  async skip(): Promise<void> {
    const item = this.current;
    if (!item) return;
    this.#skipped.add(item.trackId);
    await this.#leave({ item, genre: null, sentence: null });
  }

  /** Takes the last answer back and shows its track again. */
  async back(): Promise<void> {
    const last = this.#answers.at(-1);
    if (!last) return;
    this.#answers = this.#answers.slice(0, -1);
    this.#skipped.delete(last.item.trackId);
    const takenBack = last.genre === null ? null : this.#inTurn(() => this.#unwrite(last));
    await Promise.all([this.#showFirst(last.item), takenBack]);
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

  /** Goes on to the next track; sound goes along. */
  async #leave(answer: Answer): Promise<void> {
    const wasPlaying = this.#player.playing && this.#player.track?.id === answer.item.trackId;
    this.#answers = [...this.#answers, answer];
    this.#answeredMeanwhile.add(answer.item.trackId);
    this.#waiting = this.#waiting.slice(1);
    const next = this.current;
    if (this.#waiting.length <= FEW_LEFT) void this.#rank();
    await this.#readAhead();
    if (wasPlaying && next !== null && this.current === next && this.#player.track?.id !== next.trackId) this.play();
  }

  async #write(answer: Answer): Promise<void> {
    const target = { kind: 'tracks' as const, ids: [answer.item.trackId] };
    const action = await this.#labels.run(() =>
      this.#api.call('labels.set', { target, genres: [answer.genre!], mode: 'replace' }),
    );
    if (action === null) {
      this.#answers = this.#answers.filter((other) => other !== answer);
      await this.#showFirst(answer.item);
      return;
    }
    answer.sentence = action.sentence;
    this.#nSinceRanking += 1;
    if (this.#nSinceRanking >= ANSWERS_PER_RANKING) void this.#rank();
  }

  /** Through the history where the answer is the last act; whatever was labelled elsewhere since stays. */
  async #unwrite({ item, sentence }: Answer): Promise<void> {
    if (sentence === null) return;
    const target = { kind: 'tracks' as const, ids: [item.trackId] };
    await this.#labels.run(async () => {
      const { undo } = await this.#api.call('labels.history', {});
      if (undo === sentence) await this.#api.call('labels.undo', {});
      else await this.#api.call('labels.set', { target, genres: [], mode: 'replace' });
    });
    this.#nSinceRanking = Math.max(0, this.#nSinceRanking - 1);
  }

  #showFirst(item: Suggestion): Promise<void> {
    this.#waiting = [item, ...this.#waiting.filter(({ trackId }) => trackId !== item.trackId)];
    return this.#readAhead();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#written.then(work);
    this.#written = turn;
    return turn;
  }

  async #rank(): Promise<void> {
    if (this.#isRanking) return;
    this.#isRanking = true;
    const unwritten = this.#answers.filter(({ genre, sentence }) => genre !== null && sentence === null);
    this.#answeredMeanwhile = new Set(unwritten.map(({ item }) => item.trackId));
    const nBefore = this.#nSinceRanking;
    try {
      const exclude = [...this.#skipped].slice(-10_000);
      const { suggestions, nUnlabelled } = await this.#api.call('suggest.next', { limit: FETCHED, exclude });
      this.#take(suggestions);
      this.#nUnlabelled = nUnlabelled;
      this.#nSinceRanking = Math.max(0, this.#nSinceRanking - nBefore);
      this.#hasFailed = false;
    } catch (error) {
      this.#toasts.fail(error);
      this.#hasFailed = true;
    } finally {
      this.#isRanking = false;
    }
    await this.#readAhead();
  }

  /** The present track stays in front; what was answered while the list was made is left out. */
  #take(suggestions: readonly Suggestion[]): void {
    const { current } = this;
    const isOpen = (trackId: number): boolean => !this.#answeredMeanwhile.has(trackId) && trackId !== current?.trackId;
    const open = suggestions.filter(({ trackId }) => isOpen(trackId));
    this.#waiting = current ? [current, ...open] : open;
  }

  /** A track that has gone meanwhile is told and passed over. */
  async #readAhead(): Promise<void> {
    const { current } = this;
    try {
      await this.#details.want(this.#waiting.slice(0, 2).map(({ trackId }) => trackId));
    } catch (error) {
      if (current === null || this.current !== current) return;
      this.#toasts.fail(error);
      this.#skipped.add(current.trackId);
      this.#waiting = this.#waiting.slice(1);
      await this.#readAhead();
    }
  }
}
