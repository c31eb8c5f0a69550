import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type DecodeOutcome, type DecodeRange, decodeBlocks, probeAudio } from '../../../src/core/audio/decode.ts';
import { encodeAudio } from '../../fixtures/encode-audio.ts';
import { apeSilence, dsfFile } from '../../fixtures/rare-formats.ts';
import { maxDifference, sine, testSignal } from '../../reference/signals.ts';
import { tempDir } from '../../support/temp-dir.ts';

const RATE_HZ = 44_100;
const SECONDS = 4;

interface Decoded extends DecodeOutcome {
  left: Float32Array;
  right: Float32Array;
}

function decode(path: string, range?: DecodeRange): Decoded {
  const parts: { left: Float32Array; right: Float32Array }[] = [];
  const blocks = decodeBlocks(path, range);
  let step = blocks.next();
  for (; !step.done; step = blocks.next()) parts.push(step.value);
  const joined = (side: 'left' | 'right') => {
    const whole = new Float32Array(parts.reduce((sum, part) => sum + part[side].length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part[side], at);
      at += part[side].length;
    }
    return whole;
  };
  return { left: joined('left'), right: joined('right'), ...step.value };
}

function rms(signal: Float32Array): number {
  return Math.sqrt(signal.reduce((sum, value) => sum + value * value, 0) / signal.length);
}

/** Level of the difference below the level of the signal, dB. */
function signalToNoiseDb(signal: Float32Array, decoded: Float32Array): number {
  const n = Math.min(signal.length, decoded.length);
  return 20 * Math.log10(rms(signal) / rms(signal.slice(0, n).map((value, i) => value - decoded[i]!)));
}

interface Format {
  file: string;
  encoder: string;
  rateHz?: number;
  /** Faithfulness to expect; null where the container does not tell the encoder's delay, so that the sound comes late. */
  minSnrDb: number | null;
  codec: string;
}

const FORMATS: Format[] = [
  { file: 'a.mp3', encoder: 'libmp3lame', minSnrDb: 20, codec: 'mp3' },
  { file: 'a.flac', encoder: 'flac', minSnrDb: 80, codec: 'flac' },
  { file: 'a.ogg', encoder: 'libvorbis', minSnrDb: 20, codec: 'vorbis' },
  { file: 'a.opus', encoder: 'libopus', rateHz: 48_000, minSnrDb: null, codec: 'opus' },
  { file: 'aac.m4a', encoder: 'aac', minSnrDb: 20, codec: 'aac' },
  { file: 'alac.m4a', encoder: 'alac', minSnrDb: 80, codec: 'alac' },
  { file: 'adts.aac', encoder: 'aac', minSnrDb: null, codec: 'aac' },
  { file: 'u8.wav', encoder: 'pcm_u8', minSnrDb: 35, codec: 'pcm_u8' },
  { file: 's16.wav', encoder: 'pcm_s16le', minSnrDb: 80, codec: 'pcm_s16le' },
  { file: 's24.wav', encoder: 'pcm_s24le', minSnrDb: 110, codec: 'pcm_s24le' },
  { file: 'f32.wav', encoder: 'pcm_f32le', minSnrDb: 140, codec: 'pcm_f32le' },
  { file: 'a.aiff', encoder: 'pcm_s16be', minSnrDb: 80, codec: 'pcm_s16be' },
  { file: 'a.wma', encoder: 'wmav2', minSnrDb: null, codec: 'wmav2' },
  { file: 'a.wv', encoder: 'wavpack', minSnrDb: 35, codec: 'wavpack' },
  { file: 'a.mka', encoder: 'libvorbis', minSnrDb: 20, codec: 'vorbis' },
  { file: 'a.webm', encoder: 'libopus', rateHz: 48_000, minSnrDb: null, codec: 'opus' },
  { file: '48k.flac', encoder: 'flac', rateHz: 48_000, minSnrDb: null, codec: 'flac' },
  { file: '96k.flac', encoder: 'flac', rateHz: 96_000, minSnrDb: null, codec: 'flac' },
];

describe.each(FORMATS)('$file ($encoder)', ({ file, encoder, rateHz = RATE_HZ, minSnrDb, codec }) => {
  const signal = testSignal(SECONDS * rateHz, rateHz);
  const inverse = signal.map((value) => -0.5 * value);
  const make = (): string => {
    const path = join(tempDir(), file);
    encodeAudio(path, signal, inverse, { encoder, rateHz });
    return path;
  };

  it('is probed and decoded to stereo at 44.1 kHz', () => {
    const path = make();
    const info = probeAudio(path);
    expect(info).toMatchObject({ sampleRateHz: rateHz, channels: 2, codec });
    expect(info.durationSec ?? SECONDS).toBeCloseTo(SECONDS, 0);
    const { left, right, durationSec, truncated, nCorruptPackets } = decode(path);
    expect({ truncated, nCorruptPackets }).toEqual({ truncated: false, nCorruptPackets: 0 });
    expect(Math.abs(durationSec - SECONDS)).toBeLessThan(0.06);
    expect(left.length).toBe(Math.round(durationSec * RATE_HZ));
    expect(20 * Math.log10(rms(left) / rms(signal))).toBeCloseTo(0, 0);
    expect(rms(right) / rms(left)).toBeCloseTo(0.5, 1);
    if (minSnrDb !== null) expect(signalToNoiseDb(signal, left)).toBeGreaterThan(minSnrDb);
  });

  it('gives windows on the sample grid of the whole file', () => {
    const path = make();
    const whole = decode(path);
    for (const [startSec, lengthSec] of [
      [0.2, 0.5],
      [1.2345, 1],
      [2.7, 0.3],
      [3.5, 10],
    ] as const) {
      const start = Math.round(startSec * RATE_HZ);
      const expected = whole.left.subarray(start, start + Math.round(lengthSec * RATE_HZ));
      expect(maxDifference(decode(path, { startSec, lengthSec }).left, expected)).toBeLessThan(1e-5);
    }
  });
});

