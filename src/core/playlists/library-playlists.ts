// All playlists of a library as one list: those by genre, and those a person keeps. Live rules are followed here, also where they
// name other playlists.
import type { LibraryDb } from '../db/open.ts';
import type { StoredPlaylist } from '../db/playlist-store.ts';
import type { RuleContext } from '../db/rule-query.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { PlaceReason } from '../domain/place-reason.ts';
import type { PlaylistDetail, PlaylistPlace, PlaylistSummary } from '../domain/playlist.ts';
import { type Recipe, recipeSchema } from '../domain/recipe.ts';
import { conditionsOf, mapConditions, type RuleGroup, type SmartRules, smartRulesSchema } from '../domain/smart-rules.ts';
import { AUTO_GENRE_PREFIX, type AutoPlaylists, autoGenreId } from './auto-genre.ts';
import type { PlaylistSource } from './playlist-source.ts';
import { placeByRules, ruleReasons } from './rule-reasons.ts';

const KEPT_PREFIX = 'list:';
/** Dates such as "in the last 30 days" are this exact. */
const CLOCK_STEP_MS = 60_000;

/** Playlists whose rules are being followed, outermost first. */
type Trail = readonly StoredPlaylist[];

export function keptId(id: number): string {
  return KEPT_PREFIX + id;
}

export class LibraryPlaylists implements PlaylistSource {
  readonly #db: LibraryDb;
  readonly #auto: AutoPlaylists;
  readonly #nowMs: () => number;
  /** Ids that rules found, by playlist, while the library stays as it is. */
  #found = new Map<string, number[]>();
  #foundAt = '';

  constructor(db: LibraryDb, auto: AutoPlaylists, nowMs: () => number) {
    this.#db = db;
    this.#auto = auto;
    this.#nowMs = nowMs;
  }

  /** Kept ones by name, then those by genre. */
  list(): PlaylistSummary[] {
    const kept = this.#db.playlists.all().map((playlist) => this.#summary(playlist, playlist));
    return [...kept, ...this.#auto.list()];
  }

  find(idOrName: string): PlaylistSummary {
    const kept = this.stored(idOrName);
    if (!kept) return this.#byGenre(idOrName);
    const counted = this.#db.playlists.all().find(({ id }) => id === kept.id)!;
    return this.#summary(kept, counted);
  }

  #byGenre(idOrName: string): PlaylistSummary {
    if (idOrName.startsWith(AUTO_GENRE_PREFIX)) return this.#auto.find(idOrName);
    const found = this.#auto.list().find(({ id }) => id === autoGenreId(idOrName));
    if (found) return found;
    throw new StemscapeError('playlist.unknown', `There is no playlist “${idOrName}”.`);
  }

