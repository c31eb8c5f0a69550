// Tracks as files: where they lie, what identifies them, how far they have come. Ids are never reused.
import type Database from 'better-sqlite3';
import type { Failure } from '../domain/errors.ts';
import type { FileTags } from '../domain/track.ts';
import { createListingRefresh } from './listing-refresh.ts';
import { pathKeyOf } from './sort-key.ts';
import type { TagRuleStore } from './tag-rule-store.ts';
import { type FileTagsRow, NO_TAGS, type TrackRow, tagsFromRow, tagsToRow } from './track-row.ts';

/** A file as a scan met it. `contentHash` is null when it could not be read. */
export interface FileFacts {
  path: string;
  rootId: number | null;
  sizeBytes: number;
  modifiedAtMs: number;
  contentHash: string | null;
}

/** Sorts behind every path. */
const LAST = '\u{10FFFF}';

export interface TrackStore {
  byId(id: number): TrackRow | undefined;
  byPath(path: string): TrackRow | undefined;
  byContent(contentHash: string): TrackRow[];
  /** Rows of one root, or with null the rows of files given one by one. */
  ofRoot(rootId: number | null): TrackRow[];
  /** A new track, pending. */
  insert(file: FileFacts, atMs: number): number;
  /** The same file at a new place: everything known about it stays. */
  move(id: number, file: FileFacts): void;
  /** Frees the path of a row that is about to move, so that two files may swap names. */
  vacatePath(id: number): void;
  /** The file's size, time, root or presence changed, its content did not. */
  touch(id: number, file: FileFacts): void;
  /** Other content at the same path: to be analysed again, labels kept. */
  changeContent(id: number, file: FileFacts): void;
  setMissing(id: number, isMissing: boolean): void;
  setFailed(id: number, reason: Failure): void;
  setPending(id: number): void;
  setTags(id: number, tags: FileTags): void;
  tagsOf(id: number): FileTags;
  /** The genre tags of every track that has some, by id. */
  genreTags(): IterableIterator<{ trackId: number; tags: string[] }>;
  /** Ids of the tracks below a folder. */
  idsBelow(folder: string): number[];
  /** Rewrites what lists and the search show of a track from its tags, labels and analysis. */
  refreshListing(id: number): void;
  remove(id: number): void;
}

const UPDATE_FILE =
  'path = $path, path_key = $path_key, root_id = $root_id, size_bytes = $size_bytes, modified_at_ms = $modified_at_ms, ' +
  'content_hash = $content_hash, is_missing = 0';

function fileColumns(file: FileFacts) {
  return {
    path: file.path,
    path_key: pathKeyOf(file.path),
    root_id: file.rootId,
    size_bytes: file.sizeBytes,
    modified_at_ms: file.modifiedAtMs,
    content_hash: file.contentHash,
  };
}

export function createTrackStore(sqlite: Database.Database, tagRules: TagRuleStore): TrackStore {
  const refreshListing = createListingRefresh(sqlite, tagRules);
  return { ...createReads(sqlite), ...createFileWrites(sqlite), ...createStateWrites(sqlite), refreshListing };
}

function createReads(sqlite: Database.Database) {
  const byId = sqlite.prepare<[number], TrackRow>('SELECT * FROM track WHERE id = ?');
  const byKey = sqlite.prepare<[string], TrackRow>('SELECT * FROM track WHERE path_key = ?');
  const byContent = sqlite.prepare<[string], TrackRow>('SELECT * FROM track WHERE content_hash = ? ORDER BY id');
  const ofRoot = sqlite.prepare<[number | null], TrackRow>('SELECT * FROM track WHERE root_id IS ? ORDER BY path_key');
  const tags = sqlite.prepare<[number], FileTagsRow>('SELECT * FROM file_tags WHERE track_id = ?');
  const genreTags = sqlite.prepare<[], Pick<FileTagsRow, 'track_id' | 'genres_json'>>(
    "SELECT track_id, genres_json FROM file_tags WHERE genres_json <> '[]' ORDER BY track_id",
  );
  const below = sqlite
    .prepare<[string, string], number>('SELECT id FROM track WHERE path_key >= ? AND path_key < ? ORDER BY id')
    .pluck();
  return {
    byId: (id: number) => byId.get(id),
    byPath: (path: string) => byKey.get(pathKeyOf(path)),
    byContent: (contentHash: string) => byContent.all(contentHash),
    ofRoot: (rootId: number | null) => ofRoot.all(rootId),
    tagsOf(id: number) {
      const row = tags.get(id);
      return row ? tagsFromRow(row) : NO_TAGS;
    },
    *genreTags() {
      for (const row of genreTags.all()) yield { trackId: row.track_id, tags: JSON.parse(row.genres_json) as string[] };
    },
    idsBelow(folder: string) {
      const key = pathKeyOf(folder).replace(/[/\\]+$/, '');
      return ['/', '\\'].flatMap((separator) => below.all(key + separator, key + separator + LAST));
    },
  };
}

function createFileWrites(sqlite: Database.Database) {
  const insert = sqlite.prepare(
    `INSERT INTO track (path, path_key, root_id, size_bytes, modified_at_ms, content_hash, state, added_at_ms, title_sort)
     VALUES ($path, $path_key, $root_id, $size_bytes, $modified_at_ms, $content_hash, 'pending', $at_ms, '')`,
  );
  const update = sqlite.prepare(`UPDATE track SET ${UPDATE_FILE} WHERE id = $id`);
  const vacate = sqlite.prepare("UPDATE track SET path_key = 'moving:' || id WHERE id = ?");
  const change = sqlite.prepare(
    `UPDATE track SET ${UPDATE_FILE}, state = 'pending', reason_code = NULL, reason_message = NULL WHERE id = $id`,
  );
  const rewrite = (id: number, file: FileFacts) => void update.run({ id, ...fileColumns(file) });
  return {
    insert: (file: FileFacts, atMs: number) => Number(insert.run({ ...fileColumns(file), at_ms: atMs }).lastInsertRowid),
    move: rewrite,
    touch: rewrite,
    vacatePath: (id: number) => void vacate.run(id),
    changeContent: (id: number, file: FileFacts) => void change.run({ id, ...fileColumns(file) }),
  };
}

function createStateWrites(sqlite: Database.Database) {
  const setMissing = sqlite.prepare<[number, number]>('UPDATE track SET is_missing = ? WHERE id = ?');
  const setState = sqlite.prepare<[string, string | null, string | null, number]>(
    'UPDATE track SET state = ?, reason_code = ?, reason_message = ? WHERE id = ?',
  );
  const columns = Object.keys(tagsToRow(0, NO_TAGS));
  const setTags = sqlite.prepare(
    `INSERT OR REPLACE INTO file_tags (${columns.join(', ')}) VALUES (${columns.map((name) => `$${name}`).join(', ')})`,
  );
  const remove = sqlite.prepare<[number]>('DELETE FROM track WHERE id = ?');
  const removeFromSearch = sqlite.prepare<[number]>('DELETE FROM track_search WHERE rowid = ?');
  return {
    setMissing: (id: number, isMissing: boolean) => void setMissing.run(isMissing ? 1 : 0, id),
    setFailed: (id: number, reason: Failure) => void setState.run('failed', reason.code, reason.message, id),
    setPending: (id: number) => void setState.run('pending', null, null, id),
    setTags: (id: number, tags: FileTags) => void setTags.run(tagsToRow(id, tags)),
    remove(id: number) {
      removeFromSearch.run(id);
      remove.run(id);
    },
  };
}
