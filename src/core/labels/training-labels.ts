// The labels a training may learn from: for each track those of its strongest origin among the ones asked for.
import type { LibraryDb } from '../db/open.ts';
import { LABEL_ORIGINS, type LabelOrigin } from '../domain/label.ts';

export interface TrainingLabel {
  trackId: number;
  origin: LabelOrigin;
  /** The primary genre first. */
  genres: string[];
}

/** By track id. A label by hand hides imported ones, and either hides what the file says. */
export function labelsForTraining(db: LibraryDb, origins: readonly LabelOrigin[]): TrainingLabel[] {
  const byTrack = new Map<number, TrainingLabel>();
  const offer = (trackId: number, origin: LabelOrigin, genre: string): void => {
    const known = byTrack.get(trackId);
    if (known?.origin === origin) known.genres.push(genre);
    else if (!known || LABEL_ORIGINS.indexOf(origin) < LABEL_ORIGINS.indexOf(known.origin))
      byTrack.set(trackId, { trackId, origin, genres: [genre] });
  };
  for (const { trackId, origin, genre } of db.labels.all()) if (origins.includes(origin)) offer(trackId, origin, genre);
  if (origins.includes('tag')) {
    const reader = db.tagRules.reader();
    for (const { trackId, tags } of db.tracks.genreTags()) for (const genre of reader.read(tags)) offer(trackId, 'tag', genre);
  }
  return [...byTrack.values()].sort((a, b) => a.trackId - b.trackId);
}
