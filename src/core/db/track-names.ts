// What tracks are called and where they lie: all of them, to find the entries of other programs' playlists.
import type Database from 'better-sqlite3';

export interface TrackName {
  id: number;
  path: string;
  artist: string | null;
  title: string | null;
  durationSec: number | null;
  isMissing: boolean;
}

export interface TrackNames {
  all(): IterableIterator<TrackName>;
}

export function createTrackNames(sqlite: Database.Database): TrackNames {
  const all = sqlite.prepare<[], Omit<TrackName, 'isMissing'> & { isMissing: 0 | 1 }>(
    'SELECT id, path, artist, title, duration_sec AS durationSec, is_missing AS isMissing FROM track ORDER BY id',
  );
  return {
    *all() {
      for (const row of all.iterate()) yield { ...row, isMissing: row.isMissing === 1 };
    },
  };
}
