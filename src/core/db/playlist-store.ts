// Playlists a person keeps, and their places. A place keeps its content's hash, and is joined again when the same content
// returns under another row.
import type Database from 'better-sqlite3';
import { genreKey } from '../domain/genre.ts';
import type { PlaceReason } from '../domain/place-reason.ts';
import type { KeptKind, PlaylistPlace } from '../domain/playlist.ts';
import { writeDurably } from './durable-write.ts';
import { reasonsFromText, textFromReasons } from './place-reasons.ts';

export interface StoredPlaylist {
  id: number;
  name: string;
  kind: KeptKind;
  /** The recipe or the rules as JSON; null for a manual one. */
  recipeJson: string | null;
  createdAtMs: number;
  changedAtMs: number;
}

export type StoredPlace = PlaylistPlace & { contentHash: string | null };
/** A track to be put somewhere, with why. */
export type NewPlace = { trackId: number; reasons: PlaceReason[] };

export interface PlaylistStore {
  all(): (StoredPlaylist & { nTracks: number; durationSec: number })[];
  byId(id: number): StoredPlaylist | null;
  /** Whatever the case. */
  byName(name: string): StoredPlaylist | null;
  /** A new one, or with an id one that was there before. */
  insert(playlist: Omit<StoredPlaylist, 'id'> & { id: number | null }): number;
  update(playlist: StoredPlaylist): void;
  remove(id: number): void;
  places(id: number): StoredPlace[];
  /** Tracks that are there, in order. */
  trackIds(id: number): number[];
  /** Of tracks that are there; each as often as it is named. */
  durationOf(ids: readonly number[]): number;
  /** What a place of each track would hold. Tracks that are unknown are left out. */
  placesOf(tracks: readonly NewPlace[]): StoredPlace[];
  /** Replaces `nRemoved` places from position `at` on. */
  splice(id: number, at: number, nRemoved: number, inserted: readonly StoredPlace[]): void;
  /** A track's content changed: its places follow. */
  followContent(trackId: number, contentHash: string): void;
  /** Joins places whose track was removed to a track with the same content. */
  adopt(trackId: number, contentHash: string): void;
}

interface PlaylistRow {
  id: number;
  name: string;
  kind: KeptKind;
  recipe_json: string | null;
  created_at_ms: number;
  changed_at_ms: number;
}
interface PlaceRow {
  track_id: number | null;
  content_hash: string | null;
  path: string;
  reason: string | null;
}

export function createPlaylistStore(sqlite: Database.Database): PlaylistStore {
  return { ...createReads(sqlite), ...createWrites(sqlite), ...createPlaceWrites(sqlite), ...createIdentity(sqlite) };
}

function createReads(
  sqlite: Database.Database,
): Pick<PlaylistStore, 'all' | 'byId' | 'byName' | 'places' | 'trackIds' | 'durationOf' | 'placesOf'> {
  const all = sqlite.prepare<[], PlaylistRow & { n: number; sec: number }>(
    `SELECT playlist.*, count(track.id) AS n, total(track.duration_sec) AS sec FROM playlist
     LEFT JOIN playlist_track ON playlist_id = playlist.id LEFT JOIN track ON track.id = track_id
     GROUP BY playlist.id ORDER BY name_key`,
  );
  const byId = sqlite.prepare<[number], PlaylistRow>('SELECT * FROM playlist WHERE id = ?');
  const byKey = sqlite.prepare<[string], PlaylistRow>('SELECT * FROM playlist WHERE name_key = ?');
  const places = sqlite.prepare<[number], PlaceRow>(
    `SELECT track_id, playlist_track.content_hash, coalesce(track.path, playlist_track.path) AS path, reason FROM playlist_track
     LEFT JOIN track ON track.id = track_id WHERE playlist_id = ? ORDER BY position`,
  );
  const ids = sqlite
    .prepare<[number], number>(
      'SELECT track_id FROM playlist_track WHERE playlist_id = ? AND track_id IS NOT NULL ORDER BY position',
    )
    .pluck();
  const duration = sqlite
    .prepare<[string], number>('SELECT total(duration_sec) FROM json_each(?) JOIN track ON track.id = value')
    .pluck();
  const track = sqlite.prepare<[number], { content_hash: string | null; path: string }>(
    'SELECT content_hash, path FROM track WHERE id = ?',
  );
  return {
    all: () => all.all().map((row) => ({ ...playlistFromRow(row), nTracks: row.n, durationSec: row.sec })),
    byId: (id) => orNull(byId.get(id)),
    byName: (name) => orNull(byKey.get(genreKey(name))),
    places: (id) => places.all(id).map(placeFromRow),
    trackIds: (id) => ids.all(id),
    durationOf: (trackIds) => Number(duration.get(JSON.stringify(trackIds))),
    placesOf: (tracks) =>
      tracks.flatMap(({ trackId, reasons }) => {
        const row = track.get(trackId);
        return row ? [{ trackId, reasons, path: row.path, contentHash: row.content_hash }] : [];
      }),
  };
}

