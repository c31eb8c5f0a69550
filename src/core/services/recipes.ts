// Playlists made by rules and recipes: shown before they are kept, kept, and made again; rules as text and as a table of fields.
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { PlaylistDraft, PlaylistSummary } from '../domain/playlist.ts';
import type { Mood, Recipe } from '../domain/recipe.ts';
import type { RecipeNote } from '../domain/recipe-note.ts';
import type { SmartRules } from '../domain/smart-rules.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import { type LibraryPlaylists, recipeOf } from '../playlists/library-playlists.ts';
import { placeByRules, ruleReasons } from '../playlists/rule-reasons.ts';
import { parseRules } from '../playlists/rules/parse-rules.ts';
import { printRules } from '../playlists/rules/print-rules.ts';
import { RuleTextError } from '../playlists/rules/rule-tokens.ts';
import type { KeptPlaylistService } from './kept-playlists.ts';

export interface RecipeParts {
  db: LibraryDb;
  playlists: LibraryPlaylists;
  kept: KeptPlaylistService;
  pool: WorkerPool;
  /** From which confidence on playlists by genre take a track. */
  minConfidence: () => number;
  nowMs: () => number;
}

/** The first places of a list that is not kept yet; `nTracks` and `durationSec` are of all. */
export type PlaylistPreview = PlaylistDraft & { nTracks: number };
export type Made = { playlist: PlaylistSummary; notes: RecipeNote[] };
export type ReadRules = { ok: true; rules: SmartRules } | { ok: false; line: number; column: number; message: string };

export class RecipeService {
  readonly #parts: RecipeParts;

  constructor(parts: RecipeParts) {
    this.#parts = parts;
  }

  /** @throws StemscapeError playlist.unknown | track.unknown | input.invalid */
  previewRules(rules: SmartRules, limit: number): PlaylistPreview {
    const { db, playlists } = this.#parts;
    const ids = db.rules.ids(rules, playlists.context());
    const shown = ids.slice(0, limit);
    const reasons = ruleReasons(db, rules.where, shown);
    const places = shown.map((trackId) => placeByRules(db, trackId, reasons));
    return { places, nTracks: ids.length, durationSec: db.playlists.durationOf(ids), notes: [] };
  }

  /** @throws StemscapeError playlist.unknown | track.unknown | track.notAnalysed | input.invalid */
  async preview(recipe: Recipe, limit: number): Promise<PlaylistPreview> {
    const draft = await this.#follow(recipe);
    return { ...draft, places: draft.places.slice(0, limit), nTracks: draft.places.length };
  }

  /** @throws StemscapeError playlist.exists | playlist.empty, and what `preview` throws */
  async make(name: string, recipe: Recipe): Promise<Made> {
    const draft = await this.#follow(recipe);
    if (draft.places.length === 0) throw new StemscapeError('playlist.empty', `“${name}” was not made: no track fits.`);
    return { playlist: await this.#parts.kept.keep(name, this.#withIds(recipe), draft.places), notes: draft.notes };
  }

  /** Live rules are kept as rules; others are followed once and can be made again. */
  async makeByRules(name: string, rules: SmartRules): Promise<Made> {
    if (rules.live) return { playlist: await this.#parts.kept.follow(name, rules), notes: [] };
    return this.make(name, {
      seed: 1,
      pick: { kind: 'rules', rules },
      filter: null,
      length: null,
      order: { kind: 'picked' },
      spreadArtists: false,
    });
  }

  /** Again, on the library as it is now; another seed makes another list. @throws StemscapeError playlist.unknown | input.invalid */
  async remake(id: string, seed: number | null): Promise<Made> {
    const { id: found, recipe } = this.#madeFrom(id);
    const again = seed === null ? recipe : { ...recipe, seed };
    const draft = await this.#follow(again);
    return { playlist: await this.#parts.kept.remake(found, again, draft.places), notes: draft.notes };
  }

  /**
   * The list of another recipe in place of a playlist's own; a name that is given becomes its name.
   * @throws StemscapeError playlist.unknown | playlist.exists | playlist.empty | input.invalid, and what `preview` throws
   */
  async change(id: string, recipe: Recipe, name: string | null): Promise<Made> {
    const { id: found, name: former } = this.#madeFrom(id);
    const draft = await this.#follow(recipe);
    if (draft.places.length === 0) throw new StemscapeError('playlist.empty', `“${former}” was not changed: no track fits.`);
    const playlist = await this.#parts.kept.setRecipe(found, this.#withIds(recipe), draft.places, name);
    return { playlist, notes: draft.notes };
  }

  #madeFrom(id: string): { id: string; name: string; recipe: Recipe } {
    const { playlists } = this.#parts;
    const { id: found, name } = playlists.find(id);
    const stored = playlists.stored(found);
    const recipe = stored && recipeOf(stored);
    if (!recipe) throw new StemscapeError('input.invalid', 'Only a playlist that was made from a recipe can be made again.');
    return { id: found, name, recipe };
  }

  /** Groups of tracks alike in mood, largest first. */
  moods(seed: number): Promise<Mood[]> {
    const { db, pool } = this.#parts;
    return pool.run({ kind: 'findMoods', libraryFile: db.file, seed }, { priority: 'interactive' });
  }

  readText(text: string): ReadRules {
    try {
      return { ok: true, rules: parseRules(text) };
    } catch (error) {
      if (!(error instanceof RuleTextError)) throw error;
      return { ok: false, line: error.line, column: error.column, message: error.message };
    }
  }

  /** Playlists named by name, so that others can read it. */
  writeText(rules: SmartRules): string {
    return printRules({ ...rules, where: this.#parts.playlists.withNames(rules.where) });
  }

  /** Playlists named by id: a rename changes nothing. */
  #withIds(recipe: Recipe): Recipe {
    const { playlists } = this.#parts;
    const { pick, filter } = recipe;
    const isRuled = pick.kind === 'rules';
    return {
      ...recipe,
      filter: filter && playlists.withIds(filter),
      pick: isRuled ? { ...pick, rules: { ...pick.rules, where: playlists.withIds(pick.rules.where) } } : pick,
    };
  }

  #follow(recipe: Recipe): Promise<PlaylistDraft> {
    const { db, pool, nowMs, minConfidence } = this.#parts;
    const task = { kind: 'followRecipe' as const, libraryFile: db.file, recipe, nowMs: nowMs(), minConfidence: minConfidence() };
    return pool.run(task, { priority: 'interactive' });
  }
}
