// What the next training is asked: its kind, its genres and labels, its name, and what the engine says would come of it.
import type { CommandParsed, TrainPlan } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { isUnchosen } from '../lib/plan-words.ts';
import { unnamedModel } from '../lib/training-words.ts';
import type { Toasts } from './toasts.svelte.ts';

export type TrainChoice = CommandParsed<'training.plan'>;

export class TrainSetup {
  #api: Api;
  #toasts: Toasts;
  #plan = $state.raw<TrainPlan | null>(null);
  #choice = $state.raw<TrainChoice>({
    mode: 'quick',
    name: null,
    genres: null,
    origins: ['hand', 'import'],
    seed: 1,
    join: 'auto',
  });
  #dropped = $state.raw<readonly string[]>([]);
  #nRequests = 0;

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  /** What would be learned; null until the engine has answered. */
  get plan(): TrainPlan | null {
    return this.#plan;
  }

  get choice(): TrainChoice {
    return this.#choice;
  }

  /** The name that a model gets whose owner gives it none. */
  get unnamed(): string {
    return unnamedModel(this.#choice.mode, Date.now(), this.#plan?.nTracks ?? 0);
  }

  /** Genres that the person left out, with their labels. */
  get unlearned(): readonly { name: string; nTracks: number }[] {
    const plan = this.#plan;
    const unchosen = plan?.leftOut.filter((genre) => isUnchosen(genre, this.#choice)) ?? [];
    // Labels of a genre below one that is learned count for that one: the plan no longer names it.
    const named = [...(plan?.genres ?? []), ...(plan?.leftOut ?? [])].map(({ name }) => name);
    const rolledUp = this.#dropped.filter((name) => !named.includes(name));
    return [...unchosen, ...rolledUp.map((name) => ({ name, nTracks: 0 }))];
  }

  async read(): Promise<void> {
    const request = ++this.#nRequests;
    try {
      const plan = await this.#api.call('training.plan', this.#choice);
      if (request === this.#nRequests) this.#plan = plan;
    } catch (error) {
      if (request === this.#nRequests) this.#toasts.fail(error);
    }
  }

  change(change: Partial<TrainChoice>): void {
    this.#choice = { ...this.#choice, ...change };
    void this.read();
  }

  /** An empty name lets the model be named by what it is. */
  rename(name: string): void {
    this.#choice = { ...this.#choice, name: name.trim() || null };
  }

  /** Leaves a genre out of the training, or takes it in again. */
  toggleGenre(name: string): void {
    const learned = this.#choice.genres ?? this.#plan?.genres.map((genre) => genre.name) ?? [];
    const others = learned.filter((other) => other !== name);
    if (others.length < learned.length) {
      this.#dropped = [...this.#dropped, name];
      this.change({ genres: others });
      return;
    }
    const isLast = this.unlearned.every((genre) => genre.name === name);
    this.#dropped = this.#dropped.filter((other) => other !== name);
    this.change({ genres: isLast ? null : [...others, name] });
  }
}
