// The command map in a process of its own, on a library of made-up sounds.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { makeHeardLibrary } from '../support/heard-library.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const CLI = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));
const dir = suiteTempDir();

beforeAll(() => void makeHeardLibrary(dir, { nTracks: 60, nLabelled: 60, spread: 2 }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, '--library', dir, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n').filter(Boolean), errors: stderr };
}

it('draws a map once, and shows it again without drawing', () => {
  const [png, html] = [join(dir, 'map.png'), join(dir, 'map.html')];
  const { lines } = run('map', '--png', png, '--html', html, '--color', 'cluster');
  expect(lines[0]).toMatch(/^Trustworthiness 0\.\d{3}; .* seed 1, /);
  expect(lines[1]).toMatch(/^Of 5 nearest labelled tracks .*60 labelled\)$/);
  expect(lines.slice(-2)).toEqual([`Wrote ${png}.`, `Wrote ${html}.`]);
  expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
  expect(readFileSync(html, 'utf8')).toContain('Jazz artist 0 - Song 0');
  expect(run('map').lines[0]).toBe(lines[0]);
  const refreshed = JSON.parse(run('--json', 'map', '--refresh', '--seed', '5').lines[0]!);
  expect(refreshed).toMatchObject({ source: 'sound', nPoints: 60, settings: { seed: 5 } });
});

it('says what is wrong', () => {
  expect(run('map', '--source', 'guitar')).toMatchObject({
    status: 2,
    errors: expect.stringContaining('Allowed choices are sound'),
  });
  expect(run('map', '--png', '/no/such/folder/map.png').errors).toContain('cannot be written');
});
