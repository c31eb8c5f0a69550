// Tags behind the contract: what the engine answers and announces has the form that the contract promises.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandInput, type CommandName, commands, events } from '../../src/contract/index.ts';
import { openLibrary } from '../../src/core/db/open.ts';
import { createScanner } from '../../src/core/library/scan.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { fakeAnalysis, VERSIONS } from '../core/library/fixture.ts';
import { writeTagged } from '../fixtures/tagged-audio.ts';
import { RESOURCES_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const dir = suiteTempDir();
const music = suiteTempDir();
let engine: Engine;

beforeAll(async () => {
  for (const ending of ['mp3', 'flac', 'ogg']) writeTagged(music, ending, { title: ending, genre: 'Polka' });
  const db = openLibrary(join(dir, 'library.db'), { logger: SILENT_LOGGER });
  const analyse = async () => fakeAnalysis();
  await createScanner({ db, analyse, concurrency: () => 1, versions: () => VERSIONS, logger: SILENT_LOGGER }).scan({
    folders: [music],
    reanalyse: 'none',
  });
  for (const id of [1, 2]) db.labels.set(id, ['Ska'], 'hand', 1);
  db.close();
  engine = await openEngine({ libraryDir: dir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER });
});
afterAll(() => engine.close());

async function ask<N extends CommandName>(name: N, input: CommandInput<N>) {
  const { result } = await engine.handle({ type: 'request', id: 1, name, input });
  if (!result.ok) throw new Error(result.error.message);
  return commands[name].output.parse(result.value) as ReturnType<(typeof commands)[N]['output']['parse']>;
}

it('previews, writes, tells how it went, takes back', async () => {
  const said: { name: string; payload: unknown }[] = [];
  let ended: (() => void) | undefined;
  engine.onEvent(({ name, payload }) => {
    if (!name.startsWith('tags.')) return;
    said.push({ name, payload });
    expect(() => events[name].parse(payload)).not.toThrow();
    if (name === 'tags.ended') ended?.();
  });
  const untilEnded = () =>
    new Promise<void>((resolve) => {
      ended = resolve;
    });

  const target = { kind: 'query', search: '' } as const;
  const preview = await ask('tags.preview', { target, fields: ['genre'], limit: 1 });
  expect(preview).toMatchObject({ nFiles: 2, nChanges: 2, nUnchanged: 1, nRefused: 0, changes: [{ after: ['Polka', 'Ska'] }] });
  expect((await ask('tags.changes', { planId: preview.planId, offset: 1 })).changes).toHaveLength(1);
  let end = untilEnded();
  const { writeId } = await ask('tags.write', { planId: preview.planId });
  expect((await ask('tags.status', {})).running).toBe(true);
  await end;
  expect(said.at(-1)).toMatchObject({ name: 'tags.ended', payload: { result: { nDone: 2, nFailed: 0 }, failure: null } });
  end = untilEnded();
  await ask('tags.undo', { writeId });
  await end;
  expect(said.at(-1)).toMatchObject({ payload: { result: { kind: 'undo', nDone: 2 } } });
  expect((await ask('tags.history', {})).writes).toMatchObject([{ id: writeId, nFiles: 2, nUndone: 2 }]);
  await ask('tags.cancel', {});
  expect(await ask('tags.status', {})).toEqual({ running: false, progress: null });
});
