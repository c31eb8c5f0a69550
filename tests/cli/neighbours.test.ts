// The commands similar and duplicates in a process of their own, on a library of made-up sounds.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../src/core/training/random.ts';
import { analysisOf, fillLibrary, openHeard, vector } from '../support/heard-library.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const CLI = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));
const dir = suiteTempDir();

beforeAll(() => {
  const db = openHeard(dir);
  fillLibrary(db, { nTracks: 9 });
  const random = createRandom(9);
  const words = Uint32Array.from({ length: 500 }, () => 2 ** 32 * random.next());
  for (const id of [3, 8]) {
    db.analyses.put(id, { ...analysisOf(vector(192, random), random), fingerprint: words }, 1);
    db.tracks.refreshListing(id);
  }
  db.close();
});

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, '--library', dir, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n').filter(Boolean), errors: stderr };
}

it('lists what sounds alike, by id or path, with reasons', () => {
  const { lines } = run('similar', '1', '--limit', '3');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^ {5}\d {2}\d\.\d{3} {2}Jazz artist \d - Song \d$/);
  const byStems = run('--json', 'similar', '/music/0/0.mp3', '4', '--by', 'drums=1,bass=-0.5', '--diversity', '0.4');
  expect(byStems.lines.map((line) => JSON.parse(line))[0]).toMatchObject({
    trackId: expect.any(Number),
    path: expect.stringMatching(/^\/music/),
    bySource: { bass: expect.any(Number), drums: expect.any(Number) },
  });
});

it.each([
  [['similar', '1', '--by', 'guitar=1'], /mixture, bass, drums, other, vocals/],
  [['similar', '1', '--by', 'drums=7'], /from -1 to 1/],
  [['similar', '1', '--diversity', '2'], /from 0 to 1/],
  [['similar', '99'], /no track/],
  [['similar', '1', '--by', 'vocals'], /vocals are not known/],
])(
  'says what is wrong: %j',
  (args, message) => {
    const { status, errors } = run(...args);
    expect(status).not.toBe(0);
    expect(errors).toMatch(message);
  },
  60_000,
);

it('shows copies with what tells them apart', () => {
  const { lines } = run('duplicates');
  expect(lines[0]).toMatch(/^Same recording \(100\.0 % alike\): /);
  expect(lines[1]).toMatch(/^ {2}\* +3 {2}unknown format, 0\.0 MB, 1:00 {2}\/music\/2\/2\.mp3$/);
  expect(lines.at(-1)).toMatch(/^1 recording has 1 more copy .*among 2 tracks\. 7 are too short/);
  expect(JSON.parse(run('--json', 'duplicates').lines[0]!)).toMatchObject({ nTracks: 2, groups: [{ kind: 'same' }] });
});
