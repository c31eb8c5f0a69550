// Decodes any supported file to stereo at DECODE_RATE_HZ, whole or from a sample-accurate window, in bounded memory.
import { avGetCodecName } from 'node-av/lib';
import { DECODE_RATE_HZ } from '../config/audio-profile.ts';
import { StemscapeError } from '../domain/errors.ts';
import { OpenAudio } from './open-audio.ts';
import type { StereoBlock } from './stereo-block.ts';
import { StereoResampler } from './stereo-resampler.ts';

export interface AudioInfo {
  /** Stated or estimated by the container; null when unknown. VBR files without an index are often wrong. */
  durationSec: number | null;
  sampleRateHz: number;
  channels: number;
  /** FFmpeg's name of the codec: "mp3", "vorbis", "pcm_s16le". */
  codec: string;
  /** FFmpeg's name of the demuxer: "mp3", "ogg", "mov,mp4,m4a,3gp,3g2,mj2". */
  container: string;
}

export interface DecodeRange {
  startSec?: number;
  lengthSec?: number;
}

export interface DecodeOutcome {
  /** Seconds handed out. */
  durationSec: number;
  nCorruptPackets: number;
  /** The file ends before the length its header states, or could not be read to its end. */
  truncated: boolean;
}

/** Samples of a handed-out block (the last one is shorter). */
const BLOCK_SAMPLES = 16_384;
/** Decoding starts this long before a window: bit reservoirs, overlaps and the resampler's filter need a past. */
const PREROLL_SEC = 1;
/** In containers whose clock is coarser than a sample, positions up to here are found by counting from the start. */
const COUNT_MAX_SEC = 1200;
/** A header that states this much more than what was decoded means that the end is missing. */
const TRUNCATION_TOLERANCE_SEC = 0.25;

/**
 * What the container says about a file, without decoding it.
 * @throws StemscapeError file.missing, file.unreadable, file.empty, decode.notAudio, decode.corrupt
 */
export function probeAudio(path: string): AudioInfo {
  const audio = new OpenAudio(path);
  try {
    const { sampleRate, channels, codecId } = audio.stream.codecpar;
    return {
      durationSec: audio.durationSec,
      sampleRateHz: sampleRate,
      channels,
      codec: avGetCodecName(codecId) ?? 'unknown',
      container: audio.format.iformat?.name ?? 'unknown',
    };
  } finally {
    audio.close();
  }
}

/**
 * Decodes a file, or the part [startSec, startSec + lengthSec) of it, block by block. A window lies on the same sample grid as
 * the whole file. Damaged packets are skipped and counted. Leaving the loop early frees everything.
 * @throws StemscapeError as `probeAudio`; decode.corrupt when not one sample of the whole file decodes.
 */
export function* decodeBlocks(path: string, range: DecodeRange = {}): Generator<StereoBlock, DecodeOutcome> {
  const startSample = Math.max(0, Math.round((range.startSec ?? 0) * DECODE_RATE_HZ));
  const nWanted = range.lengthSec === undefined ? Infinity : Math.max(0, Math.round(range.lengthSec * DECODE_RATE_HZ));
  const audio = new OpenAudio(path);
  const resampler = new StereoResampler();
  const cutter = new BlockCutter(nWanted);
  try {
    const source = startSample > 0 ? approach(audio, path, startSample) : { audio, position: 0, held: false };
    try {
      yield* pump(source, resampler, cutter, startSample);
    } finally {
      if (source.audio !== audio) source.audio.close();
    }
    const tail = cutter.rest();
    if (tail) yield tail;
    return outcome(source.audio, startSample, cutter);
  } finally {
    resampler.close();
    audio.close();
  }
}

/** Where decoding stands: the next frame's first source sample; `held` when `audio.frame` is decoded but not yet used. */
interface Approach {
  audio: OpenAudio;
  position: number;
  held: boolean;
}

/** Seeks to before the window; counts from the start where the container cannot tell the time exactly. */
function approach(audio: OpenAudio, path: string, startSample: number): Approach {
  const targetSec = startSample / DECODE_RATE_HZ - PREROLL_SEC;
  if (!audio.nextFrame()) return { audio, position: 0, held: false };
  const fromStart: Approach = { audio, position: 0, held: true };
  const { num, den } = audio.stream.timeBase;
  const isCoarse = num / den > 1 / audio.frame.sampleRate;
  const origin = audio.frameSample();
  if (origin === null || targetSec <= 0 || (isCoarse && targetSec < COUNT_MAX_SEC)) return fromStart;
  const rateHz = audio.frame.sampleRate;
  if (audio.seek(origin / rateHz + targetSec)) {
    const position = positionAfterSeek(audio, origin);
    if (position !== null && position / rateHz <= startSample / DECODE_RATE_HZ) return { audio, position, held: true };
  }
  return { audio: new OpenAudio(path), position: 0, held: false };
}

