// The command line as a person or a script uses it: the built program in its own process, exit codes and JSON lines.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeBlocks, probeAudio } from '../../src/core/audio/decode.ts';
import { STEMS } from '../../src/core/domain/stem.ts';
import { audioFilesIn, DEMO_DIR, PROJECT_ROOT } from '../support/real-audio.ts';
import { suiteTempDir, tempDir } from '../support/temp-dir.ts';

const CLI = join(PROJECT_ROOT, 'bin/stemscape');
const DEMO_FILES = audioFilesIn(DEMO_DIR);

function stemscape(...args: string[]): { status: number | null; lines: unknown[]; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', timeout: 120_000 });
  const lines = args.includes('--json')
    ? stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
  return { status, lines, stdout, stderr };
}

/** Puts the first few demo pieces into a folder, under odd names. */
function fillWithMusic(dir: string, nFiles: number): string {
  const names = ['plain.opus', "quote's & #1 50%.opus", 'Ünïcödé 🎵.opus', 'sub folder.opus'];
  for (let i = 0; i < nFiles; i++) cpSync(DEMO_FILES[i]!, join(dir, names[i] ?? `${i}.opus`));
  return dir;
}

/** Mono samples of a whole file. */
function decode(path: string): Float32Array {
  return Float32Array.from([...decodeBlocks(path)].flatMap(({ left, right }) => Array.from(left, (l, i) => l + right[i]!)));
}

const PUBLIC_KEYS = [
  'id',
  'path',
  'status',
  'reason',
  'title',
  'artist',
  'album',
  'durationSec',
  'genre',
  'guess',
  'scores',
  'tempoBpm',
  'key',
  'loudnessLufs',
  'energy',
  'modelVersion',
];

