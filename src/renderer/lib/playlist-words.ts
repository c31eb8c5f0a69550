// Kinds of playlists in words.
import type { PlaylistSummary } from '../../contract/index.ts';
import { t } from './language.ts';

export type PlaylistKind = PlaylistSummary['kind'];

export interface PlaylistGroupWords {
  kind: PlaylistKind;
  name: string;
  /** What to do where there is none; null shows no group then. */
  whenEmpty: string | null;
}

/** In the order of the list. */
export function playlistGroups(): PlaylistGroupWords[] {
  return [
    { kind: 'manual', name: t('playlists.group_manual'), whenEmpty: t('playlists.noManual') },
    { kind: 'smart', name: t('playlists.group_smart'), whenEmpty: t('playlists.noSmart') },
    { kind: 'recipe', name: t('playlists.group_recipe'), whenEmpty: t('playlists.noRecipe') },
    { kind: 'auto-genre', name: t('playlists.group_genre'), whenEmpty: null },
  ];
}

/** Whether a person may add, remove and move tracks. */
export function isOrdered({ kind }: PlaylistSummary): boolean {
  return kind === 'manual' || kind === 'recipe';
}

/** Whether it has a place and a name of its own. */
export function isKept({ kind }: PlaylistSummary): boolean {
  return kind !== 'auto-genre';
}
