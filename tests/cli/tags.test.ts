// The command tags in a process of its own, on real files.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { openLibrary } from '../../src/core/db/open.ts';
import { createScanner } from '../../src/core/library/scan.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { fakeAnalysis, VERSIONS } from '../core/library/fixture.ts';
import { writeTagged } from '../fixtures/tagged-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const CLI = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));
const dir = suiteTempDir();
const music = suiteTempDir();

beforeAll(async () => {
  for (const ending of ['mp3', 'flac']) writeTagged(music, ending, { title: ending, genre: 'Polka' });
  const db = openLibrary(join(dir, 'library.db'), { logger: SILENT_LOGGER });
  const analyse = async () => fakeAnalysis();
  const scanner = createScanner({ db, analyse, concurrency: () => 1, versions: () => VERSIONS, logger: SILENT_LOGGER });
  await scanner.scan({ folders: [music], reanalyse: 'none' });
  for (const id of [1, 2]) db.labels.set(id, ['Ska', 'Dub'], 'hand', 1);
  db.close();
});

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, '--library', dir, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n').filter(Boolean), errors: stderr };
}

it('previews, writes only with --yes, tells, takes back', () => {
  const preview = run('tags', 'preview', '--all', '-f', 'genre', '-f', 'key');
  expect(preview.lines).toEqual([
    join(music, 'song.flac'),
    '  genre: Polka -> Polka | Ska | Dub',
    '  key: (empty) -> Am',
    join(music, 'song.mp3'),
    '  genre: Polka -> Polka | Ska | Dub',
    '  key: (empty) -> Am',
    '4 changes in 2 files; 0 files stay as they are.',
  ]);
  const unsure = run('tags', 'write', '--all');
  expect([unsure.status, unsure.lines.at(-1)]).toEqual([2, 'Nothing was written. Add --yes to write this.']);
  const written = run('tags', 'write', join(music, 'song.mp3'), '--mode', 'replace', '--yes');
  expect(written.lines.slice(-2)).toEqual(['1 files written, 0 left with a reason.', '"stemscape tags undo 1" takes it back.']);
  const [rest] = run('--json', 'tags', 'write', '--folder', music, '--mode', 'replace', '-y').lines.map((line) =>
    JSON.parse(line),
  );
  expect(rest).toMatchObject({ preview: { nFiles: 1, nUnchanged: 1 }, result: { writeId: 2, nDone: 1 } });
  expect(run('tags', 'undo').lines).toEqual(['1 files given their former values, 0 left with a reason.']);
  expect(run('tags', 'undo', '1').status).toBe(0);
  expect(run('tags', 'undo').errors).toMatch(/nothing to undo/);
  const history = run('--json', 'tags', 'history').lines.map((line) => JSON.parse(line));
  expect(history).toMatchObject([
    { id: 2, nUndone: 1, nWritten: 0 },
    { id: 1, nUndone: 1, nWritten: 0 },
  ]);
  expect(run('tags', 'preview', '--all').lines).toContain('  genre: Polka -> Polka | Ska | Dub');
});

it.each([
  [['tags', 'preview'], /one of them/],
  [['tags', 'preview', '--all', '--mode', 'merge'], /--mode is/],
  [['tags', 'preview', '--all', '-f', 'title'], /Fields are/],
  [['tags', 'preview', '--all', '--guesses', '2'], /between 0 and 1/],
  [['tags', 'undo', '99'], /no write 99/],
])('%j is refused with a sentence', (args, sentence) => {
  const { status, errors } = run(...args);
  expect(status).not.toBe(0);
  expect(errors).toMatch(sentence);
});
