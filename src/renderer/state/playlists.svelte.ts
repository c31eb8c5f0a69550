// The auto-playlists, the chosen one's tracks, and their export.
import type { PathStyle, PlaylistFormat, PlaylistSummary } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { downloadText } from '../lib/download.ts';
import { countOf } from '../lib/format.ts';
import { throttle } from '../lib/rate-limit.ts';
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
  refreshSoon = throttle(() => void this.refresh(), REFRESH_MS);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
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
    return this.#api.on('tracks.changed', () => this.refreshSoon());
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

  async export(id: string, format: PlaylistFormat, pathStyle: PathStyle): Promise<void> {
    try {
      const { path, fileName, text, nTracks } = await this.#api.call('playlists.export', { id, format, pathStyle });
      if (text !== null) downloadText(fileName, text, 'text/plain');
      // Neither a path nor a text: the person closed the save dialog.
      if (path === null && text === null) return;
      const place = path ?? `“${fileName}” in your downloads`;
      this.#toasts.tell(`${countOf(nTracks, 'track')} exported to ${place}.`);
    } catch (error) {
      this.#toasts.fail(error);
    }
  }
}
