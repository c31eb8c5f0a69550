// kill -9 at every step of a write and of an undo: the file is the old or the new one whole, and the next start tidies up.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createAppEvents } from '../../../src/core/app-events.ts';
import { openLibrary } from '../../../src/core/db/open.ts';
import { createScanner } from '../../../src/core/library/scan.ts';
import { createWriteGate } from '../../../src/core/library/write-gate.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { TagWritingService } from '../../../src/core/services/tag-writing.ts';
import { codecOf } from '../../../src/core/tags/codec-of.ts';
import { writeTagged } from '../../fixtures/tagged-audio.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { fakeAnalysis, VERSIONS } from '../library/fixture.ts';

const CHILD = fileURLToPath(new URL('./killed-write-child.ts', import.meta.url));
const ENDINGS = ['mp3', 'flac'];

async function runChild(library: string, act: 'write' | 'undo', fatalStep: string): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [CHILD, library, act, fatalStep], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

async function makeLibrary(ending: string) {
  const [music, library] = [tempDir(), join(tempDir(), 'library.db')];
  const path = writeTagged(music, ending, { title: 'Song', genre: 'Polka' });
  const heard: string[] = [];
  const open = () => {
    const db = openLibrary(library, { logger: SILENT_LOGGER });
    onTestFinished(() => db.close());
    const analyse = async (file: string) => {
      heard.push(file);
      return fakeAnalysis();
    };
    const scanner = createScanner({ db, analyse, concurrency: () => 1, versions: () => VERSIONS, logger: SILENT_LOGGER });
    const parts = {
      db,
      events: createAppEvents(),
      logger: SILENT_LOGGER,
      gate: createWriteGate(),
      idsOf: () => [],
      nowMs: () => 1,
    };
    return { db, scan: () => scanner.scan({ folders: [music], reanalyse: 'none' }), tags: new TagWritingService(parts) };
  };
  const { db, scan } = open();
  await scan();
  db.labels.set(1, ['Ska'], 'hand', 1);
  db.close();
  heard.length = 0;
  return { music, library, path, heard, open };
}

const genreOf = async (path: string) => (await codecOf(path).read(path)).values.genre;

const CASES = ENDINGS.flatMap((ending) =>
  (['planned', 'copied', 'checked', 'synced', 'renamed'] as const).map((step) => [ending, step] as const),
);

test.for(CASES)('%s killed in a write when %s', async ([ending, step]) => {
  const { music, library, path, heard, open } = await makeLibrary(ending);
  const before = readFileSync(path);
  expect(await runChild(library, 'write', step)).toBe('SIGKILL');
  const isWritten = step === 'renamed';
  expect(await genreOf(path)).toEqual([isWritten ? 'Ska' : 'Polka']);
  if (!isWritten) expect(readFileSync(path).equals(before)).toBe(true);

  const { db, tags, scan } = open();
  expect(db.tagWrites.unsettled()).toHaveLength(1);
  await tags.recover();
  expect(db.tagWrites.unsettled()).toEqual([]);
  expect(readdirSync(music)).toEqual([`song.${ending}`]);
  expect(tags.history(1)).toMatchObject([{ nWritten: isWritten ? 1 : 0, nFailed: isWritten ? 0 : 1 }]);
  await scan();
  expect(heard).toEqual([]);
  expect(db.labels.ofTrack(1).map(({ genre }) => genre)).toEqual(['Ska']);
  if (isWritten) await tags.undo(1).done;
  expect(await genreOf(path)).toEqual(['Polka']);
});

const UNDO_CASES = CASES.filter(([, step]) => step !== 'planned');

test.for(UNDO_CASES)('%s killed in an undo when %s', async ([ending, step]) => {
  const { music, library, path, heard, open } = await makeLibrary(ending);
  expect(await runChild(library, 'write', 'never')).toBeNull();
  expect(await runChild(library, 'undo', step)).toBe('SIGKILL');
  const isUndone = step === 'renamed';
  expect(await genreOf(path)).toEqual([isUndone ? 'Polka' : 'Ska']);

  const { tags, scan } = open();
  await tags.recover();
  expect(readdirSync(music)).toEqual([`song.${ending}`]);
  expect(tags.history(1)).toMatchObject([{ nUndone: isUndone ? 1 : 0, nWritten: isUndone ? 0 : 1 }]);
  await tags.undo(1).done;
  expect(await genreOf(path)).toEqual(['Polka']);
  await scan();
  expect(heard).toEqual([]);
});
