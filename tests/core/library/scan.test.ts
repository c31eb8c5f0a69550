// A scan accounts for every file, leaves alone what it knows, and can be cancelled.
import { chmodSync, cpSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StemscapeError } from '../../../src/core/domain/errors.ts';
import type { ScanProgress } from '../../../src/core/domain/scan.ts';
import { removeRoot } from '../../../src/core/library/root-removal.ts';
import { createScanner } from '../../../src/core/library/scan.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { createDesk, fakeAnalysis, VERSIONS } from './fixture.ts';

test('a first scan analyses everything, a second one opens nothing', async () => {
  const desk = createDesk();
  for (let i = 0; i < 5; i++) desk.add(`folder ${i % 2}/${i}.wav`, i, { title: `Song ${i}`, artist: 'Ann' });
  const first = await desk.scan();
  expect(first).toMatchObject({ found: 5, analysed: 5, unchanged: 0, moved: 0, failed: 0, missing: 0, cancelled: false });
  const id = desk.queries.find(desk.at('folder 0/0.wav'));
  expect(desk.queries.get(id)).toMatchObject({ status: 'analysed', title: 'Song 0', artist: 'Ann', tempoBpm: 120 });

  desk.heard = [];
  expect(await desk.scan({ folders: [] })).toMatchObject({ found: 5, analysed: 0, unchanged: 5 });
  expect(desk.heard).toEqual([]);
});

test('a bad file is stored with its reason and not tried again unless asked or changed', async () => {
  const desk = createDesk();
  desk.add('good.wav', 1);
  desk.add('bad.wav', 2);
  writeFileSync(desk.at('empty.wav'), '');
  desk.hear = async (path) => {
    if (path.endsWith('bad.wav')) throw new StemscapeError('decode.corrupt', 'The file is damaged.');
    return fakeAnalysis();
  };
  expect(await desk.scan()).toMatchObject({ found: 3, analysed: 1, failed: 2 });
  const bad = desk.queries.find(desk.at('bad.wav'));
  expect(desk.queries.get(bad)).toMatchObject({ status: 'failed', reason: { code: 'decode.corrupt' } });
  expect(desk.queries.get(desk.queries.find(desk.at('empty.wav'))).reason?.code).toBe('file.empty');

  desk.heard = [];
  expect(await desk.scan()).toMatchObject({ analysed: 0, unchanged: 1, failed: 2 });
  expect(desk.heard).toEqual([]);

  desk.hear = async () => fakeAnalysis();
  expect(await desk.scan({ ids: [bad] })).toMatchObject({ found: 1, analysed: 1, failed: 0 });
  writeFileSync(desk.at('empty.wav'), 'no longer empty');
  expect(await desk.scan()).toMatchObject({ analysed: 1, failed: 0 });
});

test('reanalyse: failed ones, outdated ones, all; never by itself', async () => {
  const desk = createDesk();
  desk.add('a.wav', 1);
  desk.add('b.wav', 2);
  await desk.scan();
  desk.versions = { ...VERSIONS, classifier: 'ecapa 2' };
  expect(await desk.scan()).toMatchObject({ analysed: 0, outdated: 2 });
  desk.hear = async () => fakeAnalysis({ classifierVersion: 'ecapa 2' });
  expect(await desk.scan({ reanalyse: 'outdated' })).toMatchObject({ analysed: 2, outdated: 0 });
  expect(await desk.scan({ reanalyse: 'outdated' })).toMatchObject({ analysed: 0 });
  expect(await desk.scan({ reanalyse: 'all' })).toMatchObject({ analysed: 2 });
});

test('a retag keeps id and labels and is analysed again; a new time alone is not', async () => {
  const desk = createDesk();
  desk.add('a.wav', 1, { title: 'Old' });
  await desk.scan();
  const id = desk.queries.find(desk.at('a.wav'));
  desk.label(id, 'Bossa Nova');
  desk.add('a.wav', 1, { title: 'A new title' });
  expect(await desk.scan()).toMatchObject({ analysed: 1, moved: 0 });
  expect(desk.queries.get(id)).toMatchObject({ title: 'A new title', genre: { name: 'Bossa Nova', origin: 'hand' } });

  utimesSync(desk.at('a.wav'), 1, 1);
  expect(await desk.scan()).toMatchObject({ analysed: 0, unchanged: 1 });
});

test('cancelling ends at once, leaves the rest pending, and the next scan goes on', async () => {
  const desk = createDesk();
  for (let i = 0; i < 6; i++) desk.add(`${i}.wav`, i);
  const cancel = new AbortController();
  desk.hear = (path) => {
    if (!path.endsWith('3.wav')) return Promise.resolve(fakeAnalysis());
    cancel.abort();
    return new Promise(() => {});
  };
  const summary = await desk.scan({}, { signal: cancel.signal });
  expect(summary.cancelled).toBe(true);
  const { counts } = await desk.queries.summary();
  expect(counts.pending).toBeGreaterThan(0);
  expect(counts.analysed).toBe(summary.analysed);

  desk.hear = async () => fakeAnalysis();
  const next = await desk.scan();
  expect(next.analysed + summary.analysed).toBe(6);
});

