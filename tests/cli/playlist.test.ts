// The commands playlist and path in a process of their own, on a library of made-up sounds.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { makeHeardLibrary } from '../support/heard-library.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const CLI = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));
const dir = suiteTempDir();

beforeAll(() => void makeHeardLibrary(dir, { nTracks: 60, nLabelled: 60 }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, '--library', dir, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n').filter(Boolean), errors: stderr };
}
const json = (...args: string[]) => run('--json', ...args).lines.map((line) => JSON.parse(line));

it('makes playlists of rules, which stay live, and shows them as text', () => {
  const rules = 'genre is Jazz and tempo > 100 sort by title limit 5 tracks';
  expect(json('playlist', 'new', 'Jazzy', '--rules', rules)).toMatchObject([{ name: 'Jazzy', kind: 'smart', nTracks: 5 }]);
  const shown = json('playlist', 'show', 'jazzy');
  expect(shown.map(({ trackId }) => (trackId - 1) % 3)).toEqual([0, 0, 0, 0, 0]);
  expect(shown[0]).toMatchObject({ position: 0, title: 'Song 0', reason: 'Genre Jazz, tempo 120 BPM.' });
  const file = join(dir, 'rules.txt');
  writeFileSync(file, `${run('playlist', 'show', 'Jazzy', '--rules').lines.join('\n')}\nfrozen\n`);
  expect(json('playlist', 'new', 'Frozen', '--rules-file', file)).toMatchObject([{ kind: 'recipe', nTracks: 5 }]);
  const wrong = run('playlist', 'new', 'Wrong', '--rules', 'tempo is fast');
  expect(wrong).toMatchObject({ status: 2, lines: [] });
  expect(wrong.errors).toMatch(/Line 1, column 10: A number is expected here, not “fast”/);
});

it('makes a playlist of a recipe, the same again by its seed, and tells what was missed', () => {
  const flags = ['--filter', 'genre in (Jazz, Ska)', '--minutes', '10', '--arc', 'rising', '--seed', '7'];
  const dry = json('playlist', 'new', 'Ten', ...flags, '--dry-run');
  expect(dry).toHaveLength(10);
  expect(json('playlist', 'list').map(({ name }) => name)).not.toContain('Ten');
  expect(json('playlist', 'new', 'Ten', ...flags)).toMatchObject([{ name: 'Ten', kind: 'recipe', durationSec: 600 }]);
  expect(json('playlist', 'show', 'Ten')).toEqual(dry);
  expect(json('playlist', 'remake', 'Ten', '--seed', '8')).toMatchObject([{ name: 'Ten', nTracks: 10 }]);
  expect(json('playlist', 'show', 'Ten')).not.toEqual(dry);
  const long = run('playlist', 'new', 'Long', '--genre', 'Jazz', '--minutes', '100');
  expect(long.errors).toMatch(/nearest to 100 minutes is 80 minutes shorter/);
});

it('finds a path between two tracks and keeps it when asked', () => {
  const path = json('path', '1', '2', '--steps', '4', '--save', 'From 1 to 2');
  expect(path.at(-1)).toMatchObject({ name: 'From 1 to 2', kind: 'recipe', nTracks: 6 });
  const ids = path.slice(0, -1).map(({ trackId }) => trackId);
  expect([ids[0], ids.at(-1)]).toEqual([1, 2]);
  expect(new Set(ids).size).toBe(6);
  expect(json('playlist', 'show', 'From 1 to 2').map(({ trackId }) => trackId)).toEqual(ids);
  expect(run('path', '1', '999').errors).toMatch(/There is no track 999/);
});

it('keeps lists by hand, with a way back; the old command still lists them all', () => {
  expect(json('playlist', 'add', 'Mine', '3', '1')).toMatchObject([{ kind: 'manual', nTracks: 2 }]);
  expect(json('playlist', 'add', 'mine', '2', '3')).toMatchObject([{ nTracks: 3 }]);
  expect(json('playlist', 'show', 'Mine').map(({ trackId }) => trackId)).toEqual([3, 1, 2]);
  expect(run('playlist', 'remove', 'Mine').lines[0]).toMatch(/brings it back/);
  expect(run('playlist', 'show', 'Mine').errors).toMatch(/There is no playlist “Mine”/);
  expect(run('playlist', 'undo').lines).toEqual(['Taken back: Removed “Mine”.']);
  expect(run('playlists').lines).toEqual(run('playlist', 'list').lines);
  expect(run('playlists').lines.join('\n')).toMatch(/list:\d+ +Mine +3 tracks, 3:00, your own/);
});
