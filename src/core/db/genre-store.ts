// A person's own genres: a tree of names. Their rules (cycles, names twice) are the labelling service's.
import type Database from 'better-sqlite3';
import { type Genre, genreKey } from '../domain/genre.ts';

interface GenreRow {
  id: number;
  name: string;
  parent_id: number | null;
  hotkey: number | null;
  n_tracks: number;
}

export interface GenreStore {
  /** By name. */
  all(): Genre[];
  byId(id: number): Genre | null;
  /** By name, whatever its case and spaces. */
  byName(name: string): Genre | null;
  /** The genre of that name, made when new. */
  ensure(name: string): number;
  /** What is undefined stays as it is. A hotkey that another genre had moves here. */
  change(id: number, change: GenreChange): void;
  /** With every label of it; its children go up to the top. */
  remove(id: number): void;
}

export interface GenreChange {
  name?: string | undefined;
  parentId?: number | null | undefined;
  hotkey?: number | null | undefined;
}

const GENRES = `SELECT genre.id, name, parent_id, hotkey, (SELECT count(*) FROM genre_label JOIN track ON track.id = track_id
  WHERE genre_id = genre.id AND is_primary) AS n_tracks FROM genre`;

export function createGenreStore(sqlite: Database.Database): GenreStore {
  const all = sqlite.prepare<[], GenreRow>(`${GENRES} ORDER BY name_key`);
  const byId = sqlite.prepare<[number], GenreRow>(`${GENRES} WHERE id = ?`);
  const byKey = sqlite.prepare<[string], GenreRow>(`${GENRES} WHERE name_key = ?`);
  const idOf = sqlite.prepare<[string], number>('SELECT id FROM genre WHERE name_key = ?').pluck();
  const insert = sqlite.prepare<[string, string]>('INSERT INTO genre (name, name_key) VALUES (?, ?)');
  const rename = sqlite.prepare<[string, string, number]>('UPDATE genre SET name = ?, name_key = ? WHERE id = ?');
  const setParent = sqlite.prepare<[number | null, number]>('UPDATE genre SET parent_id = ? WHERE id = ?');
  const freeHotkey = sqlite.prepare<[number | null, number]>('UPDATE genre SET hotkey = NULL WHERE hotkey = ? AND id <> ?');
  const setHotkey = sqlite.prepare<[number | null, number]>('UPDATE genre SET hotkey = ? WHERE id = ?');
  const remove = sqlite.prepare<[number]>('DELETE FROM genre WHERE id = ?');
  return {
    all: () => all.all().map(genreFromRow),
    byId: (id) => genreFromRowOrNull(byId.get(id)),
    byName: (name) => genreFromRowOrNull(byKey.get(genreKey(name))),
    ensure(name) {
      const key = genreKey(name);
      return idOf.get(key) ?? Number(insert.run(name.normalize('NFC').trim().replace(/\s+/g, ' '), key).lastInsertRowid);
    },
    change(id, { name, parentId, hotkey }) {
      if (name !== undefined) rename.run(name.normalize('NFC').trim().replace(/\s+/g, ' '), genreKey(name), id);
      if (parentId !== undefined) setParent.run(parentId, id);
      if (hotkey === undefined) return;
      freeHotkey.run(hotkey, id);
      setHotkey.run(hotkey, id);
    },
    remove: (id) => void remove.run(id),
  };
}

function genreFromRow(row: GenreRow): Genre {
  return { id: row.id, name: row.name, parentId: row.parent_id, hotkey: row.hotkey, nTracks: row.n_tracks };
}

function genreFromRowOrNull(row: GenreRow | undefined): Genre | null {
  return row === undefined ? null : genreFromRow(row);
}
