// Acts of labelling, in words.
import type { LabelMode } from '../../contract/index.ts';
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
