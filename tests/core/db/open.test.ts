// Opening a library: made when absent, refused with a sentence when it is none, newer, or being scanned elsewhere.
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../../src/core/db/migrations/registry.ts';
import { openLibrary } from '../../../src/core/db/open.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { tempDir } from '../../support/temp-dir.ts';

const options = { logger: SILENT_LOGGER };
const failsWith = (code: string) => expect.objectContaining({ code });

function madeLibrary(): string {
  const file = join(tempDir(), 'new', 'folder', 'library.db');
  const db = openLibrary(file, options);
  db.roots.add('/music', 1);
  db.close();
  return file;
}

test('makes folder and file, and finds its content again', () => {
  const db = openLibrary(madeLibrary(), options);
  expect(db.roots.all()).toMatchObject([{ path: '/music', added_at_ms: 1 }]);
  db.close();
});

test('a newer library is refused and not touched', () => {
  const file = madeLibrary();
  const sqlite = new Database(file);
  sqlite.pragma('user_version = 999');
  sqlite.close();
  expect(() => openLibrary(file, options)).toThrow(failsWith('library.newer'));
});

test('a text file, a damaged file and another program’s database are refused as they are', () => {
  const dir = tempDir();
  const text = join(dir, 'text.db');
  writeFileSync(text, 'this is no database, '.repeat(100));
  expect(() => openLibrary(text, options)).toThrow(failsWith('library.corrupt'));
  expect(readFileSync(text, 'utf8')).toContain('this is no database');

  const damaged = madeLibrary();
  writeFileSync(damaged, readFileSync(damaged).fill(0x55, 100, 8192));
  expect(() => openLibrary(damaged, options)).toThrow(failsWith('library.corrupt'));

  const other = join(dir, 'other.db');
  new Database(other).exec('CREATE TABLE bookmarks (url TEXT)').close();
  expect(() => openLibrary(other, options)).toThrow(failsWith('library.corrupt'));
});

test('a place that cannot hold a library is named', () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'file'), '');
  expect(() => openLibrary(join(dir, 'file', 'library.db'), options)).toThrow(failsWith('folder.unreadable'));
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a library that may not be written is refused (skipped for root, who may write everything)',
  () => {
    const file = madeLibrary();
    chmodSync(file, 0o444);
    expect(() => openLibrary(file, options)).toThrow(failsWith('folder.unreadable'));
    expect(statSync(file).mode & 0o222).toBe(0);
  },
);

test('reading goes on beside a writer; scanning is one at a time', () => {
  const file = madeLibrary();
  const [one, two] = [openLibrary(file, options), openLibrary(file, options)];
  one.transaction(() => {
    one.roots.add('/more', 2);
    expect(two.roots.all()).toHaveLength(1);
  });
  expect(two.roots.all()).toHaveLength(2);

  const lock = one.lockForScan();
  expect(() => two.lockForScan()).toThrow(failsWith('library.locked'));
  lock.release();
  two.lockForScan().release();
  one.close();
  two.close();
});

test('a transaction is all or nothing', () => {
  const db = openLibrary(madeLibrary(), options);
  const add = () =>
    db.transaction(() => {
      db.roots.add('/half', 2);
      throw new Error('stop');
    });
  expect(add).toThrow('stop');
  expect(db.roots.all()).toHaveLength(1);
  db.close();
});

test('migrations are frozen: a released one never changes', () => {
  const hashes = MIGRATIONS.map((sql) => createHash('sha256').update(sql).digest('hex').slice(0, 16));
  expect(hashes).toEqual([
    '011b56c4d280947d',
    '62b4452cd1a6a4cf',
    '6adc255724953567',
    '610138be97f9acdd',
    '82e890958e0023f3',
    '98576e85208f6855',
    '2b72fcc18a6f996b',
  ]);
});

test('a library of the first schema keeps its labels, as genres of its own', () => {
  const file = join(tempDir(), 'library.db');
  const old = new Database(file);
  old.exec(MIGRATIONS[0]!);
  old.pragma(`application_id = ${0x5354454d}`);
  old.pragma('user_version = 1');
  old.exec(`
    INSERT INTO track (id, path, path_key, size_bytes, modified_at_ms, content_hash, state, added_at_ms, title_sort)
      VALUES (1, '/a', '/a', 1, 1, 'content', 'pending', 1, '');
    INSERT INTO label (track_id, content_hash, genre, origin, at_ms)
      VALUES (1, 'content', 'Ska', 'hand', 5), (1, 'content', 'Dub', 'hand', 6), (1, 'content', 'dub ', 'import', 7),
             (NULL, 'elsewhere', 'Jazz', 'hand', 8);`);
  old.close();
  const db = openLibrary(file, options);
  expect(db.genres.all().map(({ name }) => name)).toEqual(['Dub', 'Jazz', 'Ska']);
  expect(db.labels.ofTrack(1)).toMatchObject([
    { genre: 'Dub', origin: 'hand', isPrimary: true, atMs: 6 },
    { genre: 'Ska', origin: 'hand', isPrimary: false, atMs: 5 },
    { genre: 'Dub', origin: 'import', isPrimary: true, atMs: 7 },
  ]);
  const again = db.tracks.insert({ path: '/b', rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: 'elsewhere' }, 1);
  expect(db.labels.adopt(again, 'elsewhere')).toBe(true);
  expect(db.labels.ofTrack(again)).toMatchObject([{ genre: 'Jazz', isPrimary: true }]);
  db.close();
});

test('what a list can be sorted by is filled in for a library from before it was kept', () => {
  const file = join(tempDir(), 'library.db');
  const old = new Database(file);
  old.function('genre_key', (name) => String(name));
  old.function('sign_code', (vector) => vector);
  for (const sql of MIGRATIONS.slice(0, 6)) old.exec(sql);
  old.pragma(`application_id = ${0x5354454d}`);
  old.pragma('user_version = 6');
  old.exec(`
    INSERT INTO track (id, path, path_key, size_bytes, modified_at_ms, state, added_at_ms, title_sort, music_key)
      VALUES (1, '/a', '/a', 1, 1, 'analysed', 1, '', 'A minor'), (2, '/b', '/b', 1, 1, 'pending', 1, '', NULL);
    INSERT INTO file_tags (track_id, year, codec, bit_rate_bps, genres_json, has_cover) VALUES (1, 1999, 'FLAC', 9e5, '[]', 0);
    INSERT INTO play (track_id, at_ms, played_sec) VALUES (1, 30, 9), (1, 20, 9);`);
  old.close();
  const db = openLibrary(file, options);
  const filled = { year: 1999, codec: 'FLAC', bit_rate_bps: 9e5, camelot_order: 16, n_plays: 2, last_played_at_ms: 30 };
  expect(db.tracks.byId(1)).toMatchObject(filled);
  const empty = { year: null, codec: null, bit_rate_bps: null, camelot_order: null, n_plays: 0, last_played_at_ms: null };
  expect(db.tracks.byId(2)).toMatchObject(empty);
  db.close();
});
