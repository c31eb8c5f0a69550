// Follows a recipe: filter, pick, length, order, each place with its reason. The same recipe on the same library makes the same list.
import type { PlaceReason } from '../../domain/place-reason.ts';
import type { PlaylistDraft } from '../../domain/playlist.ts';
import { type Length, MAX_CHOSEN, type Recipe } from '../../domain/recipe.ts';
import type { RecipeNote } from '../../domain/recipe-note.ts';
import type { RuleGroup } from '../../domain/smart-rules.ts';
import { createRandom, type Random, shuffled } from '../../training/random.ts';
import { ruleReasons } from '../rule-reasons.ts';
import { arcHeights, chooseAlongArc, heightsOf } from './arc.ts';
import { chooseForMixing, isSameArtist, type MixRules, mixes, mixOf, orderForMixing } from './harmonic.ts';
import type { Kitchen, Picked, PickResult } from './pick-result.ts';
import { pickTracks } from './picks.ts';
import { spreadArtists } from './spread-artists.ts';
import { fillTime } from './time-budget.ts';

/** Most tracks whose order for mixing is sought at once. */
const MAX_MIXED = 1000;

/** @throws StemscapeError track.unknown | track.notAnalysed | input.invalid | playlist.unknown */
export function makePlaylist(kitchen: Kitchen, recipe: Recipe): PlaylistDraft {
  const random = createRandom(recipe.seed);
  const all = kitchen.db.playlistCandidates.all();
  const byId = new Map(all.map((track) => [track.id, track]));
  const fitting = recipe.filter && new Set(kitchen.db.rules.filter(recipe.filter, kitchen.playlists.context()));
  const candidates = fitting ? all.filter(({ id }) => fitting.has(id)) : all;
  const picks = pickTracks(kitchen, recipe, { candidates, byId }, random);
  const { list, notes } = picks.isWhole ? { list: picks.picked, notes: [] } : arrange(picks, recipe, random);
  return draftOf(kitchen, recipe, list, [...picks.notes, ...notes]);
}

interface Arranged {
  list: Picked[];
  notes: RecipeNote[];
}

function arrange({ picked, usualLength }: PickResult, recipe: Recipe, random: Random): Arranged {
  const length = recipe.length ?? usualLength;
  // Without a length, time cannot be counted of tracks whose length is not known.
  const pool = length?.by === 'minutes' ? picked.filter(({ track }) => (track.durationSec ?? 0) > 0) : picked;
  const notes = (list: readonly Picked[]) => notesOn(list, recipe.length);
  if (pool.length === 0) return { list: [], notes: [{ code: 'noTrackFits' }] };
  if (recipe.order.kind === 'arc') {
    const list = alongArc(pool, recipe, length);
    return { list, notes: notes(list) };
  }
  if (recipe.order.kind === 'harmonic') {
    const rules = { tempoTolerance: recipe.order.tempoTolerance, spreadArtists: recipe.spreadArtists };
    const list = mixed(pool, rules, length, random);
    return { list, notes: [...notes(list), ...notesOnMix(list, rules)] };
  }
  const chosen = chosenOf(pool, length);
  const ordered = recipe.order.kind === 'random' ? shuffled(chosen, random) : chosen;
  return { list: recipe.spreadArtists ? spreadArtists(ordered) : ordered, notes: notes(chosen) };
}

function chosenOf(pool: readonly Picked[], length: Length | null): Picked[] {
  if (length?.by !== 'minutes') return pool.slice(0, Math.min(MAX_CHOSEN, length?.n ?? MAX_CHOSEN));
  const { chosen } = fillTime(
    pool.map(({ track }) => track.durationSec!),
    60 * length.minutes,
    length.toleranceSec,
  );
  return chosen.map((i) => pool[i]!);
}

function alongArc(pool: readonly Picked[], recipe: Recipe, length: Length | null): Picked[] {
  if (recipe.order.kind !== 'arc') return [];
  const tracks = pool.map(({ track }) => track);
  const heights = heightsOf(tracks, recipe.order.field);
  const { order } = chooseAlongArc(tracks, heights, recipe.order, length);
  const chosen = recipe.spreadArtists ? spreadArtists(order.map((i) => pool[i]!)) : order.map((i) => pool[i]!);
  const wanted = arcHeights(recipe.order, chosen.length);
  const height = new Map(order.map((i) => [tracks[i]!.id, heights[i]!]));
  const { field, shape } = recipe.order;
  return chosen.map((one, at) => {
    const percent = Math.round(100 * height.get(one.track.id)!);
    const askedPercent = Math.round(100 * wanted[at]!);
    return also(one, { code: 'arc', field, shape, percent, askedPercent, place: at + 1, nPlaces: chosen.length });
  });
}

function mixed(pool: readonly Picked[], rules: MixRules, length: Length | null, random: Random): Picked[] {
  const tracks = pool.map(({ track }) => track);
  const order = length
    ? chooseForMixing(tracks, rules, length, random)
    : orderForMixing(tracks.slice(0, MAX_MIXED), rules, random);
  const list = order.map((i) => pool[i]!);
  return list.map((one, at) => {
    const before = list[at - 1]?.track;
    const mix = mixOf(one.track);
    if (!before) return also(one, { code: 'mixBegins', mix });
    return also(one, { code: 'mixes', isMixing: mixes(before, one.track, rules), mix, before: mixOf(before) });
  });
}

function also({ track, reasons }: Picked, more: PlaceReason): Picked {
  return { track, reasons: [...reasons, more] };
}

function notesOn(list: readonly Picked[], length: Length | null): RecipeNote[] {
  if (length === null) return [];
  if (length.by === 'tracks') return list.length < length.n ? [{ code: 'tooFew', n: list.length, nAsked: length.n }] : [];
  const gapSec = totalSec(list) - 60 * length.minutes;
  if (Math.abs(gapSec) <= length.toleranceSec) return [];
  return [{ code: 'nearest', minutes: length.minutes, gapSec }];
}

function notesOnMix(list: readonly Picked[], rules: MixRules): RecipeNote[] {
  const nHard = list.filter(({ track }, at) => at > 0 && !mixes(list[at - 1]!.track, track, rules)).length;
  const nSame = list.filter(({ track }, at) => at > 0 && isSameArtist(list[at - 1]!.track, track)).length;
  return [
    ...(nHard > 0 ? [{ code: 'transitions' as const, n: nHard, total: list.length - 1 }] : []),
    ...(rules.spreadArtists && nSame > 0 ? [{ code: 'artistAgain' as const, n: nSame }] : []),
  ];
}

function totalSec(list: readonly Picked[]): number {
  return list.reduce((sum, { track }) => sum + (track.durationSec ?? 0), 0);
}

/** What the filter or the rules say of the chosen comes before what the recipe says. */
function draftOf({ db }: Kitchen, recipe: Recipe, list: readonly Picked[], notes: RecipeNote[]): PlaylistDraft {
  const asked: RuleGroup[] = [recipe.filter, recipe.pick.kind === 'rules' ? recipe.pick.rules.where : null].filter(
    (one) => one !== null,
  );
  const where: RuleGroup = { match: 'all', rules: asked };
  const byRules =
    asked.length === 0
      ? null
      : ruleReasons(
          db,
          where,
          list.map(({ track }) => track.id),
        );
  const places = list.map(({ track, reasons: own }) => {
    const fits = byRules?.get(track.id);
    const reasons = fits ? [fits, ...own] : own;
    return { trackId: track.id, path: track.path, reasons: reasons.length > 0 ? reasons : [{ code: 'atRandom' as const }] };
  });
  return { places, durationSec: totalSec(list), notes };
}
