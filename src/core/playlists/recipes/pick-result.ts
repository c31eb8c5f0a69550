// What picking tracks for a recipe needs and gives.
import type { LibraryDb } from '../../db/open.ts';
import type { CandidateRow } from '../../db/playlist-candidates.ts';
import { StemscapeError } from '../../domain/errors.ts';
import type { PlaceReason } from '../../domain/place-reason.ts';
import type { Length } from '../../domain/recipe.ts';
import type { RecipeNote } from '../../domain/recipe-note.ts';
import type { Neighbours } from '../../neighbours/neighbours.ts';
import type { LibraryPlaylists } from '../library-playlists.ts';

export interface Kitchen {
  db: LibraryDb;
  neighbours: Neighbours;
  playlists: LibraryPlaylists;
  nowMs: () => number;
}

export interface Picked {
  track: CandidateRow;
  /** Empty where the filter alone says why. */
  reasons: PlaceReason[];
}

export interface PickResult {
  picked: Picked[];
  /** For a recipe that states no length. */
  usualLength: Length | null;
  /** The order is part of the answer: it is not chosen from and not put in another order. */
  isWhole: boolean;
  notes: RecipeNote[];
}

/** Tracks that a recipe may use, and every playable one by id for what it names itself. */
export interface Pantry {
  candidates: readonly CandidateRow[];
  byId: ReadonlyMap<number, CandidateRow>;
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

/** Its title, else its file's name. */
export function nameOf({ title, path }: CandidateRow): string {
  return title ?? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
