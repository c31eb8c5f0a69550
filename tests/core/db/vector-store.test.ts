// Codes of sounds: in step with what they are made from, the same with and without sqlite-vec, and there after an upgrade.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../../src/core/db/migrations/registry.ts';
import { openLibrary } from '../../../src/core/db/open.ts';
import { signCode } from '../../../src/core/db/sign-code.ts';
import { toBlob } from '../../../src/core/db/vector-blob.ts';
import { loadVectorExtension, registerDistances } from '../../../src/core/db/vector-extension.ts';
import { createVectorStore } from '../../../src/core/db/vector-store.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { createNeighbours } from '../../../src/core/neighbours/neighbours.ts';
import { createRandom } from '../../../src/core/training/random.ts';
import { CLASSIFIER, EMBEDDING_SIZE, fillLibrary, openHeard, vector } from '../../support/heard-library.ts';
import { tempDir } from '../../support/temp-dir.ts';

function filledFile(nTracks: number): string {
  const dir = tempDir();
  const db = openHeard(dir);
  fillLibrary(db, { nTracks });
  db.close();
  return join(dir, 'library.db');
}

test('codes are the signs, as sqlite-vec packs them', () => {
  const sqlite = new Database(':memory:');
  loadVectorExtension(sqlite, SILENT_LOGGER);
  const quantize = sqlite.prepare<[Uint8Array], Uint8Array>('SELECT vec_quantize_binary(?)').pluck();
  const random = createRandom(1);
  for (let i = 0; i < 20; i++) {
    const a = vector(EMBEDDING_SIZE, random);
    expect(new Uint8Array(quantize.get(toBlob(a))!)).toEqual(signCode(a));
  }
  sqlite.close();
});

test('without sqlite-vec the same distances are found', () => {
  const file = filledFile(50);
  const ids = [...Array(50).keys()].map((i) => i + 1);
  const direction = vector(EMBEDDING_SIZE, createRandom(6));
  const [withIt, without] = [loadVectorExtension, registerDistances].map((prepare) => {
    const sqlite = new Database(file);
    prepare(sqlite, SILENT_LOGGER);
    const distances = createVectorStore(sqlite).distances(ids, 'drums', direction);
    sqlite.close();
    return distances;
  });
  expect(withIt!.size).toBe(50);
  for (const [id, distance] of withIt!) expect(without!.get(id)).toBeCloseTo(distance, 5);
});

test('every analysis has its code, stems and fingerprint, and takes them along when it goes', () => {
  const db = openHeard(tempDir());
  fillLibrary(db, { nTracks: 5 });
  expect(db.fingerprints.of(3)).toEqual(Uint32Array.of(1, 2, 3));
  const before = db.fingerprints.state();
  db.analyses.remove(3);
  db.tracks.remove(4);
  expect(db.fingerprints.state()).not.toBe(before);
  expect([...db.fingerprints.all()].map(({ trackId }) => trackId)).toEqual([1, 2, 5]);
  for (const id of [3, 4]) {
    expect(db.vectors.encoder(id)).toBeNull();
    expect(db.vectors.vector(id, 'bass')).toBeNull();
  }
  expect([...db.vectors.codesAfter(0)].map(({ trackId }) => trackId)).toEqual([1, 2, 5]);
  expect([...db.vectors.present([1, 2, 3, 4, 5], CLASSIFIER)]).toEqual([1, 2, 5]);
  db.close();
});

test('a library from before has neighbours by the whole sound after the upgrade', () => {
  const file = filledFile(30);
  const rows = new Database(file);
  const analyses = rows.prepare('SELECT * FROM analysis').all() as Record<string, unknown>[];
  const tracks = rows
    .prepare('SELECT id, path, path_key, size_bytes, modified_at_ms, state, added_at_ms, title_sort FROM track')
    .all() as Record<string, unknown>[];
  const classes = rows.prepare('SELECT * FROM class_list').all() as Record<string, unknown>[];
  rows.close();

  const old = join(tempDir(), 'library.db');
  const sqlite = new Database(old);
  sqlite.function('genre_key', (name) => String(name));
  sqlite.exec(MIGRATIONS[0]!).exec(MIGRATIONS[1]!);
  sqlite.pragma('user_version = 2');
  sqlite.pragma('application_id = 0x5354454d');
  const known = (table: string) => sqlite.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
  for (const [table, content] of [
    ['class_list', classes],
    ['track', tracks],
    ['analysis', analyses],
  ] as const) {
    const names = known(table).filter((name) => content[0]![name] !== undefined);
    const insert = sqlite.prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map((name) => `$${name}`)})`);
    for (const row of content) insert.run(row);
  }
  sqlite.close();

  const upgraded = openLibrary(old, { logger: SILENT_LOGGER });
  const original = openLibrary(file, { logger: SILENT_LOGGER });
  const question = { trackIds: [1], weights: {}, limit: 5, diversity: 0, exclude: [] };
  expect(createNeighbours(upgraded).similar(question)).toEqual(createNeighbours(original).similar(question));
  expect(() => createNeighbours(upgraded).similar({ ...question, weights: { drums: 1 } })).toThrow(/drums are not known/);
  upgraded.close();
  original.close();
});
