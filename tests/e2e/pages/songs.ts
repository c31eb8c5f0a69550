// Folders of a few real songs for tests that may not touch the bundled ones, and the same songs in other formats.
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decodeBlocks } from '../../../src/core/audio/decode.ts';
import { type EncodeOptions, encodeAudio } from '../../fixtures/encode-audio.ts';
import { audioFilesIn, DEMO_DIR } from '../../support/real-audio.ts';

const RATE_HZ = 44_100;

/** Both songs of the demo artists named, each below a folder of the artist's name; paths of the copies. */
export function copyArtists(target: string, artists: readonly string[]): string[] {
  return artists.flatMap((artist) =>
    audioFilesIn(join(DEMO_DIR, artist)).map((song) => {
      const copy = join(target, artist, basename(song));
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(song, copy);
      return copy;
    }),
  );
}

/** The same sound in another format; the path's extension names the container. */
export function transcode(source: string, target: string, options: Omit<EncodeOptions, 'rateHz'>, fromSec = 0): void {
  const [left, right] = [samplesOf(source, 'left'), samplesOf(source, 'right')];
  const from = Math.round(fromSec * RATE_HZ);
  mkdirSync(dirname(target), { recursive: true });
  encodeAudio(target, left.subarray(from), right.subarray(from), { ...options, rateHz: RATE_HZ });
}

function samplesOf(path: string, channel: 'left' | 'right'): Float32Array {
  const blocks = [...decodeBlocks(path)].map((block) => block[channel].slice());
  const samples = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    samples.set(block, at);
    at += block.length;
  }
  return samples;
}