function createWrites(sqlite: Database.Database): Pick<PlaylistStore, 'insert' | 'update' | 'remove'> {
  const insert = sqlite.prepare(
    'INSERT INTO playlist VALUES ($id, $name, $name_key, $kind, $recipe_json, $created_at_ms, $changed_at_ms)',
  );
  const update = sqlite.prepare(
    `UPDATE playlist SET name = $name, name_key = $name_key, kind = $kind, recipe_json = $recipe_json,
     changed_at_ms = $changed_at_ms WHERE id = $id AND $created_at_ms IS NOT NULL`,
  );
  const remove = sqlite.prepare<[number]>('DELETE FROM playlist WHERE id = ?');
  return {
    insert: (playlist) => writeDurably(sqlite, () => Number(insert.run(playlistToRow(playlist)).lastInsertRowid)),
    update: (playlist) => void writeDurably(sqlite, () => update.run(playlistToRow(playlist))),
    remove: (id) => void writeDurably(sqlite, () => remove.run(id)),
  };
}

function createPlaceWrites(sqlite: Database.Database): Pick<PlaylistStore, 'splice'> {
  const clear = sqlite.prepare<[number, number, number]>(
    'DELETE FROM playlist_track WHERE playlist_id = ? AND position >= ? AND position < ?',
  );
  // In two steps, because a primary key is checked row by row.
  const lift = sqlite.prepare<[number, number, number]>(
    'UPDATE playlist_track SET position = -1 - (position + ?) WHERE playlist_id = ? AND position >= ?',
  );
  const settle = sqlite.prepare<[number]>(
    'UPDATE playlist_track SET position = -1 - position WHERE playlist_id = ? AND position < 0',
  );
  // The track may have come back under another row since the place was recorded.
  const insert = sqlite.prepare(
    `INSERT INTO playlist_track (playlist_id, position, track_id, content_hash, path, reason)
     VALUES ($id, $position, coalesce((SELECT id FROM track WHERE id = $trackId),
       (SELECT id FROM track WHERE content_hash = $contentHash ORDER BY is_missing, id LIMIT 1)), $contentHash, $path, $reason)`,
  );
  return {
    splice(id, at, nRemoved, inserted) {
      writeDurably(sqlite, () => {
        clear.run(id, at, at + nRemoved);
        if (inserted.length !== nRemoved) {
          lift.run(inserted.length - nRemoved, id, at + nRemoved);
          settle.run(id);
        }
        for (const [i, { reasons, ...place }] of inserted.entries())
          insert.run({ id, position: at + i, ...place, reason: textFromReasons(reasons) });
      });
    },
  };
}

function createIdentity(sqlite: Database.Database): Pick<PlaylistStore, 'followContent' | 'adopt'> {
  const follow = sqlite.prepare<[string, number]>('UPDATE playlist_track SET content_hash = ? WHERE track_id = ?');
  const adopt = sqlite.prepare<[number, string]>(
    'UPDATE playlist_track SET track_id = ? WHERE track_id IS NULL AND content_hash = ?',
  );
  return {
    followContent: (trackId, contentHash) => void follow.run(contentHash, trackId),
    adopt: (trackId, contentHash) => void adopt.run(trackId, contentHash),
  };
}

function playlistToRow({
  id,
  name,
  kind,
  recipeJson,
  createdAtMs,
  changedAtMs,
}: Omit<StoredPlaylist, 'id'> & { id: number | null }) {
  return {
    id,
    name,
    name_key: genreKey(name),
    kind,
    recipe_json: recipeJson,
    created_at_ms: createdAtMs,
    changed_at_ms: changedAtMs,
  };
}

function playlistFromRow(row: PlaylistRow): StoredPlaylist {
  const { id, name, kind, recipe_json: recipeJson, created_at_ms: createdAtMs, changed_at_ms: changedAtMs } = row;
  return { id, name, kind, recipeJson, createdAtMs, changedAtMs };
}

function orNull(row: PlaylistRow | undefined): StoredPlaylist | null {
  return row === undefined ? null : playlistFromRow(row);
}

function placeFromRow({ track_id: trackId, content_hash: contentHash, path, reason }: PlaceRow): StoredPlace {
  return { trackId, contentHash, path, reasons: reasonsFromText(reason) };
}
