import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeBlocks, probeAudio } from '../../../src/core/audio/decode.ts';
import { type WavBitDepth, WavWriter, wavHeader } from '../../../src/core/audio/wav-writer.ts';
import { StemscapeError } from '../../../src/core/domain/errors.ts';
import { maxDifference, testSignal } from '../../reference/signals.ts';
import { tempDir } from '../../support/temp-dir.ts';

const left = testSignal(50_000, 44_100);
const right = left.map((value) => -0.7 * value);

function written(bitDepth: WavBitDepth, gain = 1): string {
  const path = join(tempDir(), 'out.wav');
  const writer = new WavWriter(path, bitDepth);
  for (let at = 0; at < left.length; at += 12_345) {
    const part = (signal: Float32Array) => signal.slice(at, at + 12_345).map((value) => gain * value);
    writer.write({ left: part(left), right: part(right) });
  }
  writer.close();
  writer.close();
  return path;
}

function read(path: string): { left: Float32Array; right: Float32Array } {
  const blocks = [...decodeBlocks(path)];
  const joined = (side: 'left' | 'right') => Float32Array.from(blocks.flatMap((block) => Array.from(block[side])));
  return { left: joined('left'), right: joined('right') };
}

describe('WavWriter', () => {
  it('keeps floats exactly', () => {
    const back = read(written('float32'));
    expect(maxDifference(back.left, left)).toBe(0);
    expect(maxDifference(back.right, right)).toBe(0);
  });

  it('keeps 16 bit within half a step', () => {
    const path = written(16);
    const back = read(path);
    expect(maxDifference(back.left, left)).toBeLessThanOrEqual(0.5 / 32_768 + 1e-9);
    expect(maxDifference(back.right, right)).toBeLessThanOrEqual(0.5 / 32_768 + 1e-9);
    expect(probeAudio(path)).toMatchObject({ codec: 'pcm_s16le', channels: 2, sampleRateHz: 44_100 });
  });

  it('clamps what is too loud for 16 bit and keeps it in float', () => {
    const clamped = read(written(16, 10)).left;
    expect(
      maxDifference(
        clamped,
        left.map((value) => Math.min(32_767 / 32_768, Math.max(-1, 10 * value))),
      ),
    ).toBeLessThan(1e-4);
    expect(
      maxDifference(
        read(written('float32', 10)).left,
        left.map((value) => 10 * value),
      ),
    ).toBe(0);
  });

  it('states its sizes', () => {
    const bytes = readFileSync(written(16));
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(bytes.readUInt32LE(bytes.indexOf('data') + 4)).toBe(left.length * 4);
  });

  it('says in a sentence that it cannot write', () => {
    expect(() => new WavWriter('/nowhere/at/all.wav', 16)).toThrow(StemscapeError);
  });
});

describe('wavHeader', () => {
  it('becomes RF64 when 32 bits do not hold the size (EBU Tech 3306)', () => {
    const nSamples = 2 ** 31;
    const header = wavHeader('float32', nSamples);
    expect(header.toString('latin1', 0, 4)).toBe('RF64');
    expect(header.readUInt32LE(4)).toBe(0xffff_ffff);
    expect(header.toString('latin1', 12, 16)).toBe('ds64');
    expect(header.readBigUInt64LE(20)).toBe(BigInt(header.length - 8 + nSamples * 8));
    expect(header.readBigUInt64LE(28)).toBe(BigInt(nSamples * 8));
    expect(header.readBigUInt64LE(36)).toBe(BigInt(nSamples));
    expect(header.readUInt32LE(header.indexOf('data') + 4)).toBe(0xffff_ffff);
    expect(header.length).toBe(wavHeader('float32', 1).length);
  });
});
