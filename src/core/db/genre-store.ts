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
  /** The genre of that name, made when new: under its former id when it is one that was removed. */
  ensure(name: string, formerId?: number | null): number;
  /** What is undefined stays as it is. A hotkey that another genre had moves here. */
  change(id: number, change: GenreChange): void;
  /** Puts a removed genre back in its place, as far as its parent, its children and its key are still free for it. */
  bringBack(former: FormerGenre): void;
  /** With every label of it; its children go up to the top. Labels that wait for their content's return move to `moveTo`. */
  remove(id: number, moveTo: number | null): void;
}

/** A genre as it was before it was removed. */
export type FormerGenre = Pick<Genre, 'id' | 'name' | 'parentId' | 'hotkey'> & { childIds: readonly number[] };

export interface GenreChange {
  name?: string | undefined;
  parentId?: number | null | undefined;
  hotkey?: number | null | undefined;
}

const GENRES = `SELECT genre.id, name, parent_id, hotkey, (SELECT count(DISTINCT track_id) FROM genre_label
  WHERE genre_id = genre.id AND is_primary) AS n_tracks FROM genre`;

export function createGenreStore(sqlite: Database.Database): GenreStore {
  const all = sqlite.prepare<[], GenreRow>(`${GENRES} ORDER BY name_key`);
  const byId = sqlite.prepare<[number], GenreRow>(`${GENRES} WHERE id = ?`);
  const byKey = sqlite.prepare<[string], GenreRow>(`${GENRES} WHERE name_key = ?`);
  const idOf = sqlite.prepare<[string], number>('SELECT id FROM genre WHERE name_key = ?').pluck();
  const insert = sqlite.prepare<[number | null, string, string]>('INSERT INTO genre (id, name, name_key) VALUES (?, ?, ?)');
  const rename = sqlite.prepare<[string, string, number]>('UPDATE genre SET name = ?, name_key = ? WHERE id = ?');
  const setParent = sqlite.prepare<[number | null, number]>('UPDATE genre SET parent_id = ? WHERE id = ?');
  const freeHotkey = sqlite.prepare<[number | null, number]>('UPDATE genre SET hotkey = NULL WHERE hotkey = ? AND id <> ?');
  const setHotkey = sqlite.prepare<[number | null, number]>('UPDATE genre SET hotkey = ? WHERE id = ?');
  const moveWaiting = sqlite.prepare<[number, number]>(
    'UPDATE genre_label SET genre_id = ? WHERE genre_id = ? AND track_id IS NULL',
  );
  const remove = sqlite.prepare<[number]>('DELETE FROM genre WHERE id = ?');
  return {
    all: () => all.all().map(genreFromRow),
    byId: (id) => genreFromRowOrNull(byId.get(id)),
    byName: (name) => genreFromRowOrNull(byKey.get(genreKey(name))),
    ensure(name, formerId = null) {
      const key = genreKey(name);
      const spelled = name.normalize('NFC').trim().replace(/\s+/g, ' ');
      return idOf.get(key) ?? Number(insert.run(formerId, spelled, key).lastInsertRowid);
    },
    change(id, { name, parentId, hotkey }) {
      if (name !== undefined) rename.run(name.normalize('NFC').trim().replace(/\s+/g, ' '), genreKey(name), id);
      if (parentId !== undefined) setParent.run(parentId, id);
      if (hotkey === undefined) return;
      freeHotkey.run(hotkey, id);
      setHotkey.run(hotkey, id);
    },
    bringBack({ id, name, parentId, hotkey, childIds }) {
      const own = this.ensure(name, id);
      if (parentId !== null && byId.get(parentId)) setParent.run(parentId, own);
      if (hotkey !== null && !all.all().some((genre) => genre.hotkey === hotkey)) setHotkey.run(hotkey, own);
      for (const child of childIds) if (byId.get(child)?.parent_id === null) setParent.run(own, child);
    },
    remove(id, moveTo) {
      if (moveTo !== null) moveWaiting.run(moveTo, id);
      remove.run(id);
    },
  };
}

function genreFromRow(row: GenreRow): Genre {
  return { id: row.id, name: row.name, parentId: row.parent_id, hotkey: row.hotkey, nTracks: row.n_tracks };
}

function genreFromRowOrNull(row: GenreRow | undefined): Genre | null {
  return row === undefined ? null : genreFromRow(row);
}