test('progress names every stage and ends with all done', async () => {
  const desk = createDesk();
  for (let i = 0; i < 4; i++) desk.add(`${i}.wav`, i);
  const said: ScanProgress[] = [];
  const changed = new Set<number>();
  await desk.scan(
    {},
    {
      onProgress: (progress) => void said.push(progress),
      onTracksChanged: (ids) => {
        for (const id of ids ?? []) changed.add(id);
      },
    },
  );
  expect([...new Set(said.map(({ stage }) => stage))]).toEqual(['walk', 'identify', 'analyse', 'done']);
  expect(said.findLast(({ stage }) => stage === 'analyse')).toMatchObject({ done: 4, total: 4 });
  expect(changed.size).toBe(4);
});

test('one scan at a time: in this scanner, and in this library', async () => {
  const desk = createDesk();
  desk.add('a.wav', 1);
  const { promise, resolve } = Promise.withResolvers<void>();
  desk.hear = () => promise.then(() => fakeAnalysis());
  const running = desk.scan();
  await expect(desk.scan()).rejects.toMatchObject({ code: 'scan.running' });
  const other = createScanner({
    db: desk.db,
    analyse: async () => fakeAnalysis(),
    concurrency: () => 1,
    versions: () => VERSIONS,
    logger: SILENT_LOGGER,
  });
  await expect(other.scan({ folders: [], reanalyse: 'none' })).rejects.toMatchObject({ code: 'library.locked' });
  resolve();
  expect(await running).toMatchObject({ analysed: 1 });
});

test('a failure that every track would meet ends the scan and leaves the tracks pending', async () => {
  const desk = createDesk();
  desk.add('a.wav', 1);
  desk.hear = () => Promise.reject(new StemscapeError('model.missing', 'The model is not installed.'));
  await expect(desk.scan()).rejects.toMatchObject({ code: 'model.missing' });
  expect((await desk.queries.summary()).counts).toMatchObject({ pending: 1, failed: 0 });
});

test('a missing folder is refused with a sentence and adds nothing', async () => {
  const desk = createDesk();
  await expect(desk.scan({ folders: [desk.at('nowhere')] })).rejects.toMatchObject({ code: 'folder.missing' });
  expect((await desk.queries.summary()).roots).toEqual([]);
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'tracks below a folder that became unreadable are kept (skipped for root, who may read everything)',
  async () => {
    const desk = createDesk();
    desk.add('open/a.wav', 1);
    desk.add('closed/b.wav', 2);
    await desk.scan();
    chmodSync(desk.at('closed'), 0);
    expect(await desk.scan()).toMatchObject({ missing: 0, skipped: 1, unchanged: 1 });
    chmodSync(desk.at('closed'), 0o755);
    expect(desk.db.skipped.all()[0]?.reason.code).toBe('folder.unreadable');
  },
);

test('a file given on its own is scanned, and again with everything', async () => {
  const desk = createDesk();
  const path = desk.add('single.wav', 1);
  desk.add('other.wav', 2);
  expect(await desk.scan({ folders: [path] })).toMatchObject({ found: 1, analysed: 1 });
  expect((await desk.queries.summary()).roots).toEqual([]);
  expect(await desk.scan({ folders: [] })).toMatchObject({ found: 1, unchanged: 1 });
  expect(await desk.scan()).toMatchObject({ found: 2, analysed: 1, unchanged: 1 });
});

test('a folder around known ones takes them in; one inside is part of it', async () => {
  const desk = createDesk();
  desk.add('inner/a.wav', 1);
  desk.add('b.wav', 2);
  await desk.scan({ folders: [desk.at('inner')] });
  expect(await desk.scan()).toMatchObject({ found: 2, analysed: 1, unchanged: 1 });
  expect(await desk.scan({ folders: [desk.at('inner')] })).toMatchObject({ found: 1, missing: 0 });
  expect((await desk.queries.summary()).roots).toEqual([{ path: desk.music, online: true, nTracks: 2 }]);
});

test('what a scan leaves out is listed with its reason, once', async () => {
  const desk = createDesk();
  desk.add('a.wav', 1);
  writeFileSync(desk.at('._a.wav'), 'resource fork');
  await desk.scan();
  expect(await desk.scan()).toMatchObject({ skipped: 1 });
  expect(desk.db.skipped.all().map(({ path }) => path)).toEqual([desk.at('._a.wav')]);
  rmSync(desk.at('._a.wav'));
  await desk.scan();
  expect(desk.db.skipped.all()).toEqual([]);
});

test('labels survive the removal of their folder and its return elsewhere', async () => {
  const desk = createDesk();
  desk.add('a.wav', 1);
  await desk.scan();
  desk.label(desk.queries.find(desk.at('a.wav')), 'Ska');
  removeRoot(desk.db, desk.music);
  expect((await desk.queries.summary()).counts.analysed).toBe(0);
  expect(() => removeRoot(desk.db, desk.music)).toThrow(/not one of/);

  const elsewhere = join(desk.music, '..', 'elsewhere');
  mkdirSync(elsewhere);
  cpSync(desk.at('a.wav'), join(elsewhere, 'b.wav'));
  renameSync(desk.at('a.wav'), desk.at('a.bin'));
  await desk.scan({ folders: [elsewhere] });
  expect(desk.queries.get(desk.queries.find(join(elsewhere, 'b.wav'))).genre).toEqual({
    name: 'Ska',
    confidence: 1,
    origin: 'hand',
  });
});
