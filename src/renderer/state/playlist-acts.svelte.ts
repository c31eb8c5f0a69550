// What a person does to playlists, each a quick act that can be undone.
import type { PlaylistDeed, PlaylistHistory, PlaylistSummary } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { countOf } from '../lib/format.ts';
import { t } from '../lib/language.ts';
import { playlistDeedInWords } from '../lib/playlist-deed-words.ts';
import type { ToastAction, Toasts } from './toasts.svelte.ts';

export class PlaylistActs {
  #api: Api;
  #toasts: Toasts;
  #refresh: () => Promise<void>;
  #lastMessage: number | null = null;
  /** The last small act in words, for those who do not see the list. */
  said = $state('');

  constructor(api: Api, toasts: Toasts, refresh: () => Promise<void>) {
    this.#api = api;
    this.#toasts = toasts;
    this.#refresh = refresh;
  }

  /** Null when it was refused; the reason is told. */
  async create(name: string, trackIds: readonly number[]): Promise<PlaylistSummary | null> {
    const made = await this.#run(() => this.#api.call('playlists.create', { name, trackIds: [...trackIds] }));
    if (!made) return null;
    const tracks = countOf(made.nTracks, 'track');
    const isEmpty = trackIds.length === 0;
    this.tellDone(isEmpty ? t('playlists.made', { name: made.name }) : t('playlists.madeWith', { name: made.name, tracks }));
    return made;
  }

  async rename(playlist: PlaylistSummary, name: string): Promise<boolean> {
    const clean = name.trim();
    if (clean === '' || clean === playlist.name) return false;
    return (await this.#run(() => this.#api.call('playlists.rename', { id: playlist.id, name: clean }))) !== null;
  }

  async remove(playlist: PlaylistSummary): Promise<boolean> {
    const done = await this.#run(() => this.#api.call('playlists.remove', { id: playlist.id }));
    if (done) this.tellDone(t('playlists.removed', { name: playlist.name }));
    return done !== null;
  }

  async addTracks(playlist: PlaylistSummary, trackIds: readonly number[]): Promise<boolean> {
    if (trackIds.length === 0) return false;
    const done = await this.#run(() => this.#api.call('playlists.addTracks', { id: playlist.id, trackIds: [...trackIds] }));
    if (!done) return false;
    const already = done.nAlready;
    if (done.nAdded === 0) this.tell(t('playlists.nothingAdded', { name: playlist.name, already }));
    else this.tellDone(t('playlists.added', { tracks: countOf(done.nAdded, 'track'), name: playlist.name, already }));
    return true;
  }

  async removeTracks(playlist: PlaylistSummary, trackIds: readonly number[]): Promise<boolean> {
    if (trackIds.length === 0) return false;
    const done = await this.#run(() => this.#api.call('playlists.removeTracks', { id: playlist.id, trackIds: [...trackIds] }));
    if (done) {
      this.tellDone(t('playlists.removedTracks', { tracks: countOf(done.nRemoved, 'track'), name: playlist.name }));
    }
    return done !== null;
  }

  async move(playlist: PlaylistSummary, trackIds: readonly number[], before: number | null): Promise<boolean> {
    return (
      (await this.#run(() => this.#api.call('playlists.move', { id: playlist.id, trackIds: [...trackIds], before }))) !== null
    );
  }

  undo(): Promise<void> {
    return this.#travel('playlists.undo');
  }

  redo(): Promise<void> {
    return this.#travel('playlists.redo');
  }

  /** A short message that offers to take it back. */
  tellDone(text: string): void {
    this.tell(text, { name: t('common.undo'), run: () => void this.undo() });
  }

  /** In place of the message before: "Undo" takes the last act back, so an older one may not offer it for its own. */
  tell(text: string, action: ToastAction | null = null): void {
    if (this.#lastMessage !== null) this.#toasts.dismiss(this.#lastMessage);
    this.#toasts.tell(text, 'info', action);
    this.#lastMessage = this.#toasts.shown.at(-1)?.id ?? null;
  }

  async #travel(command: 'playlists.undo' | 'playlists.redo'): Promise<void> {
    const done = await this.#run(
      (): Promise<{ deed: PlaylistDeed | null; history: PlaylistHistory }> => this.#api.call(command, {}),
    );
    if (!done) return;
    const isUndo = command === 'playlists.undo';
    const act = done.deed && playlistDeedInWords(done.deed);
    if (act === null) this.tell(isUndo ? t('playlists.nothingToUndo') : t('playlists.nothingToRedo'));
    else this.tell(isUndo ? t('playlists.undone', { act }) : t('playlists.redone', { act }));
  }

  /** Runs a command, tells its failure, and reads the lists again. */
  async #run<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      const answer = await work();
      await this.#refresh();
      return answer;
    } catch (error) {
      this.#toasts.fail(error);
      return null;
    }
  }
}