/** First source sample of the first frame that carries a timestamp, relative to the file's first; null at the end. */
function positionAfterSeek(audio: OpenAudio, origin: number): number | null {
  while (audio.nextFrame()) {
    const sample = audio.frameSample();
    if (sample !== null && sample >= origin) {
      audio.nCorruptPackets = 0;
      return sample - origin;
    }
  }
  return null;
}

/** Feeds frames through the resampler into the cutter until the range is full or the file ends. */
function* pump(source: Approach, resampler: StereoResampler, cutter: BlockCutter, startSample: number): Generator<StereoBlock> {
  const { audio } = source;
  let toDrop = -1;
  let skipSource = 0;
  while (!cutter.isFull && (source.held || audio.nextFrame())) {
    source.held = false;
    const { frame } = audio;
    if (resampler.differs(frame)) {
      if (toDrop >= 0) yield* cutter.push(resampler.drain(), 0);
      resampler.configure(frame);
      if (toDrop < 0) ({ toDrop, skipSource } = align(source.position, startSample, frame.sampleRate));
    }
    if (skipSource >= frame.nbSamples) {
      skipSource -= frame.nbSamples;
      continue;
    }
    const block = resampler.convert(frame, skipSource);
    skipSource = 0;
    const dropped = Math.min(toDrop, block.left.length);
    toDrop -= dropped;
    yield* cutter.push(block, dropped);
  }
  if (!cutter.isFull) {
    const block = resampler.drain();
    yield* cutter.push(block, Math.min(Math.max(0, toDrop), block.left.length));
  }
}

/**
 * Source samples to leave out so that the resampler starts on the grid it has when the whole file is decoded, about PREROLL_SEC
 * / 2 before the window, and output samples to drop from there to the window's start.
 */
function align(position: number, startSample: number, rateHz: number): { skipSource: number; toDrop: number } {
  const grid = rateHz / gcd(rateHz, DECODE_RATE_HZ);
  const wanted = Math.floor((startSample * rateHz) / DECODE_RATE_HZ - (PREROLL_SEC / 2) * rateHz);
  const first = Math.max(Math.floor(wanted / grid), Math.ceil(position / grid)) * grid;
  return { skipSource: first - position, toDrop: startSample - Math.round((first * DECODE_RATE_HZ) / rateHz) };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function outcome(audio: OpenAudio, startSample: number, cutter: BlockCutter): DecodeOutcome {
  const durationSec = cutter.nSamples / DECODE_RATE_HZ;
  if (cutter.nSamples === 0 && startSample === 0 && !cutter.isFull) {
    throw new StemscapeError('decode.corrupt', 'The file is damaged: nothing in it could be decoded.');
  }
  const endSec = startSample / DECODE_RATE_HZ + durationSec;
  const stated = audio.statedDurationSec ?? 0;
  const endMissing = !cutter.isFull && (audio.readFailed || audio.isCutShort || stated - endSec > TRUNCATION_TOLERANCE_SEC);
  return { durationSec, nCorruptPackets: audio.nCorruptPackets, truncated: endMissing };
}

/** Cuts the resampler's output into blocks of BLOCK_SAMPLES that the receiver owns, and ends at the wanted length. */
class BlockCutter {
  nSamples = 0;
  readonly #nWanted: number;
  #filled = 0;
  #left = new Float32Array(BLOCK_SAMPLES);
  #right = new Float32Array(BLOCK_SAMPLES);

  constructor(nWanted: number) {
    this.#nWanted = nWanted;
  }

  get isFull(): boolean {
    return this.nSamples >= this.#nWanted;
  }

  *push(block: StereoBlock, from: number): Generator<StereoBlock> {
    const to = Math.min(block.left.length, from + this.#nWanted - this.nSamples);
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + BLOCK_SAMPLES - this.#filled);
      this.#left.set(block.left.subarray(at, end), this.#filled);
      this.#right.set(block.right.subarray(at, end), this.#filled);
      this.#filled += end - at;
      this.nSamples += end - at;
      at = end;
      if (this.#filled === BLOCK_SAMPLES) yield this.#take();
    }
  }

  #take(): StereoBlock {
    const full = { left: this.#left.subarray(0, this.#filled), right: this.#right.subarray(0, this.#filled) };
    this.#left = new Float32Array(BLOCK_SAMPLES);
    this.#right = new Float32Array(BLOCK_SAMPLES);
    this.#filled = 0;
    return full;
  }

  rest(): StereoBlock | null {
    return this.#filled > 0 ? this.#take() : null;
  }
}
