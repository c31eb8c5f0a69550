// Writes stereo WAV files block by block; files beyond 4 GB become RF64 (EBU Tech 3306).
import { closeSync, openSync, writeSync } from 'node:fs';
import { DECODE_CHANNELS, DECODE_RATE_HZ } from '../config/audio-profile.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { StereoBlock } from './stereo-block.ts';

/** 16 = PCM, plainly rounded and clamped; 'float32' = IEEE float, exact. */
export type WavBitDepth = 16 | 'float32';

/** RIFF header, a placeholder that RF64 turns into its ds64 chunk, format, fact and data headers. */
const DS64_BYTES = 28;
const FORMAT_BYTES = 18;
const HEADER_BYTES = 12 + (8 + DS64_BYTES) + (8 + FORMAT_BYTES) + (8 + 4) + 8;
const MAX_RIFF_BYTES = 0xffff_ffff;
const PCM_TAG = 1;
const FLOAT_TAG = 3;
const INT16_MAX = 32_767;
const INT16_MIN = -32_768;
const INT16_SCALE = 32_768;

/**
 * A WAV file being written: 44.1 kHz stereo. 16-bit samples are rounded to nearest, not dithered: stems must add up to the mixture,
 * and four independent dithers would add four times their noise to that sum, where rounding leaves it below -90 dBFS.
 */
export class WavWriter {
  readonly #handle: number;
  readonly #bitDepth: WavBitDepth;
  readonly #frameBytes: number;
  readonly #path: string;
  #nSamples = 0;
  #isOpen = true;
  #scratch = Buffer.alloc(0);

  /** Creates or replaces the file. @throws StemscapeError export.failed, disk.full */
  constructor(path: string, bitDepth: WavBitDepth) {
    this.#path = path;
    this.#bitDepth = bitDepth;
    this.#frameBytes = DECODE_CHANNELS * (bitDepth === 16 ? 2 : 4);
    this.#handle = this.#attempt(() => openSync(path, 'w'));
    this.#attempt(() => this.#writeAll(wavHeader(bitDepth, 0), null));
  }

  /** Appends a block. Amplitudes beyond -1..1 are clamped in 16 bit and kept in float. @throws StemscapeError export.failed, disk.full */
  write({ left, right }: StereoBlock): void {
    const nBytes = left.length * this.#frameBytes;
    if (this.#scratch.length < nBytes) this.#scratch = Buffer.from(new ArrayBuffer(nBytes));
    const { buffer } = this.#scratch;
    if (this.#bitDepth === 16) interleaveInt16(left, right, new Int16Array(buffer));
    else interleave(left, right, new Float32Array(buffer));
    this.#attempt(() => this.#writeAll(this.#scratch.subarray(0, nBytes), null));
    this.#nSamples += left.length;
  }

  /** Writes the final sizes into the header and closes the file; a second call does nothing. @throws StemscapeError export.failed, disk.full */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      this.#attempt(() => this.#writeAll(wavHeader(this.#bitDepth, this.#nSamples), 0));
    } finally {
      closeSync(this.#handle);
    }
  }

  #writeAll(bytes: Buffer, position: number | null): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#handle, bytes, done, bytes.length - done, position === null ? null : position + done);
    }
  }

  #attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC' || code === 'EDQUOT')
        throw new StemscapeError('disk.full', `The disk is full: ${this.#path} could not be written.`, { cause: error });
      throw new StemscapeError('export.failed', `${this.#path} could not be written (${code ?? 'unknown reason'}).`, {
        cause: error,
      });
    }
  }
}

function interleave(left: Float32Array, right: Float32Array, out: Float32Array): void {
  for (let i = 0; i < left.length; i++) {
    out[2 * i] = left[i]!;
    out[2 * i + 1] = right[i]!;
  }
}

function interleaveInt16(left: Float32Array, right: Float32Array, out: Int16Array): void {
  for (let i = 0; i < left.length; i++) {
    out[2 * i] = toInt16(left[i]!);
    out[2 * i + 1] = toInt16(right[i]!);
  }
}

function toInt16(amplitude: number): number {
  const scaled = Math.round(amplitude * INT16_SCALE);
  return Math.min(INT16_MAX, Math.max(INT16_MIN, scaled));
}

/** The whole header for a number of stereo samples: RIFF, or RF64 when a 32-bit size would overflow. */
export function wavHeader(bitDepth: WavBitDepth, nSamples: number): Buffer {
  const sampleBytes = bitDepth === 16 ? 2 : 4;
  const frameBytes = DECODE_CHANNELS * sampleBytes;
  const dataBytes = nSamples * frameBytes;
  const riffBytes = HEADER_BYTES - 8 + dataBytes;
  const isRf64 = riffBytes > MAX_RIFF_BYTES;
  const sizes64 = isRf64 ? [riffBytes, dataBytes, nSamples] : [0, 0, 0];
  return Buffer.concat([
    text(isRf64 ? 'RF64' : 'RIFF'),
    u32(riffBytes),
    text(isRf64 ? 'WAVEds64' : 'WAVEJUNK'),
    u32(DS64_BYTES),
    ...sizes64.map(u64),
    u32(0),
    text('fmt '),
    u32(FORMAT_BYTES),
    u16(bitDepth === 16 ? PCM_TAG : FLOAT_TAG),
    u16(DECODE_CHANNELS),
    u32(DECODE_RATE_HZ),
    u32(DECODE_RATE_HZ * frameBytes),
    u16(frameBytes),
    u16(8 * sampleBytes),
    u16(0),
    text('fact'),
    u32(4),
    u32(nSamples),
    text('data'),
    u32(dataBytes),
  ]);
}

function text(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

/** Larger values become 0xffffffff, which RF64 reads as "see the ds64 chunk". */
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(Math.min(value, MAX_RIFF_BYTES));
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
