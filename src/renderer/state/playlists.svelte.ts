// The playlists, the chosen one's tracks, and their files.
import type { PlaylistSummary } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { throttle } from '../lib/rate-limit.ts';
import { PlaylistFiles } from './playlist-files.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import { TrackList } from './track-list.svelte.ts';

const REFRESH_MS = 1000;

export class Playlists {
  #api: Api;
  #toasts: Toasts;
  #all = $state.raw<PlaylistSummary[]>([]);
  #loaded = $state(false);
  #chosenId = $state<string | null>(null);
  readonly tracks: TrackList;
  readonly files: PlaylistFiles;
  refreshSoon = throttle(() => void this.refresh(), REFRESH_MS);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
    this.files = new PlaylistFiles(api, toasts);
    this.tracks = new TrackList(api, toasts, { sort: 'confidence', descending: true });
  }

  get all(): readonly PlaylistSummary[] {
    return this.#all;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get chosen(): PlaylistSummary | null {
    return this.#all.find(({ id }) => id === this.#chosenId) ?? null;
  }

  listen(): () => void {
    const stops = [
      this.#api.on('tracks.changed', () => this.refreshSoon()),
      this.#api.on('playlists.changed', () => this.refreshSoon()),
      this.files.listen(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Something to look at when the view opens. */
  chooseFirst(): void {
    const first = this.#all[0];
    if (!this.chosen && first) this.choose(first.id);
  }

  choose(id: string): void {
    if (this.#chosenId === id) return;
    this.#chosenId = id;
    this.tracks.change({ playlistId: id, search: '' });
  }

  async refresh(): Promise<void> {
    try {
      const { playlists } = await this.#api.call('playlists.list', {});
      this.#all = playlists;
      this.#loaded = true;
      if (this.chosen) this.tracks.reload();
    } catch (error) {
      this.#toasts.fail(error);
    }
  }
}
