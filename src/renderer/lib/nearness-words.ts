// How near a track sounds, in a word: cosine distances between embeddings as they lie among real tracks.
import type { Source } from '../../contract/index.ts';
import { formatPercent } from './format.ts';
import { t } from './language.ts';
import { sourceName, sourceNameInside } from './stem-colour.ts';

/** Up to this distance; two tracks chosen at random are about 1 apart. */
const NEARNESS = [
  [0.15, 'same'],
  [0.45, 'veryClose'],
  [0.7, 'close'],
  [0.92, 'related'],
  [1.05, 'hardly'],
] as const;

export function nearnessWord(distance: number): string {
  return t(`soundsLike.near_${NEARNESS.find(([most]) => distance <= most)?.[1] ?? 'different'}`);
}

/** Among tracks of which some source is to be unlike: how well one fits the wish. */
const FITS = [
  [0.7, 'well'],
  [0.92, 'fits'],
  [1.05, 'partly'],
] as const;

/** @param distance joined over the sources that count @param isUnlike some of them is to be far */
export function verdictWord(distance: number, isUnlike: boolean): string {
  if (!isUnlike) return nearnessWord(distance);
  return t(`soundsLike.fit_${FITS.find(([most]) => distance <= most)?.[1] ?? 'hardly'}`);
}

/** 0..1 for a bar: full at no distance, empty where tracks have nothing in common. */
export function nearnessShare(distance: number): number {
  return Math.min(1, Math.max(0, 1 - distance / 1.2));
}

/** "Drums very close, vocals different" */
export function reasonsInWords(bySource: Partial<Record<Source, number>>, counting: readonly Source[]): string {
  return counting.reduce((said, source) => {
    const distance = bySource[source];
    if (distance === undefined) return said;
    const name = said === '' ? sourceName(source) : sourceNameInside(source);
    const part = t('soundsLike.sourceIs', { source: name, nearness: nearnessWord(distance) });
    return said === '' ? part : t('common.joined', { first: said, second: part });
  }, '');
}

/** 0.5 -> "like it, 50%" */
export function weightInWords(weight: number): string {
  if (weight === 0) return t('soundsLike.weightNone');
  const share = formatPercent(Math.abs(weight));
  return weight > 0 ? t('soundsLike.weightLike', { share }) : t('soundsLike.weightUnlike', { share });
}

/** 0.3 -> "a little varied" */
export function diversityInWords(diversity: number): string {
  if (diversity === 0) return t('soundsLike.varied_none');
  if (diversity <= 0.35) return t('soundsLike.varied_little');
  return t(diversity <= 0.7 ? 'soundsLike.varied_some' : 'soundsLike.varied_most');
}
