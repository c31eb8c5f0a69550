// Why tracks have their genre, as far as this window asked for it. An answer takes seconds and is kept: closing the panel loses none.

import type { Explanation, TrackDetail } from '../../contract/index.ts';
import { type Api, EngineFailure } from '../lib/api.ts';
import { t } from '../lib/language.ts';

export type Why = { state: 'asking' } | { state: 'told'; explanation: Explanation } | { state: 'refused'; sentence: string };

type Explained = Pick<TrackDetail, 'id' | 'analysedAtMs'>;

export class Whys {
  #api: Api;
  #entries = $state.raw<ReadonlyMap<string, Why>>(new Map());
  /** Answers on their way from before a model was taken into use are of no use. */
  #nModels = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  listen(): () => void {
    return this.#api.on('models.changed', () => {
      this.#nModels += 1;
      this.#entries = new Map();
    });
  }

  /** Null when it was not asked for. */
  of(track: Explained): Why | null {
    return this.#entries.get(keyOf(track)) ?? null;
  }

  async ask(track: Explained): Promise<void> {
    const known = this.of(track);
    if (known && known.state !== 'refused') return;
    const nModels = this.#nModels;
    this.#set(track, { state: 'asking' });
    const answer = await this.#answer(track.id);
    if (nModels === this.#nModels) this.#set(track, answer);
  }

  async #answer(id: number): Promise<Why> {
    try {
      return { state: 'told', explanation: await this.#api.call('tracks.explain', { id }) };
    } catch (error) {
      if (error instanceof EngineFailure) return { state: 'refused', sentence: error.message };
      return { state: 'refused', sentence: t('why.lost') };
    }
  }

  #set(track: Explained, why: Why): void {
    this.#entries = new Map(this.#entries).set(keyOf(track), why);
  }
}

/** Another analysis has other windows. */
function keyOf({ id, analysedAtMs }: Explained): string {
  return `${id} ${analysedAtMs}`;
}
