// Tracks that sound like the open one, by what a person lets count. The weights stay while one goes from track to track.
import { type CommandOutput, SOURCES, type Source, type Track } from '../../contract/index.ts';
import { type Api, EngineFailure } from '../lib/api.ts';
import { debounce, throttle } from '../lib/rate-limit.ts';
import type { Toasts } from './toasts.svelte.ts';

export type Neighbour = CommandOutput<'neighbours.similar'>['neighbours'][number];
export type SoundWeights = Readonly<Record<Source, number>>;

const LIMIT = 20;
/** Walking through a list or dragging a slider asks once, when it rests. */
const REST_MS = 120;
const REFRESH_MS = 1000;
const WHOLE_SOUND: SoundWeights = { mixture: 1, bass: 0, drums: 0, other: 0, vocals: 0 };

export class SoundsLike {
  #api: Api;
  #toasts: Toasts;
  #trackId = $state<number | null>(null);
  #weights = $state.raw<SoundWeights>(WHOLE_SOUND);
  #diversity = $state(0);
  #found = $state.raw<readonly Neighbour[] | null>(null);
  #refusal = $state<string | null>(null);
  #nQuestions = 0;
  #askSoon = debounce(() => void this.#ask(), REST_MS);
  #refreshSoon = throttle(() => void this.#ask(), REFRESH_MS);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  get weights(): SoundWeights {
    return this.#weights;
  }

  /** 0 = the nearest, 1 = as different from each other as possible. */
  get diversity(): number {
    return this.#diversity;
  }

  /** Nearest first; null until the first answer about this track. */
  get found(): readonly Neighbour[] | null {
    return this.#found;
  }

  /** Why there is no answer, as a sentence. */
  get refusal(): string | null {
    return this.#refusal;
  }

  get isPlain(): boolean {
    return this.#diversity === 0 && SOURCES.every((source) => this.#weights[source] === WHOLE_SOUND[source]);
  }

  /** Sources that count; the whole sound where none does. */
  get counting(): readonly Source[] {
    const counting = SOURCES.filter((source) => this.#weights[source] !== 0);
    return counting.length > 0 ? counting : ['mixture'];
  }

  /** Some source is to sound otherwise. */
  get isUnlike(): boolean {
    return SOURCES.some((source) => this.#weights[source] < 0);
  }

  listen(): () => void {
    return this.#api.on('tracks.changed', ({ ids }) => {
      if (this.#trackId === null) return;
      const shown = new Set([this.#trackId, ...(this.#found ?? []).map(({ track }) => track.id)]);
      if (ids === null || ids.some((id) => shown.has(id))) this.#refreshSoon();
    });
  }

  about(trackId: number): void {
    if (trackId === this.#trackId) return;
    this.#trackId = trackId;
    this.#found = null;
    this.#refusal = null;
    this.#askSoon();
  }

  /** Nobody looks any more. */
  leave(): void {
    this.#askSoon.cancel();
    this.#nQuestions += 1;
    this.#trackId = null;
  }

  weigh(source: Source, weight: number): void {
    this.#weights = { ...this.#weights, [source]: weight };
    this.#askSoon();
  }

  setDiversity(diversity: number): void {
    this.#diversity = diversity;
    this.#askSoon();
  }

  reset(): void {
    this.#weights = WHOLE_SOUND;
    this.#diversity = 0;
    this.#askSoon();
  }

  /** The track itself and what was found, in this order. */
  idsWith(track: Pick<Track, 'id'>): number[] {
    return [track.id, ...(this.#found ?? []).map((neighbour) => neighbour.track.id)];
  }

  async #ask(): Promise<void> {
    const id = this.#trackId;
    if (id === null) return;
    const question = ++this.#nQuestions;
    const weights = Object.fromEntries(Object.entries(this.#weights).filter(([, weight]) => weight !== 0));
    try {
      const input = { trackIds: [id], weights, limit: LIMIT, diversity: this.#diversity };
      const { neighbours } = await this.#api.call('neighbours.similar', input);
      if (question !== this.#nQuestions) return;
      this.#found = neighbours;
      this.#refusal = null;
    } catch (error) {
      if (question === this.#nQuestions) this.#refused(error);
    }
  }

  #refused(error: unknown): void {
    this.#found = [];
    if (error instanceof EngineFailure && error.code === 'track.notAnalysed') this.#refusal = error.message;
    else this.#toasts.fail(error);
  }
}
