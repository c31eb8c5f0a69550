// Acts on playlists with what they replaced: undo and redo without a limit, across restarts.
import type Database from 'better-sqlite3';
import type { PlaylistHistory } from '../domain/playlist.ts';
import type { PlaylistDeed } from '../domain/playlist-deed.ts';
import { reasonsFromText } from './place-reasons.ts';
import { deedFromText, textFromDeed } from './playlist-deed.ts';
import type { StoredPlace, StoredPlaylist } from './playlist-store.ts';

/** One side of an act: the playlist, and the run of places from `at` on that the other side has otherwise. */
export interface PlaylistSide {
  playlist: StoredPlaylist;
  at: number;
  places: StoredPlace[];
}

export interface PlaylistAct {
  deed: PlaylistDeed;
  playlistId: number;
  /** Null: there was no such playlist. */
  before: PlaylistSide | null;
  after: PlaylistSide | null;
}

export interface PlaylistHistoryStore {
  /** A new act; what was undone before it can no longer be redone. */
  record(act: PlaylistAct, atMs: number): void;
  history(): PlaylistHistory;
  nextUndo(): (PlaylistAct & { id: number }) | null;
  nextRedo(): (PlaylistAct & { id: number }) | null;
  setUndone(id: number, isUndone: boolean): void;
}

interface ActionRow {
  id: number;
  sentence: string;
  playlist_id: number;
  before_json: string | null;
  after_json: string | null;
}

export function createPlaylistHistoryStore(sqlite: Database.Database): PlaylistHistoryStore {
  const forgetUndone = sqlite.prepare('DELETE FROM playlist_action WHERE is_undone');
  const insert = sqlite.prepare<[number, string, number, string | null, string | null]>(
    'INSERT INTO playlist_action (at_ms, sentence, playlist_id, before_json, after_json) VALUES (?, ?, ?, ?, ?)',
  );
  const undo = sqlite.prepare<[], ActionRow>('SELECT * FROM playlist_action WHERE NOT is_undone ORDER BY id DESC LIMIT 1');
  const redo = sqlite.prepare<[], ActionRow>('SELECT * FROM playlist_action WHERE is_undone ORDER BY id LIMIT 1');
  const mark = sqlite.prepare<[0 | 1, number]>('UPDATE playlist_action SET is_undone = ? WHERE id = ?');
  const toJson = (side: PlaylistSide | null) => side && JSON.stringify(side);
  return {
    record({ deed, playlistId, before, after }, atMs) {
      forgetUndone.run();
      insert.run(atMs, textFromDeed(deed), playlistId, toJson(before), toJson(after));
    },
    history: () => ({ undo: deedOf(undo.get()), redo: deedOf(redo.get()) }),
    nextUndo: () => actFromRow(undo.get()),
    nextRedo: () => actFromRow(redo.get()),
    setUndone: (id, isUndone) => void mark.run(isUndone ? 1 : 0, id),
  };
}

function deedOf(row: ActionRow | undefined): PlaylistDeed | null {
  return row ? deedFromText(row.sentence) : null;
}

function actFromRow(row: ActionRow | undefined): (PlaylistAct & { id: number }) | null {
  if (!row) return null;
  return {
    id: row.id,
    deed: deedFromText(row.sentence),
    playlistId: row.playlist_id,
    before: sideFromJson(row.before_json),
    after: sideFromJson(row.after_json),
  };
}

/** Acts of an older version hold the reason of each place as a sentence. */
function sideFromJson(json: string | null): PlaylistSide | null {
  if (json === null) return null;
  const side = JSON.parse(json) as Omit<PlaylistSide, 'places'> & { places: (StoredPlace & { reason?: string | null })[] };
  return {
    ...side,
    places: side.places.map(({ reason, ...place }) =>
      reason === undefined ? place : { ...place, reasons: reasonsFromText(reason) },
    ),
  };
}
