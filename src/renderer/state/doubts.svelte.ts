// Labels that the others contradict, one after another: keep or change, and go back.
import type { LabelDoubt, TrackDetail } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { t } from '../lib/language.ts';
import { DetailsAhead } from './details-ahead.svelte.ts';
import type { Labels } from './labels.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

const DOUBTS = 100;

interface Decision {
  /** What the engine called the change; null while it is written, and for a label that was kept. */
  sentence: string | null;
  isChange: boolean;
}

export class DoubtQueue {
  #api: Api;
  #toasts: Toasts;
  #labels: Labels;
  #details: DetailsAhead;
  #all = $state.raw<readonly LabelDoubt[]>([]);
  /** As many as doubts were decided: the next one is the present one. */
  #decisions = $state.raw<readonly Decision[]>([]);
  #loaded = $state(false);
  #modelName = $state<string | null>(null);
  /** Labels the person stood by, for as long as the window is open. */
  #kept = new Set<string>();
  #written: Promise<unknown> = Promise.resolve();

  constructor(api: Api, toasts: Toasts, labels: Labels) {
    this.#api = api;
    this.#toasts = toasts;
    this.#labels = labels;
    this.#details = new DetailsAhead(api);
  }

  get current(): LabelDoubt | null {
    return this.#all[this.#decisions.length] ?? null;
  }

  get track(): TrackDetail | null {
    return this.#details.get(this.current?.trackId);
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Whose tests raised the doubts; null for a quick test of the labels alone. */
  get modelName(): string | null {
    return this.#modelName;
  }

  get nLeft(): number {
    return Math.max(0, this.#all.length - this.#decisions.length);
  }

  get nDecided(): number {
    return this.#decisions.length;
  }

  async begin(): Promise<void> {
    await this.#written;
    const answer = await this.#labels.run(() => this.#api.call('suggest.doubts', { limit: DOUBTS }));
    if (!answer) return;
    this.#all = answer.doubts.filter((doubt) => !this.#kept.has(nameOf(doubt)));
    this.#modelName = answer.modelName;
    this.#decisions = [];
    this.#loaded = true;
    this.#details.clear();
    await this.#readAhead();
  }

  async keep(): Promise<void> {
    const doubt = this.current;
    if (!doubt) return;
    this.#kept.add(nameOf(doubt));
    await this.#leave({ sentence: null, isChange: false });
  }

  /** Changes the doubted genre; other genres the person gave the track stay. */
  async change(genre: string): Promise<void> {
    const { current: doubt, track } = this;
    if (!doubt || !track) return;
    const others = track.labels
      .filter(({ origin, genre: other }) => origin === 'hand' && other !== doubt.given && other !== genre)
      .map(({ genre: other }) => other);
    const decision: Decision = { sentence: null, isChange: true };
    const written = this.#inTurn(() => this.#write(decision, doubt.trackId, [genre, ...others]));
    await Promise.all([this.#leave(decision), written]);
  }

  /** Takes the last decision back and shows its track again. */
  async back(): Promise<void> {
    const last = this.#decisions.at(-1);
    if (!last) return;
    await this.#inTurn(async () => {
      if (this.#decisions.at(-1) !== last || (last.isChange && !(await this.#unwrite(last)))) return;
      this.#decisions = this.#decisions.slice(0, -1);
      if (this.current) this.#kept.delete(nameOf(this.current));
    });
    await this.#readAhead();
  }

  async #leave(decision: Decision): Promise<void> {
    this.#decisions = [...this.#decisions, decision];
    await this.#readAhead();
  }

  async #write(decision: Decision, trackId: number, genres: string[]): Promise<void> {
    const target = { kind: 'tracks' as const, ids: [trackId] };
    const action = await this.#labels.run(() => this.#api.call('labels.set', { target, genres, mode: 'replace' }));
    decision.sentence = action?.sentence ?? null;
  }

  /** Whether the change is gone: one that was refused never was, and one below other acts cannot be taken out. */
  async #unwrite({ sentence }: Decision): Promise<boolean> {
    if (sentence === null) return true;
    const done = await this.#labels.run(async () => {
      const { undo } = await this.#api.call('labels.history', {});
      if (undo === sentence) await this.#api.call('labels.undo', {});
      return undo === sentence;
    });
    if (done === false) this.#toasts.tell(t('teach.undoOtherFirst'));
    return done === true;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#written.then(work);
    this.#written = turn;
    return turn;
  }

  /** A track that has gone meanwhile is told and passed over. */
  async #readAhead(): Promise<void> {
    const { current } = this;
    const place = this.#decisions.length;
    try {
      await this.#details.want(this.#all.slice(place, place + 2).map(({ trackId }) => trackId));
    } catch (error) {
      if (current === null || this.current !== current) return;
      this.#toasts.fail(error);
      this.#all = this.#all.filter((doubt) => doubt !== current);
      await this.#readAhead();
    }
  }
}

function nameOf({ trackId, given }: LabelDoubt): string {
  return `${trackId} ${given}`;
}
