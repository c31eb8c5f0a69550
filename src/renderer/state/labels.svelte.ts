// The person's own genres and acts of labelling, with undo and redo.
import type { Genre, LabelAction, LabelHistory, LabelMode, LabelTarget } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { actWords, genreChangeWords, moveWords } from '../lib/label-words.ts';
import { t } from '../lib/language.ts';
import type { Toasts } from './toasts.svelte.ts';

export type GenreChange = Partial<Pick<Genre, 'name' | 'parentId' | 'hotkey'>>;

export class Labels {
  #api: Api;
  #toasts: Toasts;
  #genres = $state.raw<Genre[]>([]);
  #history = $state.raw<LabelHistory>({ undo: null, redo: null });
  /** Acts of this window in its own language; the engine keeps every act's sentence in English. */
  #words = new Map<number, () => string>();
  /** What the label dialog is about; null while it is closed. */
  target = $state.raw<{ target: LabelTarget; name: string } | null>(null);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  /** Parents before their children. */
  get genres(): readonly Genre[] {
    return this.#genres;
  }

  get history(): LabelHistory {
    return this.#history;
  }

  /** The genre that a number key sets: the one with that key, else the one at that place among those without keys. */
  byKey(key: string): Genre | null {
    const number = Number(key);
    if (!Number.isInteger(number) || number < 1 || number > 9) return null;
    return this.keyed.find((entry) => entry.key === number)?.genre ?? null;
  }

  /** Genres with the number keys that set them: their own, and free ones for the others in order. */
  get keyed(): { genre: Genre; key: number | null }[] {
    const taken = new Set(this.#genres.flatMap(({ hotkey }) => (hotkey === null ? [] : [hotkey])));
    const free = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((key) => !taken.has(key));
    return this.#genres.map((genre) => ({ genre, key: genre.hotkey ?? free.shift() ?? null }));
  }

  listen(): () => void {
    return this.#api.on('labels.changed', (history) => {
      this.#history = history;
      void this.#readGenres();
    });
  }

  async refresh(): Promise<void> {
    try {
      this.#history = await this.#api.call('labels.history', {});
      await this.#readGenres();
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  /** Null when it was refused; the reason is told. */
  async set(target: LabelTarget, genres: readonly string[], mode: LabelMode = 'replace'): Promise<LabelAction | null> {
    return this.run(async () => {
      const plain = target.kind === 'tracks' ? { ...target, ids: [...target.ids] } : target;
      const action = await this.#api.call('labels.set', { target: plain, genres: [...genres], mode });
      const known = genres.map((name) => this.#genres.find((own) => own.name.toLowerCase() === name.toLowerCase())?.name ?? name);
      this.#tellDone(action, () => actWords(mode, known, action.nTracks));
      return action;
    });
  }

  /** Its labels go to another genre, or with it. */
  async removeGenre(genre: Genre, moveTo: Genre | null): Promise<void> {
    await this.run(async () => {
      const action = await this.#api.call('genres.remove', { id: genre.id, moveTo: moveTo?.id ?? null });
      this.#tellDone(action, () => moveWords(genre.name, moveTo?.name ?? null, action.nTracks));
    });
  }

  /** Renames it, moves it or gives it a number key; the way back is offered. */
  async changeGenre(genre: Genre, change: GenreChange): Promise<boolean> {
    const robbed = this.#genres.find(({ id, hotkey }) => id !== genre.id && hotkey !== null && hotkey === change.hotkey);
    const changed = await this.run(() => this.#api.call('genres.change', { id: genre.id, ...change }));
    if (!changed) return false;
    const parts = Object.keys(change) as (keyof GenreChange)[];
    const before = Object.fromEntries(parts.map((part) => [part, genre[part]]));
    const parent = this.#genres.find(({ id }) => id === changed.parentId)?.name ?? null;
    this.#toasts.tell(genreChangeWords(genre, changed, parent), 'info', {
      name: t('common.undo'),
      run: () =>
        void this.run(async () => {
          await this.#api.call('genres.change', { id: genre.id, ...before });
          if (robbed) await this.#api.call('genres.change', { id: robbed.id, hotkey: robbed.hotkey });
        }),
    });
    return true;
  }

  async undo(): Promise<void> {
    const done = await this.run(() => this.#api.call('labels.undo', {}));
    if (!done) return;
    this.#toasts.tell(done.action ? t('labels.undone', { act: this.#wordsOf(done.action) }) : t('labels.nothingToUndo'));
  }

  async redo(): Promise<void> {
    const done = await this.run(() => this.#api.call('labels.redo', {}));
    if (!done) return;
    this.#toasts.tell(done.action ? t('labels.redone', { act: this.#wordsOf(done.action) }) : t('labels.nothingToRedo'));
  }

  /** A short message that offers to take it back. */
  #tellDone(action: LabelAction, words: () => string): void {
    this.#words.set(action.id, words);
    this.#toasts.tell(t('labels.done', { act: words() }), 'info', { name: t('common.undo'), run: () => void this.undo() });
  }

  #wordsOf({ id, sentence }: LabelAction): string {
    return this.#words.get(id)?.() ?? sentence;
  }

  /** Runs a command and tells its failure. */
  async run<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#toasts.fail(error);
      return null;
    }
  }

  async #readGenres(): Promise<void> {
    const answer = await this.run(() => this.#api.call('genres.list', {}));
    if (answer) this.#genres = answer.genres;
  }
}