describe('stemscape scan, tracks, show, playlists, export', () => {
  const library = suiteTempDir();
  const music = suiteTempDir();
  let scan: ReturnType<typeof stemscape>;
  beforeAll(() => {
    fillWithMusic(music, 3);
    writeFileSync(join(music, 'broken.mp3'), 'no music');
    scan = stemscape('--library', library, '--json', 'scan', music, '--progress', 'json');
  }, 120_000);

  it('streams progress as JSON events, ends with the counts, and exits with 3 when some tracks failed', () => {
    expect(scan.status).toBe(3);
    expect(scan.lines.at(-1)).toMatchObject({
      found: 4,
      analysed: 3,
      unchanged: 0,
      moved: 0,
      failed: 1,
      missing: 0,
      seconds: expect.any(Number),
    });
    const progress = scan.lines.slice(0, -1) as { event: string; stage: string }[];
    expect(new Set(progress.map(({ event }) => event))).toEqual(new Set(['progress']));
    expect(progress.map(({ stage }) => stage)).toContain('analyse');
    expect(progress.at(-1)).toMatchObject({ stage: 'done' });
  });

  it('prints one JSON object a track with the public keys', () => {
    const { status, lines } = stemscape('--library', library, '--json', 'tracks');
    expect(status).toBe(0);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(Object.keys(line as object)).toEqual(PUBLIC_KEYS);
    expect(lines).toContainEqual(
      expect.objectContaining({ status: 'failed', reason: expect.objectContaining({ code: 'decode.notAudio' }) }),
    );
  });

  it('shows a track by id and by path, and refuses an unknown one', () => {
    const path = join(music, 'Ünïcödé 🎵.opus');
    const byPath = stemscape('--library', library, '--json', 'show', path);
    const id = (byPath.lines[0] as { id: number }).id;
    expect(byPath.lines[0]).toMatchObject({ path, status: 'analysed', genre: { origin: 'model' } });
    expect(stemscape('--library', library, '--json', 'show', String(id)).lines).toEqual(byPath.lines);
    expect(stemscape('--library', library, 'show', '99999').status).toBe(1);
  });

  it('exports a playlist whose paths lead back to the files', () => {
    const [playlist] = stemscape('--library', library, '--json', 'playlists').lines as { id: string; nTracks: number }[];
    const out = join(music, 'list.m3u8');
    const { status } = stemscape('--library', library, 'export', playlist!.id, '--format', 'm3u8', '--out', out);
    expect(status).toBe(0);
    const names = readFileSync(out, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(names).toHaveLength(playlist!.nTracks);
    for (const name of names) expect(readdirSync(music)).toContain(name.replace(/^\.\//, ''));
  });

  it('exports for a device, fills a folder with links, and stays out of the music folders', () => {
    const [playlist] = stemscape('--library', library, '--json', 'playlists').lines as { id: string; nTracks: number }[];
    const exported = (...flags: string[]) => stemscape('--library', library, 'export', playlist!.id, ...flags);
    const out = tempDir();
    const device = ['--path-style', 'absolute', '--rewrite', `${music}=E:\\Music`];
    expect(exported('--out', join(out, 'stick.m3u8'), '--bom', ...device).status).toBe(0);
    expect(readFileSync(join(out, 'stick.m3u8'), 'utf8')).toMatch(/^\ufeff#EXTM3U\n.*\nE:\\Music\\[^\n/]+\n/s);
    expect(exported('--links', 'symlink', '--out', join(out, 'links')).status).toBe(0);
    expect(readdirSync(join(out, 'links'))).toHaveLength(playlist!.nTracks + 1);
    expect(exported('--links', 'copy', '--out', join(music, 'copies'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/lies in your music folder/),
    });
    expect(exported('--rewrite', 'nonsense', '--out', join(out, 'x.m3u8')).status).toBe(2);
  }, 120_000);

  it('reads a playlist back, tries first, and exits with 3 for what it did not find', () => {
    const list = join(tempDir(), 'Late.m3u');
    writeFileSync(list, `${join(music, 'plain.opus')}\n${join('/Volumes/Other', music, 'Ünïcödé 🎵.opus')}\n`);
    const tried = stemscape('--library', library, '--json', 'import', list, '--dry-run');
    expect(tried).toMatchObject({ status: 0, lines: [{ name: 'Late', id: null, matched: [{ by: 'path' }, { by: 'folders' }] }] });
    expect(stemscape('--library', library, '--json', 'import', list, '--name', 'Mine').lines).toMatchObject([{ name: 'Mine' }]);
    const latin = stemscape('--library', library, 'export', 'Mine', '--format', 'm3u', '--out', list);
    expect(latin).toMatchObject({ status: 3, stderr: expect.stringMatching(/1 of 2 tracks left out:\n.*🎵.*windows-1252/) });
    writeFileSync(list, 'gone.mp3\n');
    const lost = stemscape('--library', library, 'import', list);
    expect(lost).toMatchObject({ status: 3, stdout: 'Late: 0 of 1 entries found\n', stderr: expect.stringMatching(/gone\.mp3/) });
    expect(stemscape('--library', library, 'import', join(music, 'plain.opus')).stderr).toMatch(/no playlist that can be read/);
  }, 120_000);

  it('calls bad usage 2 and a missing folder 1', () => {
    expect(stemscape('frobnicate').status).toBe(2);
    expect(stemscape('separate', 'x.mp3').status).toBe(2);
    expect(stemscape('--library', library, 'scan', '--progress', 'loud').status).toBe(2);
    const missing = stemscape('--library', library, 'scan', join(music, 'nowhere'));
    expect(missing.status).toBe(1);
    expect(missing.stderr).toMatch(/no folder or file/);
  });
});

describe('stemscape separate', () => {
  it('writes four 44.1 kHz stereo WAVs that sum to the input within -60 dB', () => {
    const [out, input] = [tempDir(), DEMO_FILES[0]!];
    const { status, lines } = stemscape('--library', tempDir(), '--json', 'separate', input, '--out', out);
    expect(status).toBe(0);
    const { files } = lines[0] as { files: Record<string, string> };
    const mixture = decode(input);
    const residual = mixture.slice();
    for (const stem of STEMS) {
      expect(probeAudio(files[stem]!)).toMatchObject({ sampleRateHz: 44_100, channels: 2, codec: 'pcm_s16le' });
      const samples = decode(files[stem]!);
      expect(samples.length).toBe(mixture.length);
      for (let i = 0; i < residual.length; i++) residual[i] = residual[i]! - samples[i]!;
    }
    const power = (x: Float32Array): number => x.reduce((sum, value) => sum + value * value, 0);
    expect(10 * Math.log10(power(residual) / power(mixture))).toBeLessThan(-60);
  }, 120_000);
});

describe('stemscape separate, refused', () => {
  it('names a folder it cannot make and a file that is not there', () => {
    const [dir, input] = [tempDir(), DEMO_FILES[0]!];
    writeFileSync(join(dir, 'file'), '');
    const blocked = stemscape('--library', join(dir, 'library'), 'separate', input, '--out', join(dir, 'file', 'stems'));
    expect([blocked.status, blocked.stderr]).toEqual([1, expect.stringMatching(/cannot be made/)]);
    const missing = stemscape('--library', join(dir, 'library'), 'separate', join(dir, 'no.mp3'), '--out', join(dir, 'out'));
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringMatching(/no\.mp3/)]);
  });
});

describe('a killed scan', () => {
  it('leaves a library that the next scan continues', async () => {
    const [library, music] = [tempDir(), fillWithMusic(tempDir(), 10)];
    const child = spawn(process.execPath, [CLI, '--library', library, 'scan', music, '--progress', 'json']);
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => {
        if (/"stage":"analyse","done":[1-9]/.test(String(chunk))) resolve();
      });
      child.on('exit', () => resolve());
    });
    child.kill('SIGKILL');
    await new Promise((resolve) =>
      child.exitCode !== null || child.signalCode !== null ? resolve(null) : child.on('exit', resolve),
    );
    const before = stemscape('--library', library, '--json', 'tracks').lines as { status: string }[];
    const nDone = before.filter(({ status }) => status === 'analysed').length;
    expect(nDone).toBeGreaterThan(0);
    expect(nDone).toBeLessThan(10);
    const rest = stemscape('--library', library, '--json', 'scan');
    expect(rest.status).toBe(0);
    expect(rest.lines.at(-1)).toMatchObject({ found: 10, analysed: 10 - nDone, unchanged: nDone, failed: 0 });
  }, 120_000);
});
