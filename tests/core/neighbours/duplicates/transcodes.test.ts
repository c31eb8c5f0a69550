// Real music in other formats, at other rates and with a second of silence before it: the same recording; another song is not.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { analyseStream } from '../../../../src/core/audio/capture.ts';
import { decodeBlocks } from '../../../../src/core/audio/decode.ts';
import { halve } from '../../../../src/core/audio/resample.ts';
import { type Fingerprinted, findDuplicatePairs } from '../../../../src/core/neighbours/duplicates/find-pairs.ts';
import { encodeAudio } from '../../../fixtures/encode-audio.ts';
import { audioFilesIn, DEMO_DIR } from '../../../support/real-audio.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const SECONDS = 25;
const RATE_HZ = 44_100;

function monoOf(path: string): Float32Array {
  const samples = new Float32Array(SECONDS * RATE_HZ);
  let at = 0;
  for (const { left } of decodeBlocks(path)) {
    const part = left.subarray(0, samples.length - at);
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}

it('tells transcodes of two songs apart, and finds every pair of them', () => {
  const dir = tempDir();
  const files = audioFilesIn(DEMO_DIR);
  const heard: (Fingerprinted & { song: number })[] = [];
  for (const [song, source] of [files[0]!, files.at(-1)!].entries()) {
    const sound = monoOf(source);
    const late = new Float32Array(sound.length);
    late.set(sound.subarray(0, sound.length - RATE_HZ), RATE_HZ);
    const copies: [string, Float32Array, Parameters<typeof encodeAudio>[3]][] = [
      ['lossless.flac', sound, { encoder: 'flac' }],
      ['poor.mp3', sound, { encoder: 'libmp3lame', bitRateBps: 64_000 }],
      ['late.mp3', late, { encoder: 'libmp3lame', bitRateBps: 128_000 }],
      ['aac.m4a', sound, { encoder: 'aac', bitRateBps: 96_000 }],
      ['half.flac', halve(sound), { encoder: 'flac', rateHz: RATE_HZ / 2 }],
    ];
    for (const [name, samples, options] of copies) {
      const path = join(dir, `${song}-${name}`);
      encodeAudio(path, samples, samples, options);
      const { fingerprint, durationSec } = analyseStream(path, { nWindows: 1, windowSec: 10 });
      heard.push({ trackId: heard.length, words: fingerprint, durationSec, song });
    }
  }
  const pairs = findDuplicatePairs(heard);
  const wanted = heard.flatMap(({ song, trackId: b }) =>
    heard.slice(0, b).flatMap((other) => (other.song === song ? [[other.trackId, b]] : [])),
  );
  expect(pairs.map(({ a, b }) => [a, b])).toEqual(wanted.sort((p, q) => p[0]! - q[0]! || p[1]! - q[1]!));
  expect(new Set(pairs.map(({ kind }) => kind))).toEqual(new Set(['same']));
});
