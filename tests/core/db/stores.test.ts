// What the stores keep comes back as it was: analyses, labels, tags, settings, skipped files, history.
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/config/settings.ts';
import { analysisToRow, windowToRow } from '../../../src/core/db/analysis-row.ts';
import type { LibraryDb } from '../../../src/core/db/open.ts';
import { NO_TAGS, tagsToRow } from '../../../src/core/db/track-row.ts';
import { fromBlob, toBlob } from '../../../src/core/db/vector-blob.ts';
import { STEMS } from '../../../src/core/domain/stem.ts';
import { fakeAnalysis, openTempLibrary, VERSIONS } from '../library/fixture.ts';

function addTrack(db: LibraryDb, path = '/music/a.mp3', contentHash = 'hash'): number {
  return db.tracks.insert({ path, rootId: null, sizeBytes: 1, modifiedAtMs: 2, contentHash }, 3);
}

test('row types have exactly the columns of their tables', () => {
  const sqlite = new Database(openTempLibrary().file, { readonly: true });
  const columnsOf = (table: string) => sqlite.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
  const place = { trackId: 1, contentHash: null, classListId: 1, atMs: 1 };
  expect(Object.keys(tagsToRow(1, NO_TAGS))).toEqual(columnsOf('file_tags'));
  expect(Object.keys(analysisToRow(fakeAnalysis(), place))).toEqual(columnsOf('analysis'));
  expect(Object.keys(windowToRow(1, 0, fakeAnalysis().windows[0]!))).toEqual(columnsOf('analysis_window'));
  sqlite.close();
});

test('an analysis comes back bit by bit, and a second one replaces it', () => {
  const db = openTempLibrary();
  const id = addTrack(db);
  const { waveform, stemEmbeddings, fingerprint, ...rest } = fakeAnalysis();
  db.analyses.put(id, fakeAnalysis(), 42);
  expect(db.analyses.get(id)).toEqual({ ...rest, analysedAtMs: 42 });
  expect(new Uint8Array(db.analyses.waveform(id)!)).toEqual(waveform);
  for (const stem of STEMS) expect(db.vectors.vector(id, stem)).toEqual(stemEmbeddings[stem]);
  expect(db.fingerprints.of(id)).toEqual(fingerprint);
  expect(db.tracks.byId(id)).toMatchObject({ status: 'analysed', reason_code: null });

  db.analyses.put(id, fakeAnalysis({ tempoBpm: null, windows: [] }), 43);
  expect(db.analyses.get(id)).toMatchObject({ tempoBpm: null, windows: [], analysedAtMs: 43 });
});

test('numbers that are none are stored as unknown', () => {
  const db = openTempLibrary();
  const id = addTrack(db);
  db.analyses.put(id, fakeAnalysis({ loudnessLufs: Number.NEGATIVE_INFINITY, tempoBpm: Number.NaN }), 1);
  expect(db.analyses.get(id)).toMatchObject({ loudnessLufs: null, tempoBpm: null });
});

test('an analysis that cannot be stored whole is not stored at all', () => {
  const db = openTempLibrary();
  const id = addTrack(db);
  const broken = fakeAnalysis({ waveform: null as unknown as Uint8Array });
  expect(() => db.transaction(() => db.analyses.put(id, broken, 1))).toThrow();
  expect(db.analyses.get(id)).toBeNull();
  expect(db.tracks.byId(id)?.status).toBe('pending');
});

test('outdated is what other versions made', () => {
  const db = openTempLibrary();
  const [a, b] = [addTrack(db, '/a', 'a'), addTrack(db, '/b', 'b')];
  db.analyses.put(a, fakeAnalysis(), 1);
  db.analyses.put(b, fakeAnalysis({ separatorVersion: 'unet 0' }), 1);
  expect(db.analyses.countOutdated(VERSIONS)).toBe(1);
  expect(db.analyses.outdatedIds(VERSIONS)).toEqual([b]);
});

test('float32 vectors survive, also from an odd offset', () => {
  const vector = Float32Array.of(1.5, -0, 1e-38, Number.MAX_VALUE);
  expect(fromBlob(toBlob(vector))).toEqual(vector);
  const shifted = new Uint8Array(17);
  shifted.set(toBlob(vector), 1);
  expect(fromBlob(shifted.subarray(1))).toEqual(vector);
});

test('labels outlive their track and are adopted by the same content', () => {
  const db = openTempLibrary();
  const id = addTrack(db, '/a', 'content');
  db.labels.set(id, ['Ska', 'Dub'], 'hand', 1);
  db.labels.set(id, ['Reggae'], 'import', 2);
  expect(db.labels.ofTrack(id).map(({ genre }) => genre)).toEqual(['Ska', 'Dub', 'Reggae']);
  db.labels.set(id, ['Ska'], 'hand', 3);

  db.tracks.remove(id);
  const again = addTrack(db, '/b', 'content');
  expect(again).toBeGreaterThan(id);
  expect(db.labels.adopt(again, 'content')).toBe(true);
  expect(db.labels.ofTrack(again).map(({ genre }) => genre)).toEqual(['Ska', 'Reggae']);
});

test('tags come back as they were', () => {
  const db = openTempLibrary();
  const id = addTrack(db);
  const tags = { ...NO_TAGS, title: 'Ünïcode', genres: ['A', 'B'], year: 1999, bitRateBps: 320_000.5, hasCover: true };
  db.tracks.setTags(id, tags);
  expect(db.tracks.tagsOf(id)).toEqual(tags);
});

test('settings: defaults, changes, remembered values apart', () => {
  const db = openTempLibrary();
  expect(db.settings.get()).toEqual(DEFAULT_SETTINGS);
  expect(db.settings.set({ nWindows: 5 })).toEqual({ ...DEFAULT_SETTINGS, nWindows: 5 });
  expect(() => db.settings.set({ nWindows: 1000 })).toThrow();
  db.settings.remember('nWindows', { measured: [1, 2] });
  expect(db.settings.recall('nWindows')).toEqual({ measured: [1, 2] });
  expect(db.settings.recall('never')).toBeUndefined();
  expect(db.settings.get().nWindows).toBe(5);
});

test('skipped files are cleared below a folder only', () => {
  const db = openTempLibrary();
  const reason = { code: 'decode.notAudio', message: 'A hidden file.' } as const;
  for (const path of ['/music/a', '/music2/b', '/music']) db.skipped.add({ path, reason });
  db.skipped.clearUnder('/music/');
  expect(db.skipped.all()).toEqual([{ path: '/music2/b', reason }]);
});

test('the history answers with the last scan that ended', () => {
  const db = openTempLibrary();
  expect(db.scanRuns.lastSummary()).toBeNull();
  const counts = { found: 1, analysed: 1, unchanged: 0, moved: 0, failed: 0, missing: 0, skipped: 0, outdated: 0 };
  const summary = { ...counts, cancelled: false, seconds: 2 };
  db.scanRuns.end(db.scanRuns.begin(1), 2, summary);
  db.scanRuns.begin(3);
  expect(db.scanRuns.lastSummary()).toEqual(summary);
});
