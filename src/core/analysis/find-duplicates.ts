// Looks for duplicates in a worker, from the fingerprints in the library file.
import { openLibrary } from '../db/open.ts';
import type { FindDuplicatesTask, FoundDuplicates } from '../domain/neighbour-tasks.ts';
import { SILENT_LOGGER } from '../logger.ts';
import { type Fingerprinted, findDuplicatePairs, MIN_WORDS } from '../neighbours/duplicates/find-pairs.ts';

/** @throws StemscapeError library.* */
export function findDuplicates({ libraryFile }: FindDuplicatesTask, pulse: (fraction: number | null) => void): FoundDuplicates {
  const db = openLibrary(libraryFile, { logger: SILENT_LOGGER });
  try {
    const tracks: Fingerprinted[] = [];
    for (const track of db.fingerprints.all()) if (track.words.length >= MIN_WORDS) tracks.push(track);
    return { pairs: findDuplicatePairs(tracks, pulse), nTracks: tracks.length };
  } finally {
    db.close();
  }
}
