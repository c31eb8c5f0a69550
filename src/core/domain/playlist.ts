// Playlists: those made from the model's guesses and a confidence threshold, and those a person keeps.
import type { PlaceReason } from './place-reason.ts';
import type { PlaylistDeed } from './playlist-deed.ts';
import type { Recipe } from './recipe.ts';
import type { RecipeNote } from './recipe-note.ts';
import type { SmartRules } from './smart-rules.ts';

/** A person's order; made from a recipe and made again when asked; live rules. */
export const KEPT_KINDS = ['manual', 'recipe', 'smart'] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];
export const PLAYLIST_KINDS = ['auto-genre', ...KEPT_KINDS] as const;
export type PlaylistKind = (typeof PLAYLIST_KINDS)[number];

export const MAX_PLAYLIST_NAME = 200;

export interface PlaylistSummary {
  /** "genre:jazz", "list:12": stable between runs. */
  id: string;
  name: string;
  kind: PlaylistKind;
  nTracks: number;
  durationSec: number;
}

export const PLAYLIST_FORMATS = [
  'm3u8',
  'm3u',
  'pls',
  'xspf',
  'jspf',
  'csv',
  'itunes',
  'rekordbox',
  'traktor',
  'serato',
  'navidrome',
] as const;
export type PlaylistFormat = (typeof PLAYLIST_FORMATS)[number];

export const PATH_STYLES = ['relative', 'absolute'] as const;
export type PathStyle = (typeof PATH_STYLES)[number];

/** One place of a playlist. */
export interface PlaylistPlace {
  /** Null while no file with its content is in the library. */
  trackId: number | null;
  /** Where its file is, or was last. */
  path: string;
  /** Why the track is here; empty where a person put it. */
  reasons: PlaceReason[];
}

export interface PlaylistDetail extends PlaylistSummary {
  /** What made it; null for a manual or an automatic one. */
  recipe: Recipe | null;
  /** What it holds to; null unless smart. */
  rules: SmartRules | null;
  places: PlaylistPlace[];
  createdAtMs: number | null;
  changedAtMs: number | null;
}

/** A list that was made but not kept. */
export interface PlaylistDraft {
  places: (PlaylistPlace & { trackId: number })[];
  durationSec: number;
  /** What a person should know: a budget that was missed, tracks that had no key. */
  notes: RecipeNote[];
}

export interface PlaylistHistory {
  /** The act that undo would take back; null when there is none. */
  undo: PlaylistDeed | null;
  redo: PlaylistDeed | null;
}
