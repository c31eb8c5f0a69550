// What a person said is kept: through any mix of acts and imports, a restart, a kill -9, and a file that goes to another library.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAppEvents } from '../../../src/core/app-events.ts';
import { type LibraryDb, openLibrary } from '../../../src/core/db/open.ts';
import { LABEL_MODES } from '../../../src/core/domain/label.ts';
import { createWriteGate } from '../../../src/core/library/write-gate.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { LabellingService } from '../../../src/core/services/labelling.ts';
import { tempDir } from '../../support/temp-dir.ts';

const CHILD = fileURLToPath(new URL('./killed-label-child.ts', import.meta.url));
const open = (file: string) => openLibrary(file, { logger: SILENT_LOGGER });

function labelling(db: LibraryDb): LabellingService {
  return new LabellingService({
    db,
    events: createAppEvents(),
    gate: createWriteGate(),
    idsOf: () => [],
    nowMs: () => 1,
  });
}

function libraryOf(paths: readonly string[]): string {
  const file = join(tempDir(), 'library.db');
  const db = open(file);
  for (const path of paths) {
    const facts = { path, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: path };
    db.tracks.refreshListing(db.tracks.insert(facts, 1));
  }
  db.close();
  return file;
}

const PATHS = ['/m/1.mp3', '/m/2.mp3'];
const genres = fc.uniqueArray(fc.constantFrom('Ska', 'Dub', 'Jazz'), { minLength: 1 });
const step = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    ids: fc.uniqueArray(fc.constantFrom(1, 2), { minLength: 1 }),
    genres,
    mode: fc.constantFrom(...LABEL_MODES),
  }),
  fc.record({ kind: fc.constant('import' as const), path: fc.constantFrom(...PATHS), genres }),
);

async function take(labels: LabellingService, act: typeof step extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
  if (act.kind === 'set') await labels.set({ kind: 'tracks', ids: act.ids }, act.genres, act.mode);
  else await labels.importFile([act.path, ...act.genres].join(','), 'csv');
}

const handLabels = (db: LibraryDb) => [1, 2].map((id) => db.labels.ofTrack(id).filter(({ origin }) => origin === 'hand'));

test('whatever is imported, labels by hand stay and are what is shown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (acts) => {
      const db = open(libraryOf(PATHS));
      const labels = labelling(db);
      for (const act of acts) {
        const before = handLabels(db);
        await take(labels, act);
        if (act.kind === 'import') expect(handLabels(db)).toEqual(before);
        for (const [i, [primary]] of handLabels(db).entries()) {
          if (primary) expect(db.tracks.byId(i + 1)).toMatchObject({ genre_name: primary.genre, genre_origin: 'hand' });
        }
      }
      db.close();
    }),
    { numRuns: 20 },
  );
});

test('any acts are undone and redone in a library that is opened anew for each', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (acts) => {
      const file = libraryOf(PATHS);
      const during = async (work: (labels: LabellingService) => Promise<unknown>) => {
        const db = open(file);
        await work(labelling(db));
        const state = [1, 2].map((id) => [db.labels.ofTrack(id), db.tracks.byId(id)?.genre_name]);
        db.close();
        return state;
      };
      const states = [await during(async () => {})];
      for (const act of acts) states.push(await during((labels) => take(labels, act)));
      for (let i = acts.length - 1; i >= 0; i--) expect(await during((labels) => labels.undo())).toEqual(states[i]);
      for (let i = 1; i <= acts.length; i++) expect(await during((labels) => labels.redo())).toEqual(states[i]);
    }),
    { numRuns: 5 },
  );
});

test('a label whose act was answered outlives kill -9', async () => {
  const file = libraryOf(PATHS);
  const child = spawn(process.execPath, [CHILD, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let nAnswered = 0;
  for await (const line of createInterface(child.stdout)) {
    nAnswered = Number(line);
    if (nAnswered >= 20) break;
  }
  child.kill('SIGKILL');
  expect((await once(child, 'exit'))[1]).toBe('SIGKILL');

  const db = open(file);
  const [label] = db.labels.ofTrack(1);
  // The act after the last answer may have been stored as well.
  expect(Number(label?.genre.replace('Genre ', ''))).toBeGreaterThanOrEqual(nAnswered);
  expect(db.tracks.byId(1)).toMatchObject({ genre_name: label?.genre, genre_origin: 'hand' });
  expect(labelling(db).history().undo).toBe(`Labelled 1 track ${label?.genre}`);
  expect(await labelling(db).undo()).not.toBeNull();
  db.close();
});

test.each(['csv', 'json'] as const)('awkward paths go to another library and come back, as %s', async (format) => {
  const paths = ['a, b.mp3', 'say "hi".mp3', 'Ünïcödé 🎵.mp3', 'semi;colon|pipe.mp3', "it's\nhere.mp3", '\u0041\u0308pfel.mp3'];
  const full = paths.map((path) => `/m/${path}`);
  const from = open(libraryOf(full));
  const ids = full.map((path) => from.tracks.byPath(path)!.id);
  for (const id of ids) await labelling(from).set({ kind: 'tracks', ids: [id] }, [`Genre, "${id}" 🎷`, 'Dub'], 'replace');
  const { text, nTracks } = labelling(from).exportFile(format);
  expect(nTracks).toBe(paths.length);

  const to = open(libraryOf(full.map((path) => path.normalize('NFC'))));
  expect(await labelling(to).importFile(text, format)).toMatchObject({ nTracks: paths.length, unknownPaths: [] });
  for (const [i, path] of full.entries()) {
    const { id } = to.tracks.byPath(path.normalize('NFC'))!;
    expect(to.labels.ofTrack(id).map(({ genre }) => genre)).toEqual([`Genre, "${ids[i]}" 🎷`, 'Dub']);
  }
  from.close();
  to.close();
});
