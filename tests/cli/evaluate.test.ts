// The command evaluate in a process of its own, in its smoke version, on the demo library laid out as folders of genres.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLValidator } from 'fast-xml-parser';
import { beforeAll, expect, it } from 'vitest';
import { DEMO_DIR } from '../support/real-audio.ts';
import { suiteTempDir } from '../support/temp-dir.ts';

const CLI = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));
const dir = suiteTempDir();
const dataset = join(dir, 'genres');
/** One for both protocols: what was heard for one serves the other. */
const out = join(dir, 'out');

/** So many styles of the demo library in each genre that some tracks are left to stop a training by. */
const GENRES: Record<string, readonly string[]> = {
  Band: ['blues', 'rock'],
  Calm: ['ambient', 'classical'],
  Dance: ['disco', 'electronic'],
};

beforeAll(() => {
  const { tracks } = JSON.parse(readFileSync(join(DEMO_DIR, 'manifest.json'), 'utf8'));
  for (const [genre, styles] of Object.entries(GENRES)) {
    mkdirSync(join(dataset, genre), { recursive: true });
    for (const { style, file } of tracks)
      if (styles.includes(style)) symlinkSync(join(DEMO_DIR, file), join(dataset, genre, basename(file)));
  }
  // Among the first by name, so that the smoke version meets it.
  writeFileSync(join(dataset, 'Band', '00 broken.mp3'), 'not music');
});

function args(protocol: string, out: string, ...more: string[]): string[] {
  const library = join(dir, 'library');
  return [CLI, '--library', library, ...more, 'evaluate', '--dataset', dataset, '--protocol', protocol, '--quick', '--out', out];
}

function run(protocol: string, out: string, ...more: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args(protocol, out, ...more), { encoding: 'utf8' });
}

/** Without what differs between two runs of the same. */
function figures(out: string): unknown {
  const { seconds: _, ...report } = JSON.parse(readFileSync(join(out, 'descriptors.json'), 'utf8'));
  return report;
}

it('runs the protocol descriptors: table, results and pictures', () => {
  const { status, stdout } = run('descriptors', out);
  expect(status).toBe(0);
  for (const said of [
    /^Protocol descriptors on 11 recordings of 3 genres/m,
    /left out: .*00 broken\.mp3\. /,
    /^ {2}Deep autoencoder +\d+\.\d ± /m,
    /^ {2}Paper, best +62\.6 +-$/m,
  ])
    expect(stdout).toMatch(said);
  const report = JSON.parse(readFileSync(join(out, 'descriptors.json'), 'utf8'));
  expect(report).toMatchObject({
    format: 1,
    protocol: 'descriptors',
    settings: { seed: 1, isQuick: true },
    dataset: { nFiles: 11 },
  });
  expect(report.tables[0].rows[0].figures[0].each).toHaveLength(2);
  for (const picture of ['descriptors-accuracy.svg', 'descriptors-macro-f1.svg', 'descriptors-latent.svg'])
    expect(XMLValidator.validate(readFileSync(join(out, picture), 'utf8'))).toBe(true);
  expect(readFileSync(join(out, 'descriptors-latent.svg'), 'utf8').match(/<circle/g)).toHaveLength(11);
}, 90_000);

it('gives the same again when half of what was computed is lost', () => {
  const before = figures(out);
  const kept = readdirSync(join(out, 'cache'));
  for (const name of kept.slice(0, kept.length / 2)) rmSync(join(out, 'cache', name), { recursive: true });
  const [line] = run('descriptors', out, '--json').stdout.trim().split('\n');
  expect(JSON.parse(line!)).toMatchObject({
    protocol: 'descriptors',
    files: expect.arrayContaining([join(out, 'descriptors.json')]),
  });
  expect(figures(out)).toEqual(before);
}, 90_000);

it('runs the protocol transfer: frozen, trained further, joined and from few labels', () => {
  const { status, stdout } = run('transfer', out);
  expect(status).toBe(0);
  for (const said of [
    /^ {2}Embedding and descriptors, all windows +\d/m,
    /^ {2}Embedding, stems and descriptors, all windows +\d/m,
    /^ {2}Last layers trained, embedding and descriptors \(1 of 2 folds\) +\d/m,
    /^ {2}Nearest neighbours +\d/m,
    /^ {2}Embedding, stems and descriptors, as the application learns +\d/m,
    /^ {2}Baseline +64\.9 +-$/m,
    /^ {2}Paper +78\.0 +-$/m,
  ])
    expect(stdout).toMatch(said);
}, 90_000);

