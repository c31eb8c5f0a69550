// Tracks picked by how they sound: more like some, or a path from one to another.
import type { CandidateRow } from '../../db/playlist-candidates.ts';
import { StemscapeError } from '../../domain/errors.ts';
import type { Neighbour } from '../../domain/neighbour.ts';
import type { PlaceReason } from '../../domain/place-reason.ts';
import type { Pick, Recipe } from '../../domain/recipe.ts';
import type { RecipeNote } from '../../domain/recipe-note.ts';
import { SOURCES } from '../../domain/stem.ts';
import { type Kitchen, namedTrack, nameOf, type Pantry, type Picked, type PickResult, result } from './pick-result.ts';
import { soundPath } from './sound-path.ts';

const USUAL_ALIKE = { by: 'tracks', n: 30 } as const;
const MAX_ASKED = 5000;
const MEAN_TRACK_SEC = 200;

/** Asked for more than is needed, because the filter and the length leave some out. */
export function pickAlike(kitchen: Kitchen, pick: Extract<Pick, { kind: 'like' }>, recipe: Recipe, pantry: Pantry): PickResult {
  const seeds = [...new Set(pick.trackIds)].map((id) => namedTrack(kitchen, pantry, id));
  const length = recipe.length ?? USUAL_ALIKE;
  const needed = length.by === 'tracks' ? length.n : Math.ceil((60 * length.minutes) / MEAN_TRACK_SEC);
  const limit = recipe.filter ? MAX_ASKED : Math.min(MAX_ASKED, 3 * needed + 30);
  const { diversity } = pick;
  const weights = Object.fromEntries(Object.entries(pick.weights).filter(([, weight]) => weight !== undefined));
  const found = kitchen.neighbours.similar({ trackIds: seeds.map(({ id }) => id), weights, limit, diversity, exclude: [] });
  const fitting = new Map(pantry.candidates.map((track) => [track.id, track]));
  const alike = found.flatMap((neighbour): Picked[] => {
    const track = fitting.get(neighbour.trackId);
    return track ? [{ track, reasons: [likeReason(kitchen, neighbour, seeds, weights)] }] : [];
  });
  const opening = pick.withSeeds ? seeds.map((track) => ({ track, reasons: [{ code: 'chosen' as const }] })) : [];
  return result([...opening, ...alike], USUAL_ALIKE);
}

function likeReason(
  { neighbours }: Kitchen,
  { trackId, distance, bySource }: Neighbour,
  seeds: readonly CandidateRow[],
  weights: Record<string, number | undefined>,
): PlaceReason {
  const own = neighbours.vector(trackId);
  const nearness = (seed: CandidateRow) => {
    const vector = neighbours.vector(seed.id);
    return vector && own && vector.length === own.length ? vector.reduce((sum, value, j) => sum + value * own[j]!, 0) : -1;
  };
  const nearest = seeds.length === 1 ? seeds[0]! : seeds.reduce((a, b) => (nearness(b) > nearness(a) ? b : a));
  const parts = SOURCES.flatMap((source) => {
    const far = bySource[source];
    return far === undefined ? [] : [{ source, isUnlike: (weights[source] ?? 1) < 0, distance: rounded(far) }];
  });
  return { code: 'like', title: nameOf(nearest), distance: rounded(distance), parts: parts.length > 1 ? parts : [] };
}

/** @throws StemscapeError track.unknown | track.notAnalysed | input.invalid */
export function pickPath(kitchen: Kitchen, pick: Extract<Pick, { kind: 'path' }>, recipe: Recipe, pantry: Pantry): PickResult {
  if (recipe.order.kind !== 'picked') throw new StemscapeError('input.invalid', 'A path has its own order.');
  if (pick.fromId === pick.toId) throw new StemscapeError('input.invalid', 'A path leads to another track.');
  const ends = [namedTrack(kitchen, pantry, pick.fromId), namedTrack(kitchen, pantry, pick.toId)] as const;
  const tracks = [
    ...ends,
    ...pantry.candidates.filter(({ id, energy }) => energy !== null && id !== pick.fromId && id !== pick.toId),
  ];
  const { vectors, size } = kitchen.db.playlistCandidates.directions(tracks.map(({ id }) => id));
  for (const [i, end] of ends.entries()) {
    if (vectors.subarray(i * size, (i + 1) * size).some((value) => value !== 0)) continue;
    throw new StemscapeError('track.notAnalysed', `“${nameOf(end)}” has not been heard yet.`);
  }
  const nSteps = pick.nSteps ?? stepsFor(recipe);
  const { order, steps } = soundPath(tracks, vectors, size, [0, 1], { nSteps, spreadArtists: recipe.spreadArtists });
  const picked = order.map((i, at): Picked => ({ track: tracks[i]!, reasons: [pathReason(at, steps, ends)] }));
  const isShort = nSteps !== null && picked.length < nSteps + 2;
  const notes: RecipeNote[] = isShort ? [{ code: 'between', n: picked.length - 2 }] : [];
  notes.push({ code: 'steps', largest: Math.max(...steps), direct: directDistance(vectors, size) });
  return { picked, usualLength: null, isWhole: true, notes };
}

/** A path's length is a count of steps; null where the recipe states none. */
function stepsFor({ length }: Recipe): number | null {
  if (length === null) return null;
  const n = length.by === 'tracks' ? length.n : Math.round((60 * length.minutes) / MEAN_TRACK_SEC);
  return Math.max(0, n - 2);
}

function pathReason(at: number, steps: readonly number[], [from, to]: readonly [CandidateRow, CandidateRow]): PlaceReason {
  if (at === 0) return { code: 'pathBegins' };
  const distance = rounded(steps[at - 1]!);
  if (at === steps.length) return { code: 'pathEnds', distance };
  return { code: 'pathStep', step: at, nSteps: steps.length - 1, from: nameOf(from), to: nameOf(to), distance };
}

/** Two digits are shown; more would only fill the library. */
function rounded(distance: number): number {
  return Math.round(100 * distance) / 100;
}

function directDistance(vectors: Float32Array, size: number): number {
  let dot = 0;
  for (let j = 0; j < size; j++) dot += vectors[j]! * vectors[size + j]!;
  return Math.max(0, 1 - dot);
}
