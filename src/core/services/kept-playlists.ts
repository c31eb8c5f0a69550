// Playlists a person keeps: made, renamed, filled, put in order, removed. Every act lies in the library's history and can be
// undone and redone, also after a restart.
import type { AppEvents } from '../app-events.ts';
import type { LibraryDb } from '../db/open.ts';
import type { NewPlace, StoredPlace, StoredPlaylist } from '../db/playlist-store.ts';
import { StemscapeError } from '../domain/errors.ts';
import { type KeptKind, MAX_PLAYLIST_NAME, type PlaylistHistory, type PlaylistSummary } from '../domain/playlist.ts';
import type { PlaylistDeed } from '../domain/playlist-deed.ts';
import type { Recipe } from '../domain/recipe.ts';
import { conditionsOf, type SmartRules } from '../domain/smart-rules.ts';
import type { WriteGate } from '../library/write-gate.ts';
import { keptId, type LibraryPlaylists, playlistsNamedBy } from '../playlists/library-playlists.ts';
import { PlaylistJournal } from './playlist-journal.ts';

export interface KeptPlaylistParts {
  db: LibraryDb;
  events: AppEvents;
  /** Writes wait while the library is being re-scored. */
  gate: Pick<WriteGate, 'pass'>;
  playlists: LibraryPlaylists;
  nowMs: () => number;
}

export class KeptPlaylistService {
  readonly #parts: KeptPlaylistParts;
  readonly #journal: PlaylistJournal;

  constructor(parts: KeptPlaylistParts) {
    this.#parts = parts;
    this.#journal = new PlaylistJournal(parts);
  }

  /** In this order; a track may be there more than once. @throws StemscapeError playlist.exists | track.unknown | input.invalid */
  async create(name: string, trackIds: readonly number[]): Promise<PlaylistSummary> {
    return this.#create(name, 'manual', null, this.#known(trackIds));
  }

  /** A list made from a recipe; each place says why it is there. */
  async keep(name: string, recipe: Recipe, places: readonly NewPlace[]): Promise<PlaylistSummary> {
    return this.#create(name, 'recipe', JSON.stringify(recipe), places);
  }

  /** Live rules. @throws StemscapeError playlist.exists | playlist.unknown | track.unknown */
  async follow(name: string, rules: SmartRules): Promise<PlaylistSummary> {
    const kept = this.#checked(rules, []);
    return this.#create(name, 'smart', JSON.stringify(kept), []);
  }

  /** @throws StemscapeError playlist.unknown | playlist.exists | input.invalid */
  async rename(id: string, name: string): Promise<PlaylistSummary> {
    const before = await this.#changeable(id);
    const after = { ...before, name: this.#freeName(name, before.id) };
    this.#journal.act({ code: 'renamed', from: before.name, to: after.name }, before, after, (places) => places);
    return this.#parts.playlists.find(keptId(before.id));
  }

  /**
   * Other rules for a smart playlist, in one act with another name where one is given.
   * @throws StemscapeError playlist.unknown | playlist.exists | input.invalid for rules that go in circles
   */
  async setRules(id: string, rules: SmartRules, name: string | null = null): Promise<PlaylistSummary> {
    const before = await this.#changeable(id);
    if (before.kind !== 'smart') throw new StemscapeError('input.invalid', `“${before.name}” follows no rules.`);
    const recipeJson = JSON.stringify(this.#checked(rules, [before]));
    const after = { ...before, name: this.#nameOf(before, name), recipeJson };
    this.#journal.act({ code: 'rulesChanged', name: before.name }, before, after, (places) => places);
    return this.#parts.playlists.find(keptId(before.id));
  }

  /** Made again from a recipe: all its places are replaced. */
  async remake(id: string, recipe: Recipe, places: readonly NewPlace[]): Promise<PlaylistSummary> {
    return this.#replace(id, recipe, places, null, 'madeAgain');
  }

  /** Made from another recipe, in one act with another name where one is given. @throws StemscapeError playlist.exists */
  async setRecipe(id: string, recipe: Recipe, places: readonly NewPlace[], name: string | null): Promise<PlaylistSummary> {
    return this.#replace(id, recipe, places, name, 'recipeChanged');
  }

  async #replace(
    id: string,
    recipe: Recipe,
    places: readonly NewPlace[],
    name: string | null,
    code: 'madeAgain' | 'recipeChanged',
  ): Promise<PlaylistSummary> {
    const before = await this.#changeable(id);
    const after = { ...before, name: this.#nameOf(before, name), recipeJson: JSON.stringify(recipe) };
    this.#journal.act({ code, name: before.name }, before, after, () => this.#parts.db.playlists.placesOf(places));
    return this.#parts.playlists.find(keptId(before.id));
  }

  /** @throws StemscapeError playlist.unknown | input.invalid when another's rules name it */
  async remove(id: string): Promise<void> {
    const before = await this.#changeable(id);
    const user = this.#parts.db.playlists.all().find((other) => playlistsNamedBy(other).includes(keptId(before.id)));
    if (user)
      throw new StemscapeError('input.invalid', `“${before.name}” is named in the rules of “${user.name}”. Change those first.`);
    this.#journal.act({ code: 'removed', name: before.name }, before, null, () => []);
  }

  /** At the end, in this order; tracks that are there already are passed over unless `again`. */
  async addTracks(id: string, trackIds: readonly number[], again = false): Promise<{ nAdded: number; nAlready: number }> {
    const before = await this.#ordered(id);
    const there = new Set(again ? [] : this.#parts.db.playlists.trackIds(before.id));
    const fresh = this.#known(trackIds).filter(({ trackId }) => {
      const isNew = !there.has(trackId);
      if (!again) there.add(trackId);
      return isNew;
    });
    if (fresh.length > 0) {
      const added = this.#parts.db.playlists.placesOf(fresh);
      const deed = { code: 'added' as const, n: fresh.length, name: before.name };
      this.#journal.act(deed, before, before, (places) => [...places, ...added]);
    }
    return { nAdded: fresh.length, nAlready: trackIds.length - fresh.length };
  }

  /** Every place that holds one of these tracks. */
  async removeTracks(id: string, trackIds: readonly number[]): Promise<{ nRemoved: number }> {
    const before = await this.#ordered(id);
    const gone = new Set<number | null>(trackIds);
    const nRemoved = this.#parts.db.playlists.places(before.id).filter(({ trackId }) => gone.has(trackId)).length;
    if (nRemoved > 0) {
      const left = (places: StoredPlace[]) => places.filter(({ trackId }) => !gone.has(trackId));
      this.#journal.act({ code: 'taken', n: nRemoved, name: before.name }, before, before, left);
    }
    return { nRemoved };
  }

  /** Puts these tracks, in the order they have, before another track, or with null at the end. */
  async move(id: string, trackIds: readonly number[], beforeTrackId: number | null): Promise<void> {
    const before = await this.#ordered(id);
    const moving = new Set<number | null>(trackIds);
    this.#journal.act({ code: 'moved', n: moving.size, name: before.name }, before, before, (places) => {
      const staying = places.filter(({ trackId }) => !moving.has(trackId));
      // A mark that moves itself stands for the next track that stays.
      const mark = beforeTrackId === null ? -1 : places.findIndex(({ trackId }) => trackId === beforeTrackId);
      const next = mark < 0 ? undefined : places.slice(mark).find(({ trackId }) => !moving.has(trackId));
      const at = next ? staying.indexOf(next) : staying.length;
      return staying.toSpliced(at, 0, ...places.filter(({ trackId }) => moving.has(trackId)));
    });
  }

