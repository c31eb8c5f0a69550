// Acts of labelling, in words.
import type { Genre, LabelMode } from '../../contract/index.ts';
import { t } from './language.ts';

const DID = { replace: 'labels.didReplace', add: 'labels.didAdd', remove: 'labels.didRemove' } as const;

/** "Labelled 12 tracks Jazz" */
export function actWords(mode: LabelMode, genres: readonly string[], nTracks: number): string {
  if (genres.length === 0) return t('labels.didClear', { n: nTracks });
  return t(DID[mode], { n: nTracks, genres: genres.join(', ') });
}

/** A genre was removed, its labels with it or moved to another one. */
export function moveWords(genre: string, target: string | null, nTracks: number): string {
  return target === null ? t('labels.didRemoveGenre', { genre }) : t('labels.didMoveGenre', { genre, target, n: nTracks });
}

/** What became of a genre that was renamed, moved or given a key. @param parent the one it is a kind of now */
export function genreChangeWords(before: Genre, { name, parentId, hotkey }: Genre, parent: string | null): string {
  if (name !== before.name) return t('labels.genreRenamed', { before: before.name, name });
  if (parentId !== before.parentId) {
    return parent === null ? t('labels.genreOnTop', { genre: name }) : t('labels.genreMoved', { genre: name, parent });
  }
  return hotkey === null ? t('labels.genreUnkeyed', { genre: name }) : t('labels.genreKeyed', { key: hotkey, genre: name });
}
