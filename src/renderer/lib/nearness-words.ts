// How near a track sounds, in a word: cosine distances between embeddings as they lie among real tracks.
import type { Source } from '../../contract/index.ts';
import { SOURCE_NAMES } from './stem-colour.ts';

/** Up to this distance; two tracks chosen at random are about 1 apart. */
const WORDS: readonly [number, string][] = [
  [0.15, 'the same sound'],
  [0.45, 'very close'],
  [0.7, 'close'],
  [0.92, 'related'],
  [1.05, 'hardly alike'],
];

export function nearnessWord(distance: number): string {
  return WORDS.find(([most]) => distance <= most)?.[1] ?? 'different';
}

/** Among tracks of which some source is to be unlike: how well one fits the wish. */
const FITS: readonly [number, string][] = [
  [0.7, 'fits well'],
  [0.92, 'fits'],
  [1.05, 'fits partly'],
];

/** @param distance joined over the sources that count @param isUnlike some of them is to be far */
export function verdictWord(distance: number, isUnlike: boolean): string {
  if (!isUnlike) return nearnessWord(distance);
  return FITS.find(([most]) => distance <= most)?.[1] ?? 'hardly fits';
}

/** 0..1 for a bar: full at no distance, empty where tracks have nothing in common. */
export function nearnessShare(distance: number): number {
  return Math.min(1, Math.max(0, 1 - distance / 1.2));
}

/** "Drums very close, vocals different" */
export function reasonsInWords(bySource: Partial<Record<Source, number>>, counting: readonly Source[]): string {
  const parts = counting.flatMap((source) => {
    const distance = bySource[source];
    return distance === undefined ? [] : [`${SOURCE_NAMES[source]} ${nearnessWord(distance)}`];
  });
  const [first = '', ...rest] = parts;
  return [first, ...rest.map((part) => part.toLowerCase())].join(', ');
}

/** 0.5 -> "like it, 50%" */
export function weightInWords(weight: number): string {
  if (weight === 0) return 'does not count';
  return `${weight > 0 ? 'like it' : 'unlike it'}, ${Math.round(100 * Math.abs(weight))}%`;
}

/** 0.3 -> "a little" */
export function diversityInWords(diversity: number): string {
  if (diversity === 0) return 'the nearest';
  if (diversity <= 0.35) return 'a little varied';
  return diversity <= 0.7 ? 'varied' : 'as varied as can be';
}