  /** The act that was taken back; null when there is nothing to undo. */
  async undo(): Promise<PlaylistDeed | null> {
    await this.#parts.gate.pass();
    return this.#journal.undo();
  }

  async redo(): Promise<PlaylistDeed | null> {
    await this.#parts.gate.pass();
    return this.#journal.redo();
  }

  history(): PlaylistHistory {
    return this.#journal.history();
  }

  async #create(name: string, kind: KeptKind, recipeJson: string | null, tracks: readonly NewPlace[]): Promise<PlaylistSummary> {
    await this.#parts.gate.pass();
    const now = this.#parts.nowMs();
    const playlist = { name: this.#freeName(name, null), kind, recipeJson, createdAtMs: now, changedAtMs: now };
    return this.#parts.playlists.find(keptId(this.#journal.make(playlist, tracks)));
  }

  /** Playlists named by id; whatever could go wrong when the rules are followed goes wrong here. */
  #checked(rules: SmartRules, trail: readonly StoredPlaylist[]): SmartRules {
    const { db, playlists } = this.#parts;
    const kept = { ...rules, live: true, where: playlists.withIds(rules.where) };
    const context = playlists.context(trail);
    for (const { field, value, trackId } of conditionsOf(kept.where)) {
      if (field === 'playlist') context.members(String(value));
      if (trackId !== undefined) context.sound(trackId);
    }
    db.rules.ids(kept, context);
    return kept;
  }

  async #changeable(id: string): Promise<StoredPlaylist> {
    await this.#parts.gate.pass();
    const kept = this.#parts.playlists.stored(id);
    if (kept) return kept;
    const { name } = this.#parts.playlists.find(id);
    throw new StemscapeError('input.invalid', `“${name}” is made from what the model hears; it follows your labels.`);
  }

  /** One whose tracks a person may change. */
  async #ordered(id: string): Promise<StoredPlaylist> {
    const kept = await this.#changeable(id);
    if (kept.kind !== 'smart') return kept;
    throw new StemscapeError(
      'input.invalid',
      `“${kept.name}” follows its rules. Change those, or make a playlist of its tracks.`,
    );
  }

  #known(trackIds: readonly number[]): NewPlace[] {
    const unknown = trackIds.find((id) => this.#parts.db.tracks.byId(id) === undefined);
    if (unknown !== undefined) throw new StemscapeError('track.unknown', `There is no track ${unknown} in this library.`);
    return trackIds.map((trackId) => ({ trackId, reasons: [] }));
  }

  #nameOf(before: StoredPlaylist, name: string | null): string {
    return name === null ? before.name : this.#freeName(name, before.id);
  }

  #freeName(name: string, ownId: number | null): string {
    const clean = name.trim().replace(/\s+/g, ' ');
    if (clean === '' || clean.length > MAX_PLAYLIST_NAME) {
      throw new StemscapeError('input.invalid', `A playlist's name has 1 to ${MAX_PLAYLIST_NAME} letters.`);
    }
    const other = this.#parts.db.playlists.byName(clean);
    if (other && other.id !== ownId) throw new StemscapeError('playlist.exists', `There is a playlist “${other.name}” already.`);
    return clean;
  }
}
