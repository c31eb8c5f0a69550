// Counts what this process changes in the columns that lists and facets are made of, so that columns kept in memory are read again
// only after such a change: playing a track or keeping a setting is none.
import type Database from 'better-sqlite3';

/** Of these a list shows the newest, but no facet is made of them. */
const PLAY_COLUMNS = ['n_plays', 'last_played_at_ms'] as const;

export interface ListingChanges {
  /** Changes of tracks and their tags. */
  nListed(): number;
  /** Changes of what was played. */
  nPlayed(): number;
}

/** Triggers of this connection alone: the file's schema has none. */
export function watchListingChanges(sqlite: Database.Database): ListingChanges {
  const counts = { listed: 0, played: 0 };
  const count = (name: keyof typeof counts) => () => {
    counts[name] += 1;
    return null;
  };
  sqlite.function('count_listed_change', count('listed'));
  sqlite.function('count_play_change', count('played'));
  const all = sqlite.prepare<[], string>("SELECT name FROM pragma_table_info('track')").pluck().all();
  const listed = all.filter((name) => name !== 'id' && !PLAY_COLUMNS.some((column) => column === name));
  const watch = (name: string, event: string, call: string): void => {
    sqlite.exec(`CREATE TEMP TRIGGER ${name} AFTER ${event} BEGIN SELECT ${call}(); END`);
  };
  watch('track_listed', `UPDATE OF ${listed.join(', ')} ON main.track`, 'count_listed_change');
  watch('track_played', `UPDATE OF ${PLAY_COLUMNS.join(', ')} ON main.track`, 'count_play_change');
  for (const table of ['track', 'file_tags']) {
    for (const event of ['INSERT', 'DELETE']) {
      watch(`${table}_${event.toLowerCase()}`, `${event} ON main.${table}`, 'count_listed_change');
    }
  }
  watch('file_tags_update', 'UPDATE ON main.file_tags', 'count_listed_change');
  return { nListed: () => counts.listed, nPlayed: () => counts.played };
}
