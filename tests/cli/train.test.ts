// The commands train, models and confusion in a process of their own, on a library of made-up sounds.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { makeHeardLibrary } from '../support/heard-library.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const CLI = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));
const dir = suiteTempDir();

beforeAll(() => void makeHeardLibrary(dir, { nTracks: 90, nLabelled: 60, spread: 0.2 }));

function run(...args: string[]): { status: number | null; lines: string[]; errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, '--library', dir, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n'), errors: stderr };
}
const json = (...args: string[]) => run('--json', ...args).lines.map((line) => JSON.parse(line));

it('trains, lists, uses, compares, exports, imports and goes back', () => {
  const [model] = json('train', '--seed', '4', '--name', 'Ears', '--use', '--genres', 'Jazz, Rock');
  expect(model).toMatchObject({ name: 'Ears', seed: 4, genres: ['Jazz', 'Rock'], isActive: true, used: { nTracks: 90 } });
  expect(json('models').map(({ id, isActive }) => [id, isActive])).toEqual([
    [model.id, true],
    ['bundled', false],
  ]);
  const file = join(dir, 'ears.stemmodel');
  expect(run('models', 'export', model.id, file).status).toBe(0);
  const [copy] = json('models', 'import', file);
  expect(copy).toMatchObject({ name: 'Ears', isActive: false });
  expect(run('models', 'compare', model.id, copy.id).lines[2]).toBe('They say something else of 0 of 90 tracks.');
  expect(json('models', 'rename', copy.id, 'Copy')).toMatchObject([{ name: 'Copy' }]);
  expect(run('models', 'remove', model.id)).toMatchObject({ status: 1, errors: expect.stringMatching(/is in use/) });
  expect(json('models', 'rollback')).toEqual([{ id: 'bundled' }]);
  expect(json('models', 'remove', copy.id)).toEqual([{ id: copy.id }]);
});

it('prints what it found out', () => {
  const { status, lines } = run('train', '--seed', '2');
  expect(status).toBe(0);
  for (const said of [
    /^60 labelled tracks of 3 genres/,
    /accuracy \d/,
    /^ {2}Jazz +20 /,
    /^Accuracy by number of labels/,
    /^Beside /,
  ])
    expect(lines).toContainEqual(expect.stringMatching(said));
});

it('draws the confusion matrix', () => {
  const file = join(dir, 'confusion.png');
  expect(run('confusion', '--png', file)).toMatchObject({ status: 0, lines: [`Wrote ${file}.`] });
  const png = readFileSync(file);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // Three cells of 56 and room for the names.
  expect(png.readUInt32BE(16)).toBeGreaterThan(3 * 56 + 50);
  expect(png.readUInt32BE(20)).toBeGreaterThan(3 * 56 + 100);
  const [{ genres, confusion }] = json('confusion');
  expect(genres).toEqual(['Jazz', 'Rock', 'Ska']);
  expect(confusion.flat().reduce((a: number, b: number) => a + b)).toBe(60);
});

it('says what is wrong, with exit codes', () => {
  expect(run('train', '--seed', 'many')).toMatchObject({ status: 2 });
  expect(run('train', '--genres', 'Jazz,Reggae')).toMatchObject({
    status: 1,
    errors: expect.stringMatching(/Reggae has no labelled tracks/),
  });
  expect(run('models', 'use', 'nothing')).toMatchObject({ status: 1, errors: expect.stringMatching(/no such model/) });
  expect(run('models', 'import', CLI)).toMatchObject({ status: 1, errors: expect.stringMatching(/not a model file/) });
  expect(run('train', '--resume')).toMatchObject({ status: 2, errors: expect.stringMatching(/no interrupted training/) });
});
