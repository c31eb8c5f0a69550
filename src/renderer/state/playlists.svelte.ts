// The playlists, the chosen one with its tracks, what is being made, and their files.
import type { PlaylistDetail, PlaylistHistory, PlaylistSummary } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { freeName } from '../lib/free-name.ts';
import { t } from '../lib/language.ts';
import { throttle } from '../lib/rate-limit.ts';
import { formOfRecipe, rulesOfRecipe } from '../lib/recipe-form-of.ts';
import type { RecipeForm } from '../lib/recipe-forms.ts';
import { recipeNoteInWords } from '../lib/recipe-note-words.ts';
import { recall, remember } from '../lib/remembered.ts';
import { PlaylistActs } from './playlist-acts.svelte.ts';
import { PlaylistAdding } from './playlist-adding.svelte.ts';
import { PlaylistEditor } from './playlist-editor.svelte.ts';
import { type KeptSettings, PlaylistFiles } from './playlist-files.svelte.ts';
import { PlaylistOrder } from './playlist-order.svelte.ts';
import { PlaylistPlaces } from './playlist-places.svelte.ts';
import { PlaylistRecipe } from './playlist-recipe.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import { TrackList } from './track-list.svelte.ts';

const REFRESH_MS = 1000;
const KEY = 'playlist';

export class Playlists {
  #api: Api;
  #toasts: Toasts;
  #all = $state.raw<PlaylistSummary[]>([]);
  #history = $state.raw<PlaylistHistory>({ undo: null, redo: null });
  #loaded = $state(false);
  #chosenId = $state<string | null>(null);
  #isShown = false;
  /** The chosen playlist's name is a field. */
  renaming = $state(false);
  /** A name is asked for, for a new playlist of one's own. */
  isNaming = $state(false);
  readonly tracks: TrackList;
  readonly files: PlaylistFiles;
  readonly acts: PlaylistActs;
  readonly adding = new PlaylistAdding();
  readonly places: PlaylistPlaces;
  readonly order: PlaylistOrder;
  readonly editor: PlaylistEditor;
  readonly recipe: PlaylistRecipe;
  refreshSoon = throttle(() => void this.refresh(), REFRESH_MS);

  constructor(api: Api, toasts: Toasts, settings: KeptSettings) {
    this.#api = api;
    this.#toasts = toasts;
    this.files = new PlaylistFiles(api, toasts, settings);
    this.tracks = new TrackList(api, toasts, { sort: 'position' });
    this.acts = new PlaylistActs(api, toasts, () => this.refresh());
    this.places = new PlaylistPlaces(api, toasts);
    this.order = new PlaylistOrder(this, this.acts, this.places);
    this.editor = new PlaylistEditor(api, toasts);
    this.recipe = new PlaylistRecipe(api, toasts, this.editor);
  }

  get all(): readonly PlaylistSummary[] {
    return this.#all;
  }

  get history(): PlaylistHistory {
    return this.#history;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get chosen(): PlaylistSummary | null {
    return this.#all.find(({ id }) => id === this.#chosenId) ?? null;
  }

  /** Rules or a recipe take the place of the open playlist. */
  get isMaking(): boolean {
    return this.editor.isOpen || this.recipe.isOpen;
  }

