// Files that cannot be read, or only in part: each gets its own code and a clear sentence.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeBlocks, probeAudio } from '../../../src/core/audio/decode.ts';
import { type ErrorCode, StemscapeError } from '../../../src/core/domain/errors.ts';
import { encodeAudio } from '../../fixtures/encode-audio.ts';
import { testSignal } from '../../reference/signals.ts';
import { tempDir } from '../../support/temp-dir.ts';

const RATE_HZ = 44_100;
const SECONDS = 6;

function fileWith(name: string, content: string | Buffer): string {
  const path = join(tempDir(), name);
  writeFileSync(path, content);
  return path;
}

function encoded(name: string, encoder: string): { path: string; bytes: Buffer } {
  const path = join(tempDir(), name);
  const signal = testSignal(SECONDS * RATE_HZ, RATE_HZ);
  encodeAudio(path, signal, signal, { encoder });
  return { path, bytes: readFileSync(path) };
}

function run(path: string) {
  const blocks = decodeBlocks(path);
  for (;;) {
    const step = blocks.next();
    if (step.done) return step.value;
  }
}

function expectFailure(code: ErrorCode, action: () => unknown): void {
  let thrown: unknown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(StemscapeError);
  const { message, code: actual } = thrown as StemscapeError;
  expect(actual).toBe(code);
  expect(message).toMatch(/^[A-Z/].*\.$/s);
}

const NOISE = Buffer.from(Uint8Array.from({ length: 50_000 }, (_, i) => (Math.imul(i + 7, 2_654_435_761) >>> 13) & 255));

describe('a file that is no audio', () => {
  it('is missing', () => expectFailure('file.missing', () => run('/nowhere/at/all.mp3')));
  it('is empty', () => expectFailure('file.empty', () => run(fileWith('a.mp3', ''))));
  it.each(['mp3', 'flac', 'ogg', 'wav', 'm4a', 'aac', 'wma', 'ape', 'wv', 'mpc', 'dsf'])('is text named .%s', (extension) => {
    const text = 'Dear diary, today I listened to a lot of music.\n'.repeat(200);
    expectFailure('decode.notAudio', () => run(fileWith(`diary.${extension}`, text)));
    expectFailure('decode.notAudio', () => probeAudio(fileWith(`short.${extension}`, 'hello')));
  });
  it('is a playlist named .mp3, and nothing it names is opened', () => {
    const playlist = '#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n';
    expectFailure('decode.notAudio', () => run(fileWith('list.mp3', playlist)));
    expectFailure('decode.notAudio', () => run(fileWith('cat.mp3', 'ffconcat version 1.0\nfile /etc/passwd\n')));
  });
  it('is a picture', () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    expectFailure('decode.notAudio', () => run(fileWith('cover.mp3', png)));
  });
  it('is a folder', () => {
    const path = join(tempDir(), 'album.mp3');
    mkdirSync(path);
    expectFailure('file.unreadable', () => run(path));
  });
  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is not ours to read (skipped as root and on Windows)',
    () => {
      const path = fileWith('secret.mp3', 'x');
      chmodSync(path, 0);
      expectFailure('file.unreadable', () => run(path));
    },
  );
});

describe('a damaged file', () => {
  it.each([
    ['a.flac', 'flac'],
    ['a.mp3', 'libmp3lame'],
    ['a.wav', 'pcm_s16le'],
    ['a.wv', 'wavpack'],
    ['a.aiff', 'pcm_s16be'],
  ])('cut short is decoded as far as it goes, and said to be cut: %s', (name, encoder) => {
    const { path, bytes } = encoded(name, encoder);
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * 0.5)));
    const outcome = run(path);
    expect(outcome.truncated).toBe(true);
    expect(outcome.durationSec).toBeGreaterThan(1.5);
    expect(outcome.durationSec).toBeLessThan(4.5);
  });

  it('cut short inside an Ogg stream is decoded as far as it goes', () => {
    const { path, bytes } = encoded('a.ogg', 'libvorbis');
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * 0.5)));
    expect(run(path).durationSec).toBeGreaterThan(1.5);
  });

  it('without its index is corrupt (m4a cut before its end)', () => {
    const { path, bytes } = encoded('a.m4a', 'aac');
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * 0.9)));
    expectFailure('decode.corrupt', () => run(path));
  });

  it.each([
    ['a.flac', 'flac'],
    ['a.mp3', 'libmp3lame'],
    ['a.ogg', 'libvorbis'],
  ])('with noise in its middle goes on behind it: %s', (name, encoder) => {
    const { path, bytes } = encoded(name, encoder);
    NOISE.copy(bytes, Math.floor(bytes.length / 2), 0, 6000);
    writeFileSync(path, bytes);
    const outcome = run(path);
    expect(outcome.durationSec).toBeGreaterThan(0.6 * SECONDS);
    expect(outcome.durationSec).toBeLessThan(1.2 * SECONDS);
  });

  it.each(['fLaC', 'OggS', 'RIFF', 'wvpk', 'MAC ', 'DSD ', 'ID3'])(
    'that only begins like audio (%s) is corrupt or no audio',
    (magic) => {
      const path = fileWith('half.flac', Buffer.concat([Buffer.from(magic), NOISE]));
      expect(() => run(path)).toThrow(StemscapeError);
    },
  );

  it('whatever bytes follow, decoding ends with a result or a sentence', () => {
    const { path, bytes } = encoded('a.flac', 'flac');
    for (let seed = 1; seed <= 20; seed++) {
      const broken = Buffer.from(bytes);
      for (let i = 0; i < 40; i++) broken[(Math.imul(seed * 7919 + i, 2_654_435_761) >>> 0) % broken.length] = (seed * i) & 255;
      writeFileSync(path, broken);
      try {
        run(path);
      } catch (error) {
        expect(error).toBeInstanceOf(StemscapeError);
      }
    }
  });
});

describe('an attached cover', () => {
  it('does not get in the way of an mp3', () => {
    const { path, bytes } = encoded('a.mp3', 'libmp3lame');
    writeFileSync(path, Buffer.concat([id3WithCover(), bytes]));
    expect(probeAudio(path)).toMatchObject({ codec: 'mp3', channels: 2 });
    expect(run(path).durationSec).toBeCloseTo(SECONDS, 1);
  });
});

/** An ID3v2.3 tag with one attached picture, a 1 x 1 PNG. */
function id3WithCover(): Buffer {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const body = Buffer.concat([Buffer.from('\0image/png\0\x03\0', 'latin1'), png]);
  const frame = Buffer.alloc(10);
  frame.write('APIC', 0);
  frame.writeUInt32BE(body.length, 4);
  const size = frame.length + body.length;
  const header = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, (size >> 7) & 127, size & 127]);
  return Buffer.concat([header, frame, body]);
}