describe('formats without an encoder here', () => {
  it("decodes Monkey's Audio", () => {
    const path = join(tempDir(), 'silence.ape');
    writeFileSync(path, apeSilence(3));
    expect(probeAudio(path)).toMatchObject({ codec: 'ape', durationSec: 3 });
    expect(decode(path)).toMatchObject({ durationSec: 3, truncated: false });
  });

  it('decodes DSF', () => {
    const path = join(tempDir(), 'tone.dsf');
    writeFileSync(path, dsfFile(440, 0.4, 1));
    expect(probeAudio(path).codec).toBe('dsd_lsbf_planar');
    expect(rms(decode(path).left)).toBeCloseTo(0.4 / Math.SQRT2, 2);
  });

  it('decodes Musepack', () => {
    const { left, durationSec } = decode(fileURLToPath(new URL('../../fixtures/tone.mpc', import.meta.url)));
    expect(durationSec).toBeCloseTo(1.5, 1);
    expect(rms(left)).toBeCloseTo(0.125 / 2, 2);
  });
});

describe('channels', () => {
  it('plays mono on both sides at full level', () => {
    const path = join(tempDir(), 'mono.wav');
    const signal = testSignal(RATE_HZ, RATE_HZ);
    encodeAudio(path, signal, signal, { encoder: 'pcm_f32le', isMono: true });
    const { left, right } = decode(path);
    expect(maxDifference(left, signal)).toBeLessThan(1e-7);
    expect(maxDifference(left, right)).toBe(0);
  });

  it('mixes six channels down without clipping', () => {
    const path = join(tempDir(), 'surround.wav');
    writeFileSync(path, pcmWav(6, RATE_HZ, 32_000));
    const { left, durationSec } = decode(path);
    expect(durationSec).toBe(1);
    const peak = left.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(peak).toBeGreaterThan(0.5);
    expect(peak).toBeLessThanOrEqual(1);
  });
});

/** 16-bit WAV of a constant in all channels. */
function pcmWav(nChannels: number, nSamples: number, value: number): Buffer {
  const data = Buffer.alloc(2 * nChannels * nSamples);
  for (let i = 0; i < data.length; i += 2) data.writeInt16LE(value, i);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(nChannels, 22);
  header.writeUInt32LE(RATE_HZ, 24);
  header.writeUInt32LE(RATE_HZ * 2 * nChannels, 28);
  header.writeUInt16LE(2 * nChannels, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

describe('paths', () => {
  it.each([
    'Ünï çødé 音楽 🎵.wav',
    'a #1 100% & more?.wav',
    'http:colon.wav',
    "it's [brackets] {braces} $HOME.wav",
    `${'x'.repeat(200)}.wav`,
  ])('reads %s', (name) => {
    const path = join(tempDir(), name);
    writeFileSync(path, pcmWav(2, RATE_HZ, 1000));
    expect(decode(path).durationSec).toBe(1);
  });
});

describe('leaving early', () => {
  it('frees the file, again and again', () => {
    const path = join(tempDir(), 'long.wav');
    writeFileSync(path, pcmWav(2, 2 * RATE_HZ, 1000));
    for (let i = 0; i < 200; i++) {
      for (const block of decodeBlocks(path)) {
        expect(block.left.length).toBeGreaterThan(0);
        break;
      }
    }
  });

  it('a window behind the end is empty', () => {
    const path = join(tempDir(), 'short.wav');
    writeFileSync(path, pcmWav(2, RATE_HZ, 1000));
    expect(decode(path, { startSec: 5, lengthSec: 1 }).left.length).toBe(0);
  });

  it('a sine keeps its pitch through the resampler', () => {
    const path = join(tempDir(), 'sine.wav');
    encodeAudio(path, sine(1000, 0.5, 2, 32_000), sine(1000, 0.5, 2, 32_000), { encoder: 'pcm_f32le', rateHz: 32_000 });
    const { left } = decode(path);
    const inner = [left, sine(1000, 0.5, 2)].map((signal) => signal.subarray(1000, 87_000));
    expect(maxDifference(inner[0]!, inner[1]!)).toBeLessThan(1e-3);
  });
});
