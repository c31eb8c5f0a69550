// What rules or a recipe would give, read again a moment after they changed; the titles of the first tracks come along.
import type { CommandInput, CommandOutput, ListedTrack } from '../../contract/index.ts';
import { type Api, EngineFailure } from '../lib/api.ts';
import { failureText } from '../lib/failure-words.ts';
import { t } from '../lib/language.ts';
import { debounce } from '../lib/rate-limit.ts';

export type Making = CommandInput<'playlists.preview'>['making'];
export type Preview = CommandOutput<'playlists.preview'>;

const WAIT_MS = 200;
/** Places whose reasons are asked for. */
const MAX_PLACES = 100;
const MAX_ASKED = 1000;
const MAX_KNOWN = 5000;

export class PlaylistPreview {
  #api: Api;
  #found = $state.raw<Preview | null>(null);
  #problem = $state<string | null>(null);
  #busy = $state(false);
  #tracks = $state.raw<ReadonlyMap<number, ListedTrack>>(new Map());
  #making: Making | null = null;
  #nRequests = 0;
  #readSoon = debounce(() => void this.#read(), WAIT_MS);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Stays while the next one is being read. */
  get found(): Preview | null {
    return this.#found;
  }

  /** Why there is nothing to show, in a sentence. */
  get problem(): string | null {
    return this.#problem;
  }

  get busy(): boolean {
    return this.#busy;
  }

  track(id: number): ListedTrack | undefined {
    return this.#tracks.get(id);
  }

  /** Shows this soon; with null, nothing. */
  show(making: Making | null): void {
    this.#making = making;
    if (making !== null) {
      this.#busy = true;
      this.#readSoon();
      return;
    }
    this.#nRequests += 1;
    this.#readSoon.cancel();
    this.#found = null;
    this.#problem = null;
    this.#busy = false;
  }

  /** Reads what a title needs; tracks that are gone stay unknown. */
  async know(ids: readonly number[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.#tracks.has(id)).slice(0, MAX_ASKED);
    if (wanted.length === 0) return;
    const { tracks } = await this.#api.call('tracks.list', { ids: wanted, limit: MAX_ASKED });
    const all = [...this.#tracks, ...tracks.map((track) => [track.id, track] as const)];
    this.#tracks = new Map(all.slice(-MAX_KNOWN));
  }

  async #read(): Promise<void> {
    const request = ++this.#nRequests;
    if (!this.#making) return;
    try {
      const found = await this.#api.call('playlists.preview', { making: this.#making, limit: MAX_PLACES });
      if (request !== this.#nRequests) return;
      await this.know(found.places.map(({ trackId }) => trackId));
      if (request !== this.#nRequests) return;
      this.#found = found;
      this.#problem = null;
    } catch (error) {
      if (request !== this.#nRequests) return;
      this.#found = null;
      this.#problem = error instanceof EngineFailure ? failureText(error) : t('playlists.notTried');
    }
    this.#busy = false;
  }
}
