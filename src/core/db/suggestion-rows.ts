// What the queues of suggestions read: how the library stands, who made a track, where to listen.
import type Database from 'better-sqlite3';

export interface SuggestionRows {
  /** Changes when tracks are analysed, anew or for the first time, or removed. */
  state(): string;
  /** Present analysed tracks, by id. */
  presentIds(): number[];
  /** Artist and album as the lists show them, by track. */
  makers(ids: readonly number[]): Map<number, { artist: string | null; album: string | null }>;
}

export function createSuggestionRows(sqlite: Database.Database): SuggestionRows {
  const state = sqlite
    .prepare<[], string>("SELECT count(*) || ':' || coalesce(max(analysed_at_ms), 0) || ':' || total(track_id) FROM analysis")
    .pluck();
  const present = sqlite
    .prepare<[], number>('SELECT track_id FROM analysis JOIN track ON track.id = track_id WHERE is_missing = 0 ORDER BY track_id')
    .pluck();
  const makers = sqlite.prepare<[string], { id: number; artist: string | null; album: string | null }>(
    'SELECT id, artist, album FROM track WHERE id IN (SELECT value FROM json_each(?))',
  );
  return {
    state: () => state.get() ?? '',
    presentIds: () => present.all(),
    makers: (ids) => new Map(makers.all(JSON.stringify(ids)).map(({ id, ...maker }) => [id, maker])),
  };
}
