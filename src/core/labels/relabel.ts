// What an act of labelling makes of a track's labels: pure rules, and the sentence that names the act.
import type { RecordedLabel } from '../db/label-store.ts';
import { genreKey } from '../domain/genre.ts';
import type { LabelMode } from '../domain/label.ts';

/** One track's part of an act. */
export interface Change {
  trackId: number;
  before: RecordedLabel[];
  after: RecordedLabel[];
}

/** Only labels by hand change. The first of `genres` becomes the primary one, unless labels are taken away. */
export function relabel(
  before: readonly RecordedLabel[],
  genres: readonly string[],
  mode: LabelMode,
  atMs: number,
): RecordedLabel[] {
  const others = before.filter(({ origin }) => origin !== 'hand');
  const hand = before.filter(({ origin }) => origin === 'hand');
  const named = new Set(genres.map(genreKey));
  const kept = mode === 'replace' ? [] : hand.filter(({ genre }) => !named.has(genreKey(genre)));
  const given =
    mode === 'remove'
      ? []
      : genres.map((genre): RecordedLabel => ({ genreId: null, genre, origin: 'hand', isPrimary: false, atMs }));
  const after = [...given, ...kept].map((label) => ({ ...label, isPrimary: false }));
  const primary = mode === 'remove' ? kept.findIndex(({ isPrimary }) => isPrimary) : 0;
  const first = after[Math.max(primary, 0)];
  if (first) first.isPrimary = true;
  return [...after, ...others];
}

export function changeSentence(nTracks: number, genres: readonly string[], mode: LabelMode): string {
  const names = genres.join(', ');
  const tracks = countTracks(nTracks);
  if (genres.length === 0) return `Removed the labels of ${tracks}`;
  if (mode === 'add') return `Added ${names} to ${tracks}`;
  if (mode === 'remove') return `Took ${names} from ${tracks}`;
  return `Labelled ${tracks} ${names}`;
}

export function countTracks(n: number): string {
  return n === 1 ? '1 track' : `${n} tracks`;
}
