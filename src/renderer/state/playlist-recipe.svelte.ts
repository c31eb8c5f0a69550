// A playlist made from a recipe: a short form, what it gives, another try with the next seed, and keeping it under a name.
import type { Mood, PlaylistSummary } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { trackTitle } from '../lib/format.ts';
import { t } from '../lib/language.ts';
import type { FilledForm } from '../lib/recipe-form-of.ts';
import { EMPTY_FORM, missingIn, type RecipeForm, type RecipeKind, recipeOfForm } from '../lib/recipe-forms.ts';
import { suggestedName } from '../lib/recipe-names.ts';
import type { PlaylistEditor } from './playlist-editor.svelte.ts';
import { PlaylistFilter } from './playlist-filter.svelte.ts';
import { PlaylistPreview } from './playlist-preview.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export class PlaylistRecipe {
  #api: Api;
  #toasts: Toasts;
  readonly preview: PlaylistPreview;
  readonly filter: PlaylistFilter;
  #form = $state.raw<RecipeForm>(EMPTY_FORM);
  #moods = $state.raw<readonly Mood[] | null>(null);
  #isOpen = $state(false);
  #isChanged = $state(false);
  #playlist = $state.raw<PlaylistSummary | null>(null);
  /** Null while the suggested name stands. */
  #ownName = $state<string | null>(null);

  constructor(api: Api, toasts: Toasts, editor: PlaylistEditor) {
    this.#api = api;
    this.#toasts = toasts;
    this.preview = new PlaylistPreview(api);
    this.filter = new PlaylistFilter(editor, () => this.#changed());
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The playlist whose recipe is changed; null for a new one. */
  get playlist(): PlaylistSummary | null {
    return this.#playlist;
  }

  /** Something was changed of a kept recipe that is not kept yet. */
  get isChanged(): boolean {
    return this.#playlist !== null && this.#isChanged;
  }

  get form(): RecipeForm {
    return this.#form;
  }

  /** Null until they were read; a kept mood that the library has no more comes first. */
  get moods(): readonly Mood[] | null {
    const { mood } = this.#form;
    const isGone = mood !== null && this.#moods !== null && !this.#moods.some(({ name }) => name === mood.name);
    return isGone && this.#moods !== null ? [mood, ...this.#moods] : this.#moods;
  }

  get missing(): string | null {
    return missingIn(this.#form) ?? (this.filter.nUnfinished > 0 ? t('recipes.unfinishedCondition') : null);
  }

  /** The person gave the name. */
  get isNamed(): boolean {
    return this.#ownName !== null;
  }

  get name(): string {
    return this.#ownName ?? suggestedName(this.#form, (id) => this.titleOf(id));
  }

  set name(name: string) {
    this.#ownName = name;
    this.#isChanged = true;
  }

  titleOf(id: number): string {
    const track = this.preview.track(id);
    return track ? trackTitle(track) : t('recipes.trackNumber', { id });
  }

  /** A new one; the form is as it was left when a new one was made last. */
  open(change: Partial<RecipeForm> = {}): void {
    if (this.#playlist !== null) {
      this.#form = EMPTY_FORM;
      void this.filter.take(null);
    }
    this.#playlist = null;
    this.#isOpen = true;
    this.#ownName = null;
    this.#form = { ...this.#form, seed: 1, ...change };
    this.#changed();
  }

  /** The recipe of a kept playlist, to change it. */
  async openKept(playlist: PlaylistSummary, { form, only }: FilledForm): Promise<void> {
    if (!(await this.filter.take(only))) return;
    this.#playlist = playlist;
    this.#isOpen = true;
    this.#ownName = playlist.name;
    this.#form = form;
    this.#changed();
    this.#isChanged = false;
  }

  /** As it was left. */
  reopen(): void {
    this.#isOpen = true;
    this.#changed();
  }

  close(): void {
    this.#isOpen = false;
    this.preview.show(null);
  }

  /** Artists kept apart would bend an arc. */
  choose(kind: RecipeKind): void {
    this.change({ kind, seed: 1, spreadArtists: kind !== 'arc' });
  }

  change(change: Partial<RecipeForm>): void {
    this.#form = { ...this.#form, ...change };
    this.#changed();
  }

  /** The kept playlist, or the changed one; null when it was refused. */
  async keep(name: string): Promise<PlaylistSummary | null> {
    try {
      const recipe = recipeOfForm(this.#form, this.filter.group);
      const { playlist } = this.#playlist
        ? await this.#api.call('playlists.setRecipe', { id: this.#playlist.id, recipe, name })
        : await this.#api.call('playlists.make', { name, making: { by: 'recipe', recipe } });
      this.#isChanged = false;
      return playlist;
    } catch (error) {
      this.#toasts.fail(error);
      return null;
    }
  }

  #changed(): void {
    this.#isChanged = true;
    const { kind, likeIds, fromId, toId } = this.#form;
    if (kind === 'mood' && this.#moods === null) void this.#readMoods();
    const named = [...likeIds, fromId, toId].filter((id) => id !== null);
    this.preview.know(named).catch((error: unknown) => this.#toasts.fail(error));
    const isComplete = missingIn(this.#form) === null;
    this.preview.show(isComplete ? { by: 'recipe', recipe: recipeOfForm(this.#form, this.filter.group) } : null);
  }

  async #readMoods(): Promise<void> {
    try {
      this.#moods = (await this.#api.call('playlists.moods', {})).moods;
      if (this.#form.kind === 'mood' && this.#form.mood === null && this.#moods[0]) this.change({ mood: this.#moods[0] });
    } catch (error) {
      this.#toasts.fail(error);
    }
  }
}