  listen(): () => void {
    const stops = [
      this.#api.on('tracks.changed', () => this.refreshSoon()),
      this.#api.on('playlists.changed', (history) => {
        this.#history = history;
        this.refreshSoon();
      }),
      this.files.listen(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** While the view is open, its playlist follows what changes. */
  show(): () => void {
    this.#isShown = true;
    this.#readChosen();
    return () => {
      this.#isShown = false;
    };
  }

  freeName(wanted: string): string {
    return freeName(
      wanted,
      this.#all.map(({ name }) => name),
    );
  }

  /** Something to look at when the view opens: what was open the last time, if it is still there. */
  chooseFirst(): void {
    const first = this.#all.find(({ id }) => id === recall<string>(KEY, '')) ?? this.#all[0];
    if (!this.chosen && first) this.choose(first.id);
  }

  /** Opens a playlist; what is being made is left. */
  choose(id: string): void {
    this.closeMaking();
    if (this.#chosenId === id) return;
    this.#chosenId = id;
    remember(KEY, id);
    this.renaming = false;
    const isByGenre = this.chosen?.kind === 'auto-genre';
    this.tracks.change({ playlistId: id, search: '', sort: isByGenre ? 'confidence' : 'position', descending: isByGenre });
    void this.places.read(this.chosen);
  }

  /** A playlist that was just made: it is in the list before it opens. */
  async open(playlist: PlaylistSummary): Promise<void> {
    await this.refresh();
    this.choose(playlist.id);
  }

  async newSmart(): Promise<void> {
    this.closeMaking();
    await this.editor.openNew(this.freeName(t('playlists.smartName')));
  }

  newRecipe(change: Partial<RecipeForm> = {}): void {
    this.closeMaking();
    this.recipe.open(change);
  }

  /** Rules that were not kept can be gone back to. */
  closeMaking(): void {
    const { editor, recipe } = this;
    const back = (making: { reopen: () => void }) => ({ name: t('playlists.goBack'), run: () => this.#goBack(making) });
    if (editor.isOpen && editor.isChanged) {
      this.acts.tell(t('playlists.rulesNotKept', { name: editor.name }), back(editor));
    } else if (recipe.isOpen && recipe.isChanged) {
      this.acts.tell(t('playlists.recipeNotKept', { name: recipe.name }), back(recipe));
    }
    editor.close();
    recipe.close();
  }

  #goBack(making: { reopen: () => void }): void {
    this.editor.close();
    this.recipe.close();
    making.reopen();
  }

  /** Whether a form can show its rules or its recipe. */
  canChange({ rules, recipe }: PlaylistDetail): boolean {
    return rules !== null || (recipe !== null && (rulesOfRecipe(recipe) ?? formOfRecipe(recipe)) !== null);
  }

  /** The rules or the recipe of a playlist, to change them. */
  async change(playlist: PlaylistSummary, { rules, recipe }: PlaylistDetail): Promise<void> {
    this.closeMaking();
    const asked = rules ?? (recipe && rulesOfRecipe(recipe));
    const filled = recipe && formOfRecipe(recipe);
    if (asked) await this.editor.openRules(playlist, asked);
    else if (filled) await this.recipe.openKept(playlist, filled);
  }

  /** As a list of one's own, as it is shown now: in another order when it is sorted. */
  async copy({ id, name }: PlaylistSummary): Promise<void> {
    try {
      const { tracks } = this;
      const trackIds = tracks.query.playlistId === id ? await tracks.idsBetween(0, tracks.total - 1) : [];
      const made = await this.acts.create(this.freeName(name), trackIds);
      if (made) this.choose(made.id);
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  /** Again from its recipe, on the library of today; with the next seed another list. */
  async remake(playlist: PlaylistSummary, isOther: boolean): Promise<void> {
    const recipe = this.places.detail?.recipe;
    try {
      const seed = isOther && recipe ? recipe.seed + 1 : null;
      const { notes } = await this.#api.call('playlists.remake', { id: playlist.id, seed });
      await this.refresh();
      this.acts.tellDone([t('playlists.madeAgain', { name: playlist.name }), ...notes.map(recipeNoteInWords)].join(' '));
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async refresh(): Promise<void> {
    try {
      const { playlists, history } = await this.#api.call('playlists.list', {});
      this.#all = playlists;
      this.#history = history;
      this.#loaded = true;
      if (this.#isShown) this.#readChosen();
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  #readChosen(): void {
    if (!this.chosen) return;
    this.tracks.reload();
    void this.places.read(this.chosen);
  }
}
