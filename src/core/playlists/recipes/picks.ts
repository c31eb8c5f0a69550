// Which tracks come into question for a recipe, best first, each with the reason.

import type { LibraryDb } from '../../db/open.ts';
import type { CandidateRow } from '../../db/playlist-candidates.ts';
import { StemscapeError } from '../../domain/errors.ts';
import { genreKey } from '../../domain/genre.ts';
import type { Length, Pick, Recipe } from '../../domain/recipe.ts';
import type { Neighbours } from '../../neighbours/neighbours.ts';
import { type Random, shuffled } from '../../training/random.ts';
import type { LibraryPlaylists } from '../library-playlists.ts';
import { tracksOfMood } from './moods.ts';
import { pickAlike, pickPath } from './sound-picks.ts';
import { unplayedCorners } from './unplayed.ts';

export interface Kitchen {
  db: LibraryDb;
  neighbours: Neighbours;
  playlists: LibraryPlaylists;
  nowMs: () => number;
}

export interface Picked {
  track: CandidateRow;
  /** One sentence; empty where the filter alone says why. */
  reason: string;
}

export interface PickResult {
  picked: Picked[];
  /** For a recipe that states no length. */
  usualLength: Length | null;
  /** The order is part of the answer: it is not chosen from and not put in another order. */
  isWhole: boolean;
  notes: string[];
}

/** Tracks that a recipe may use, and every playable one by id for what it names itself. */
export interface Pantry {
  candidates: readonly CandidateRow[];
  byId: ReadonlyMap<number, CandidateRow>;
}

type PickOf<K extends Pick['kind']> = Extract<Pick, { kind: K }>;

const USUAL = { by: 'tracks', n: 50 } as const;

/** @throws StemscapeError track.unknown | track.notAnalysed | input.invalid | playlist.unknown */
export function pickTracks(kitchen: Kitchen, recipe: Recipe, pantry: Pantry, random: Random): PickResult {
  const { pick } = recipe;
  const { candidates } = pantry;
  switch (pick.kind) {
    case 'all':
      return result(
        shuffled(candidates, random).map((track) => ({ track, reason: '' })),
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

export function result(picked: Picked[], usualLength: Length | null = null): PickResult {
  return { picked, usualLength, isWhole: false, notes: [] };
}

/** @throws StemscapeError track.unknown */
export function namedTrack(kitchen: Kitchen, { byId }: Pantry, id: number): CandidateRow {
  const track = byId.get(id);
  if (track) return track;
  const row = kitchen.db.tracks.byId(id);
  if (!row) throw new StemscapeError('track.unknown', `There is no track ${id} in this library.`);
  throw new StemscapeError('track.notAnalysed', `${row.path} is missing or failed: it cannot be played.`);
}

export function nameOf({ title, path }: CandidateRow): string {
  return `“${title ?? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)}”`;
}

function pickByRules({ db, playlists }: Kitchen, { rules }: PickOf<'rules'>, candidates: readonly CandidateRow[]): Picked[] {
  const byId = new Map(candidates.map((track) => [track.id, track]));
  const ids = db.rules.ids(rules, playlists.context());
  return ids.flatMap((id) => {
    const track = byId.get(id);
    return track ? [{ track, reason: '' }] : [];
  });
}

function pickNamed({ trackIds }: PickOf<'tracks'>, { candidates, byId }: Pantry): PickResult {
  const fitting = new Set(candidates.map(({ id }) => id));
  const picked = [...new Set(trackIds)].flatMap((id) => {
    const track = byId.get(id);
    return track && fitting.has(id) ? [{ track, reason: 'You chose it.' }] : [];
  });
  const nLost = new Set(trackIds).size - picked.length;
  return {
    ...result(picked),
    notes: nLost === 0 ? [] : [`${nLost} of the chosen tracks cannot be played or do not fit the filter.`],
  };
}

function pickByGenre({ genre, minConfidence }: PickOf<'genre'>, candidates: readonly CandidateRow[]): Picked[] {
  const key = genreKey(genre);
  const fits = ({ genre: name, confidence }: CandidateRow) =>
    name !== null && genreKey(name) === key && (confidence ?? 0) >= minConfidence;
  return candidates.filter(fits).map((track) => {
    if (track.origin === 'model') return { track, reason: `${track.genre}, ${Math.round(100 * track.confidence!)} % sure.` };
    return { track, reason: track.origin === 'tag' ? `Its file says ${track.genre}.` : `You call it ${track.genre}.` };
  });
}

function pickMood({ name, middle, radius }: PickOf<'mood'>, candidates: readonly CandidateRow[]): Picked[] {
  return tracksOfMood(candidates, middle, radius).map(({ track, distance }) => ({
    track,
    reason: `${name === '' ? 'The mood' : `“${name}”`}: ${Math.round(100 * (1 - distance / radius))} % in its middle.`,
  }));
}