it('stops politely and goes on where it was', async () => {
  const stopped = join(dir, 'stopped');
  const child = spawn(process.execPath, args('descriptors', stopped), { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const countKept = () => {
    try {
      return readdirSync(join(stopped, 'cache'), { recursive: true }).filter((name) => String(name).endsWith('.bin')).length;
    } catch {
      return 0;
    }
  };
  while (countKept() < 3) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code).toBe(1);
  expect(errors).toMatch(/goes on where it was/);
  expect(run('descriptors', stopped).status).toBe(0);
  expect(figures(stopped)).toEqual(figures(out));
}, 90_000);

it('says what is wrong with a dataset', () => {
  const wrong = spawnSync(process.execPath, [CLI, '--library', join(dir, 'library'), 'evaluate', '--protocol', 'transfer'], {
    encoding: 'utf8',
  });
  expect(wrong).toMatchObject({ status: 1, stderr: expect.stringMatching(/The library has fewer than two genres/) });
});

it('runs the protocol stems-cnn: the same trials for four networks, and a picture of them', () => {
  const { status, stdout } = run('stems-cnn', out);
  expect(status).toBe(0);
  for (const said of [
    /^ {2}Three stems, depthwise separable +\d+\.\d ± \d+\.\d +/m,
    /^ {2}Paper, three stems +45\.6 +43\.5$/m,
    /^ {2}Split: 2 trials of 80\/20/m,
  ])
    expect(stdout).toMatch(said);
  const report = JSON.parse(readFileSync(join(out, 'stems-cnn.json'), 'utf8'));
  expect(report.distributions[0].rows.map(({ values }: { values: number[] }) => values.length)).toEqual([2, 2, 2, 2]);
  expect(XMLValidator.validate(readFileSync(join(out, 'stems-cnn-distribution.svg'), 'utf8'))).toBe(true);
}, 120_000);

it('runs the protocol pairs: every two genres, and a map of them', () => {
  const { status, stdout } = run('pairs', out);
  expect(status).toBe(0);
  for (const said of [/^ {2}All pairs \(3\) +\d+\.\d/m, /^ {2}Band and Calm +\d+\.\d/m, /^ {2}Split: 70\/30 within every pair/m])
    expect(stdout).toMatch(said);
  const report = JSON.parse(readFileSync(join(out, 'pairs.json'), 'utf8'));
  expect(report.matrices[0]).toMatchObject({ names: ['Band', 'Calm', 'Dance'], worst: 0.5 });
  expect(report.settings.nParameters).toBe(11_745);
  expect(XMLValidator.validate(readFileSync(join(out, 'pairs-map.svg'), 'utf8'))).toBe(true);
}, 120_000);

it('runs the protocol divide-and-conquer: six networks on three cuts, and the votes of their pieces', () => {
  const { status, stdout } = run('divide-and-conquer', out);
  expect(status).toBe(0);
  for (const said of [
    /^ {2}2 convolutions +\d+\.\d +\d+\.\d +\d+\.\d$/m,
    /^ {2}Paper, best +- +- +66\.1$/m,
    /^ {2}Base +23,859$/m,
  ])
    expect(stdout).toMatch(said);
  const { settings } = JSON.parse(readFileSync(join(out, 'divide-and-conquer.json'), 'utf8'));
  expect(settings.cuts.map(({ nSegments }: { nSegments: number }) => nSegments)).toEqual([11, 33, 110]);
}, 180_000);

it('runs the protocol ecapa: thirteen networks on the same fold, narrowed', () => {
  const { status, stdout } = run('ecapa', out);
  expect(status).toBe(0);
  for (const said of [
    /^ {2}Separated \(512, 1024\), by bands +\d+\.\d +\d+\.\d +\d/m,
    /^ {2}Paper, Separated \(512, 1024\), by bands +90\.2 +91\.1 +-$/m,
    /^Trained in the first of 2 folds only\.$/m,
  ])
    expect(stdout).toMatch(said);
  const report = JSON.parse(readFileSync(join(out, 'ecapa.json'), 'utf8'));
  expect(report.settings).toMatchObject({ narrowing: 16, recipe: { nEpochs: 1 } });
  expect(report.settings.networks).toHaveLength(13);
}, 180_000);
