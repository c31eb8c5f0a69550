// Kinds of playlists in words.
import type { PlaylistSummary } from '../../contract/index.ts';

export type PlaylistKind = PlaylistSummary['kind'];

export const PLAYLIST_GROUPS: readonly { kind: PlaylistKind; name: string; whenEmpty: string | null }[] = [
  { kind: 'manual', name: 'Your own', whenEmpty: 'Make one, or select tracks in the library and press P.' },
  { kind: 'smart', name: 'Smart', whenEmpty: 'Rules that the library keeps to, such as “added this month”.' },
  { kind: 'recipe', name: 'From recipes', whenEmpty: 'A mood, an arc, a path of sound: made for you, kept by you.' },
  { kind: 'auto-genre', name: 'By genre', whenEmpty: null },
];

/** Whether a person may add, remove and move tracks. */
export function isOrdered({ kind }: PlaylistSummary): boolean {
  return kind === 'manual' || kind === 'recipe';
}
