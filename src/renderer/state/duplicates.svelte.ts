// The same recording in several files: the search, its report, and hearing one copy after the other at the same place.
import type { CommandOutput } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import type { Player } from './player.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export type DuplicateReport = CommandOutput<'duplicates.find'>;
export type DuplicateGroup = DuplicateReport['groups'][number];
export type DuplicateFile = DuplicateGroup['files'][number];

export class Duplicates {
  #api: Api;
  #toasts: Toasts;
  #player: Pick<Player, 'track' | 'timeSec' | 'play' | 'seek' | 'toggle'>;
  #report = $state.raw<DuplicateReport | null>(null);
  #searching = $state(false);
  #fraction = $state<number | null>(null);

  constructor(api: Api, toasts: Toasts, player: Pick<Player, 'track' | 'timeSec' | 'play' | 'seek' | 'toggle'>) {
    this.#api = api;
    this.#toasts = toasts;
    this.#player = player;
  }

  /** Null until a search came to its end. */
  get report(): DuplicateReport | null {
    return this.#report;
  }

  get searching(): boolean {
    return this.#searching;
  }

  /** 0..1 of the search under way, null while it is not known. */
  get fraction(): number | null {
    return this.#fraction;
  }

  listen(): () => void {
    return this.#api.on('duplicates.progress', ({ fraction }) => {
      this.#fraction = fraction;
    });
  }

  async find(): Promise<void> {
    if (this.#searching) return;
    this.#searching = true;
    this.#fraction = null;
    try {
      this.#report = await this.#api.call('duplicates.find', {});
    } catch (error) {
      this.#toasts.fail(error);
    } finally {
      this.#searching = false;
    }
  }

  async cancel(): Promise<void> {
    try {
      await this.#api.call('duplicates.cancel', {});
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  /** Plays or pauses a file; from another copy of the group it goes on at the same place, so that ears can compare. */
  async hear({ files }: DuplicateGroup, trackId: number): Promise<void> {
    const current = this.#player.track?.id;
    if (current === trackId) return this.#player.toggle();
    const atSec = files.some((file) => file.trackId === current) ? this.#player.timeSec : 0;
    try {
      this.#player.play(await this.#api.call('tracks.get', { id: trackId }), null);
      if (atSec > 0) this.#player.seek(atSec);
    } catch (error) {
      this.#toasts.fail(error);
    }
  }
}
