// Which tracks come into question for a recipe, best first, each with the reason.

import type { CandidateRow } from '../../db/playlist-candidates.ts';
import { genreKey } from '../../domain/genre.ts';
import type { PlaceReason } from '../../domain/place-reason.ts';
import type { Pick, Recipe } from '../../domain/recipe.ts';
import { type Random, shuffled } from '../../training/random.ts';
import { tracksOfMood } from './moods.ts';
import { type Kitchen, type Pantry, type Picked, type PickResult, result } from './pick-result.ts';
import { pickAlike, pickPath } from './sound-picks.ts';
import { unplayedCorners } from './unplayed.ts';

type PickOf<K extends Pick['kind']> = Extract<Pick, { kind: K }>;

const USUAL = { by: 'tracks', n: 50 } as const;

/** @throws StemscapeError track.unknown | track.notAnalysed | input.invalid | playlist.unknown */
export function pickTracks(kitchen: Kitchen, recipe: Recipe, pantry: Pantry, random: Random): PickResult {
  const { pick } = recipe;
  const { candidates } = pantry;
  switch (pick.kind) {
    case 'all':
      return result(
        shuffled(candidates, random).map((track) => ({ track, reasons: [] })),
        USUAL,
      );
    case 'rules':
      return result(pickByRules(kitchen, pick, candidates));
    case 'tracks':
      return pickNamed(pick, pantry);
    case 'genre':
      return result(shuffled(pickByGenre(pick, candidates), random));
    case 'mood':
      return result(pickMood(pick, candidates));
    case 'like':
      return pickAlike(kitchen, pick, recipe, pantry);
    case 'path':
      return pickPath(kitchen, pick, recipe, pantry);
    case 'unplayed': {
      const heard = candidates.filter(({ energy }) => energy !== null);
      const sounds = kitchen.db.playlistCandidates.directions(heard.map(({ id }) => id));
      const plays = kitchen.db.playlistCandidates.plays(kitchen.nowMs(), pick.halfLifeDays);
      return result(unplayedCorners(heard, sounds, plays, random), USUAL);
    }
  }
}

function pickByRules({ db, playlists }: Kitchen, { rules }: PickOf<'rules'>, candidates: readonly CandidateRow[]): Picked[] {
  const byId = new Map(candidates.map((track) => [track.id, track]));
  const ids = db.rules.ids(rules, playlists.context());
  return ids.flatMap((id) => {
    const track = byId.get(id);
    return track ? [{ track, reasons: [] }] : [];
  });
}

function pickNamed({ trackIds }: PickOf<'tracks'>, { candidates, byId }: Pantry): PickResult {
  const fitting = new Set(candidates.map(({ id }) => id));
  const picked = [...new Set(trackIds)].flatMap((id) => {
    const track = byId.get(id);
    return track && fitting.has(id) ? [{ track, reasons: [{ code: 'chosen' as const }] }] : [];
  });
  const nLost = new Set(trackIds).size - picked.length;
  return {
    ...result(picked),
    notes: nLost === 0 ? [] : [{ code: 'lost', n: nLost }],
  };
}

function pickByGenre({ genre, minConfidence }: PickOf<'genre'>, candidates: readonly CandidateRow[]): Picked[] {
  const key = genreKey(genre);
  const fits = ({ genre: name, confidence }: CandidateRow) =>
    name !== null && genreKey(name) === key && (confidence ?? 0) >= minConfidence;
  return candidates.filter(fits).map((track) => ({ track, reasons: [genreReason(track)] }));
}

function genreReason({ genre: name, origin, confidence }: CandidateRow): PlaceReason {
  const genre = name ?? '';
  if (origin === 'model') return { code: 'sure', genre, percent: Math.round(100 * (confidence ?? 0)) };
  return { code: origin === 'tag' ? 'inFile' : 'yours', genre };
}

function pickMood({ name, middle, radius }: PickOf<'mood'>, candidates: readonly CandidateRow[]): Picked[] {
  return tracksOfMood(candidates, middle, radius).map(({ track, distance }) => ({
    track,
    reasons: [{ code: 'mood', mood: name === '' ? null : name, percent: Math.round(100 * (1 - distance / radius)) }],
  }));
}