  tracks(id: string) {
    if (id.startsWith(AUTO_GENRE_PREFIX)) return this.#auto.tracks(id);
    return this.ids(id).flatMap((trackId) => this.#db.listing.one(trackId) ?? []);
  }

  /** Ids of its tracks that are in the library, in its order. @throws StemscapeError playlist.unknown */
  ids(id: string): number[] {
    if (id.startsWith(AUTO_GENRE_PREFIX)) return this.#auto.tracks(id).map((row) => row.id);
    return this.#idsOf(this.kept(id), []);
  }

  /** With its places from `offset` on; rules name playlists by name. */
  detail(id: string, offset = 0, limit = Number.MAX_SAFE_INTEGER): PlaylistDetail {
    const summary = this.find(id);
    const kept = this.stored(summary.id);
    const base = {
      ...summary,
      recipe: null,
      rules: null,
      createdAtMs: kept?.createdAtMs ?? null,
      changedAtMs: kept?.changedAtMs ?? null,
    };
    const part = <T>(all: readonly T[]): T[] => all.slice(offset, offset + limit);
    if (!kept) return { ...base, places: part(this.#auto.tracks(summary.id)).map(genrePlace) };
    if (kept.kind === 'smart') {
      const rules = rulesOf(kept);
      return {
        ...base,
        rules: { ...rules, where: this.withNames(rules.where) },
        places: this.#followed(rules, part(this.ids(summary.id))),
      };
    }
    const places = part(this.#db.playlists.places(kept.id));
    const recipe = recipeOf(kept);
    return {
      ...base,
      recipe: recipe && this.#recipeWithNames(recipe),
      places: places.map(({ trackId, path, reasons }) => ({ trackId, path, reasons })),
    };
  }

  /** A kept playlist by id or name; null when there is none. */
  stored(idOrName: string): StoredPlaylist | null {
    const [, id] = /^list:(\d{1,15})$/.exec(idOrName) ?? [];
    return id === undefined ? this.#db.playlists.byName(idOrName) : this.#db.playlists.byId(Number(id));
  }

  /** @throws StemscapeError playlist.unknown */
  kept(idOrName: string): StoredPlaylist {
    const found = this.stored(idOrName);
    if (found) return found;
    throw new StemscapeError('playlist.unknown', `There is no playlist “${idOrName}”.`);
  }

  /** What rules need to be followed; `trail` holds the playlists that must not come up again. */
  context(trail: Trail = []): RuleContext {
    return {
      nowMs: Math.floor(this.#nowMs() / CLOCK_STEP_MS) * CLOCK_STEP_MS,
      members: (name) => this.#members(name, trail),
      sound: (trackId) => {
        if (!this.#db.tracks.byId(trackId))
          throw new StemscapeError('track.unknown', `There is no track ${trackId} in this library.`);
        return this.#db.rules.sound(trackId);
      },
    };
  }

  /** The same rules with playlists named by id, as they are kept: a rename changes nothing. @throws StemscapeError playlist.unknown */
  withIds(where: RuleGroup): RuleGroup {
    return this.#renamed(where, (name) => this.find(name).id);
  }

  /** The same rules with playlists named by name, as they are shown and shared. */
  withNames(where: RuleGroup): RuleGroup {
    const names = new Map(this.list().map(({ id, name }) => [id, name]));
    return this.#renamed(where, (id) => names.get(id) ?? id);
  }

  #recipeWithNames(recipe: Recipe): Recipe {
    const { filter, pick } = recipe;
    const named = pick.kind === 'rules' ? { ...pick, rules: { ...pick.rules, where: this.withNames(pick.rules.where) } } : pick;
    return { ...recipe, filter: filter && this.withNames(filter), pick: named };
  }

  #renamed(where: RuleGroup, rename: (name: string) => string): RuleGroup {
    return mapConditions(where, (one) => (one.field === 'playlist' ? { ...one, value: rename(String(one.value)) } : one));
  }

  /** A playlist that is gone by now holds nothing. */
  #members(name: string, trail: Trail): number[] {
    const kept = this.stored(name);
    if (!kept) {
      const isGone = name.startsWith(KEPT_PREFIX) || name.startsWith(AUTO_GENRE_PREFIX);
      if (isGone && !this.#auto.list().some(({ id }) => id === name)) return [];
      return this.#auto.tracks(this.#byGenre(name).id).map((row) => row.id);
    }
    if (!trail.some(({ id }) => id === kept.id)) return this.#idsOf(kept, trail);
    const circle = [...trail, kept].map((playlist) => `“${playlist.name}”`).join(' → ');
    throw new StemscapeError('input.invalid', `The playlist “${kept.name}” would hold itself: ${circle}.`);
  }

  #idsOf(kept: StoredPlaylist, trail: Trail): number[] {
    if (kept.kind !== 'smart') return this.#db.playlists.trackIds(kept.id);
    const context = this.context([...trail, kept]);
    const state = `${this.#db.rules.version()}@${context.nowMs}`;
    if (state !== this.#foundAt) this.#found = new Map();
    this.#foundAt = state;
    const key = `${kept.id} ${kept.recipeJson}`;
    const ids = this.#found.get(key) ?? this.#db.rules.ids(rulesOf(kept), context);
    this.#found.set(key, ids);
    return ids;
  }

  #followed(rules: SmartRules, ids: readonly number[]): PlaylistDetail['places'] {
    const reasons = ruleReasons(this.#db, rules.where, ids);
    return ids.map((trackId) => placeByRules(this.#db, trackId, reasons));
  }

  #summary({ id, name, kind }: StoredPlaylist, counted: { nTracks: number; durationSec: number }): PlaylistSummary {
    if (kind !== 'smart') return { id: keptId(id), name, kind, nTracks: counted.nTracks, durationSec: counted.durationSec };
    const ids = this.ids(keptId(id));
    return { id: keptId(id), name, kind, nTracks: ids.length, durationSec: this.#db.playlists.durationOf(ids) };
  }
}

function genrePlace(row: ReturnType<AutoPlaylists['tracks']>[number]): PlaylistPlace {
  const genre = row.genre_name ?? '';
  const isOwn = row.genre_origin === 'hand' || row.genre_origin === 'import';
  const reason: PlaceReason = isOwn
    ? { code: 'yours', genre }
    : { code: 'sure', genre, percent: Math.round(100 * (row.genre_confidence ?? 0)) };
  return { trackId: row.id, path: row.path, reasons: [reason] };
}

export function rulesOf({ recipeJson }: StoredPlaylist): SmartRules {
  return smartRulesSchema.parse(JSON.parse(recipeJson ?? 'null'));
}

export function recipeOf({ kind, recipeJson }: StoredPlaylist): Recipe | null {
  return kind === 'recipe' ? recipeSchema.parse(JSON.parse(recipeJson ?? 'null')) : null;
}

/** Ids of playlists that a playlist's rules name. */
export function playlistsNamedBy(kept: StoredPlaylist): string[] {
  const where = kept.kind === 'smart' ? rulesOf(kept).where : null;
  return where ? conditionsOf(where).flatMap(({ field, value }) => (field === 'playlist' ? [String(value)] : [])) : [];
}
