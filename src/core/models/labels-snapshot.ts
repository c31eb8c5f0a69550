// The labels that a model learned from, as they were then, and a hash by which two such lists are compared.
import { createHash } from 'node:crypto';
import type { LearnedLabel } from '../db/model-store.ts';
import { genreKey } from '../domain/genre.ts';
import { type GenreParents, rollUpTo } from './genre-rollup.ts';

/**
 * SHA-256 over content and genre of every label, hexadecimal. It depends neither on their order nor on this library's numbers:
 * equal labels of equal files have equal hashes everywhere.
 */
export function labelsHash(labels: readonly LearnedLabel[]): string {
  const lines = labels.map(({ trackId, contentHash, genre }) => `${contentHash ?? `#${trackId}`}\t${genre}\n`).sort();
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line);
  return hash.digest('hex');
}

/**
 * The classes that these tracks had in an older list, Int32Array [n]; -1 = had none. A genre that is no class now counts for the
 * nearest class above it.
 */
export function classesThen(
  labels: readonly LearnedLabel[],
  trackIds: readonly number[],
  genres: readonly string[],
  parents: GenreParents,
): Int32Array {
  const indexOf = new Map(genres.map((name, i) => [genreKey(name), i]));
  const rolled = rollUpTo(
    labels.map(({ genre }) => genre),
    genres,
    parents,
  );
  const byTrack = new Map<number, number>();
  for (const [i, { trackId }] of labels.entries()) {
    const name = rolled[i];
    if (trackId !== null && name) byTrack.set(trackId, indexOf.get(genreKey(name))!);
  }
  return Int32Array.from(trackIds, (id) => byTrack.get(id) ?? -1);
}
