// `node bench/duplicates.ts FOLDER... [--keep DIR]`: precision and recall of "the same recording" over every pair of real transcodes,
// made with ffmpeg from the music in the folders (150 s of each track at most), and the time it takes. Counted as different: other
// tracks, other parts of the same track, and the same track at another speed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { BeginningMeter } from '../src/core/audio/beginning.ts';
import { decodeBlocks } from '../src/core/audio/decode.ts';
import { DECODE_RATE_HZ } from '../src/core/config/audio-profile.ts';
import { isAudioPath } from '../src/core/config/media-types.ts';
import { StemscapeError } from '../src/core/domain/errors.ts';
import { fingerprint } from '../src/core/dsp/fingerprint.ts';
import { type Fingerprinted, findDuplicatePairs, MIN_WORDS } from '../src/core/neighbours/duplicates/find-pairs.ts';

const SECONDS = '150';
/** Copies of the same recording: ending and ffmpeg's arguments. */
const COPIES: Record<string, [string, ...string[]]> = {
  mp3_64: ['mp3', '-b:a', '64k'],
  mp3_128: ['mp3', '-b:a', '128k'],
  mp3_320: ['mp3', '-b:a', '320k'],
  opus_48: ['opus', '-b:a', '48k'],
  opus_96: ['opus', '-b:a', '96k'],
  aac_96: ['m4a', '-b:a', '96k'],
  aac_192: ['m4a', '-b:a', '192k'],
  ogg_4: ['ogg', '-c:a', 'libvorbis', '-q:a', '4'],
  flac: ['flac'],
  flac22: ['flac', '-ar', '22050'],
  mono32: ['mp3', '-ac', '1', '-b:a', '48k'],
  trim: ['mp3', '-ss', '2.37', '-b:a', '128k'],
  pad: ['ogg', '-af', 'adelay=1530|1530', '-c:a', 'libvorbis', '-q:a', '3'],
  gain: ['mp3', '-af', 'volume=-9dB,acompressor=threshold=-20dB:ratio=3', '-b:a', '192k'],
};
/** Not copies: a shorter version, and another speed. */
const VERSIONS: Record<string, [string, ...string[]]> = {
  edit: ['mp3', '-ss', '41', '-b:a', '192k'],
  fast: ['flac', '-af', 'asetrate=44100*1.02,aresample=44100'],
};

interface Heard extends Fingerprinted {
  source: string;
  variant: string;
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: 'string' } } });
const dir = values.keep ?? mkdtempSync(join(tmpdir(), 'stemscape-bench-'));
try {
  mkdirSync(dir, { recursive: true });
  const sources = positionals.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(isAudioPath)
      .sort()
      .map((name) => join(folder, name)),
  );
  for (const [i, source] of sources.entries()) transcode(source, String(i + 1).padStart(3, '0'));
  report(hear());
} finally {
  if (!values.keep) rmSync(dir, { recursive: true });
}

function transcode(source: string, name: string): void {
  const reference = join(dir, `${name}.ref.flac`);
  ffmpeg(reference, '-i', source, '-t', SECONDS, '-ar', String(DECODE_RATE_HZ), '-vn');
  for (const [variant, [ending, ...options]] of Object.entries({ ...COPIES, ...VERSIONS })) {
    ffmpeg(join(dir, `${name}.${variant}.${ending}`), '-i', reference, ...options, '-vn');
  }
  ffmpeg(join(dir, `${name}.other.ogg`), '-ss', SECONDS, '-i', source, '-t', '130', '-c:a', 'libvorbis', '-q:a', '5', '-vn');
}

function ffmpeg(out: string, ...options: string[]): void {
  if (!existsSync(out)) spawnSync('ffmpeg', ['-v', 'error', '-y', ...options, out]);
}

function hear(): Heard[] {
  const heard: Heard[] = [];
  for (const name of readdirSync(dir).sort()) {
    const [source = '', variant = ''] = name.split('.');
    const beginning = new BeginningMeter();
    let nSamples = 0;
    try {
      for (const block of decodeBlocks(join(dir, name))) {
        beginning.push(block);
        nSamples += block.left.length;
      }
    } catch (error) {
      // A part beyond the end of a short track.
      if (error instanceof StemscapeError) continue;
      throw error;
    }
    const words = fingerprint(beginning.samples());
    if (words.length >= MIN_WORDS)
      heard.push({ trackId: heard.length, durationSec: nSamples / DECODE_RATE_HZ, words, source, variant });
  }
  return heard;
}

function report(heard: Heard[]): void {
  const start = performance.now();
  const pairs = findDuplicatePairs(heard);
  const ms = performance.now() - start;
  const isCopy = ({ variant }: Heard): boolean => variant === 'ref' || variant in COPIES;
  const same = pairs.filter(({ kind }) => kind === 'same');
  const right = same.filter(({ a, b }) => heard[a]!.source === heard[b]!.source && isCopy(heard[a]!) && isCopy(heard[b]!));
  const bySource = Map.groupBy(heard.filter(isCopy), ({ source }) => source);
  const nTrue = [...bySource.values()].reduce((sum, { length: n }) => sum + (n * (n - 1)) / 2, 0);
  console.log(`${heard.length} files of ${bySource.size} recordings on ${cpus()[0]?.model}`);
  console.log(
    `same recording: ${same.length} pairs found in ${ms.toFixed(0)} ms, precision ${percent(right.length, same.length)}, recall ${percent(right.length, nTrue)} of ${nTrue}`,
  );
  for (const { a, b, agreement } of same.filter((pair) => !right.includes(pair)).slice(0, 10))
    console.log(`  wrong: ${nameOf(heard[a]!)} and ${nameOf(heard[b]!)} (${agreement.toFixed(3)})`);
  for (const variant of Object.keys(COPIES)) {
    const of = right.filter(
      ({ a, b }) => [heard[a]!.variant, heard[b]!.variant].toSorted().join() === [variant, 'ref'].toSorted().join(),
    );
    const worst = Math.min(...of.map(({ agreement }) => agreement));
    console.log(
      `  ${variant.padEnd(8)} with its original: ${of.length} of ${heard.filter((file) => file.variant === variant).length}, least agreement ${worst.toFixed(3)}`,
    );
  }
  const edits = pairs.filter(
    ({ a, b }) =>
      heard[a]!.source === heard[b]!.source && [heard[a]!.variant, heard[b]!.variant].toSorted().join() === 'edit,ref',
  );
  console.log(
    `shorter versions found as near: ${edits.filter(({ kind }) => kind === 'near').length} of ${heard.filter(({ variant }) => variant === 'edit').length}`,
  );
  const strange = pairs.filter(({ a, b }) => heard[a]!.source !== heard[b]!.source);
  console.log(`pairs of different tracks found as near: ${strange.filter(({ kind }) => kind === 'near').length}`);
}

function nameOf({ source, variant }: Heard): string {
  return basename(`${source}.${variant}`);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`;
}
