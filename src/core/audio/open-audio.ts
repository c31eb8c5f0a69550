// Opens a file with FFmpeg (node-av's synchronous calls), picks its audio stream and readies the decoder.
import { resolve } from 'node:path';
import {
  AV_LOG_QUIET,
  AVDISCARD_ALL,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVMEDIA_TYPE_AUDIO,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { avGetCodecName, Codec, CodecContext, Dictionary, FormatContext, Frame, Log, Packet, type Stream } from 'node-av/lib';
import { StemscapeError } from '../domain/errors.ts';
import { checkFile } from './file-check.ts';

/** Only these demuxers may open a file: a playlist named .mp3 must never make FFmpeg reach for other files or the network. */
const DEMUXERS =
  'aac,ac3,aiff,ape,asf,au,caf,dsf,dts,eac3,flac,iff,loas,matroska,webm,mov,mp4,m4a,mp3,mpc,mpc8,ogg,rso,tak,tta,voc,w64,wav,wv';
const AV_TIME_BASE = 1_000_000;
/** FFmpeg's AV_NOPTS_VALUE as the binding hands it over. */
const NO_TIMESTAMP = -(2n ** 63n);
/** Reading stops after so many failed packets in a row: the rest of the file is noise. */
const MAX_FAILED_READS = 1000;

Log.setLevel(AV_LOG_QUIET);

function notAudio(detail: string): StemscapeError {
  return new StemscapeError('decode.notAudio', detail);
}

function corrupt(detail: string): StemscapeError {
  return new StemscapeError('decode.corrupt', detail);
}

/** One open file: demuxer, decoder and the two buffers between them. Close it in a `finally`. */
export class OpenAudio {
  readonly format: FormatContext;
  readonly stream: Stream;
  /** Length the header states, exact where present; null when the header is silent. */
  readonly statedDurationSec: number | null;
  /** The header states more bytes than the file has. */
  readonly isCutShort: boolean;
  readonly #decoder = new CodecContext();
  readonly #packet = new Packet();
  readonly frame = new Frame();
  nCorruptPackets = 0;
  /** The demuxer failed before the end of the file. */
  readFailed = false;
  #draining = false;

  /** @throws StemscapeError file.missing, file.unreadable, file.empty, decode.notAudio, decode.corrupt */
  constructor(path: string) {
    const { looksLikeAudio, isCutShort } = checkFile(path);
    this.isCutShort = isCutShort;
    this.format = openFormat(path, looksLikeAudio);
    try {
      this.statedDurationSec = statedDuration(this.format);
      this.stream = findAudioStream(this.format, looksLikeAudio);
      this.#openDecoder();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #openDecoder(): void {
    const { codecpar, timeBase } = this.stream;
    const codec = Codec.findDecoder(codecpar.codecId);
    if (!codec) throw notAudio(`No decoder is available for ${avGetCodecName(codecpar.codecId) ?? 'this kind of audio'}.`);
    this.#packet.alloc();
    this.frame.alloc();
    this.#decoder.allocContext3(codec);
    this.#decoder.parametersToContext(codecpar);
    this.#decoder.pktTimebase = timeBase;
    this.#decoder.threadCount = 1;
    if (this.#decoder.open2Sync(codec) < 0) throw corrupt('The audio in this file is damaged: its header makes no sense.');
  }

  /** Seconds the container states or estimates; null when unknown. */
  get durationSec(): number | null {
    const { duration } = this.format;
    return duration > 0n ? Number(duration) / AV_TIME_BASE : null;
  }

  /** Timestamp of the decoded frame in source samples; null when it carries none. */
  frameSample(): number | null {
    const pts = this.frame.bestEffortTimestamp;
    if (pts === NO_TIMESTAMP) return null;
    const { num, den } = this.stream.timeBase;
    return Math.round((Number(pts) * num * this.frame.sampleRate) / den);
  }

  /** Decodes the next frame into `frame`; false at the end. Damaged packets are counted and skipped. */
  nextFrame(): boolean {
    for (;;) {
      const received = this.#decoder.receiveFrameSync(this.frame);
      if (received >= 0) {
        if (this.frame.nbSamples > 0) return true;
        continue;
      }
      if (received === AVERROR_EOF || this.#draining) return false;
      if (received !== AVERROR_EAGAIN) this.nCorruptPackets++;
      this.#feed();
    }
  }

  /** Sends the next packet of the stream, or the end, to the decoder. */
  #feed(): void {
    const packet = this.#packet;
    for (let failed = 0; failed < MAX_FAILED_READS; ) {
      const read = this.format.readFrameSync(packet);
      if (read === AVERROR_EOF) break;
      if (read < 0) {
        this.readFailed = true;
        failed++;
        if (read !== AVERROR_EAGAIN) break;
        continue;
      }
      const ours = packet.streamIndex === this.stream.index;
      const sent = ours ? this.#decoder.sendPacketSync(packet) : AVERROR_EAGAIN;
      packet.unref();
      if (!ours) continue;
      if (sent >= 0) return;
      this.nCorruptPackets++;
    }
    this.#draining = true;
    this.#decoder.sendPacketSync(null);
  }

  /** Moves to a packet at or before a time (seconds in the stream's own clock). Returns false when the file cannot seek. */
  seek(timeSec: number): boolean {
    const { num, den } = this.stream.timeBase;
    const ts = BigInt(Math.floor((timeSec * den) / num));
    if (this.format.seekFrameSync(this.stream.index, ts, AVSEEK_FLAG_BACKWARD) < 0) return false;
    this.#decoder.flushBuffers();
    this.#draining = false;
    return true;
  }

  close(): void {
    this.frame.free();
    this.#packet.free();
    this.#decoder.freeContext();
    this.format.closeInputSync();
  }
}

function openFormat(path: string, looksLikeAudio: boolean): FormatContext {
  const format = new FormatContext();
  const options = Dictionary.fromObject({ format_whitelist: DEMUXERS, protocol_whitelist: 'file' });
  format.allocContext();
  const opened = format.openInputSync(`file:${resolve(path)}`, null, options);
  options.free();
  if (opened >= 0) return format;
  throw looksLikeAudio
    ? corrupt('The file is damaged or incomplete: its beginning cannot be understood.')
    : notAudio('This is not an audio file: nothing in it can be recognized as sound.');
}

function statedDuration(format: FormatContext): number | null {
  const stream = format.streams.find((candidate) => candidate.codecpar.codecType === AVMEDIA_TYPE_AUDIO);
  if (!stream || stream.duration <= 0n) return null;
  return (Number(stream.duration) * stream.timeBase.num) / stream.timeBase.den;
}

function findAudioStream(format: FormatContext, looksLikeAudio: boolean): Stream {
  const analysed = format.findStreamInfoSync();
  const index = format.findBestStream(AVMEDIA_TYPE_AUDIO);
  const stream = format.streams[index];
  if (analysed < 0 || index < 0 || !stream) {
    throw looksLikeAudio && format.nbStreams === 0
      ? corrupt('The file is damaged or incomplete: no sound is left in it.')
      : notAudio('There is no audio in this file.');
  }
  if (stream.codecpar.sampleRate <= 0 || stream.codecpar.channels <= 0) {
    throw looksLikeAudio
      ? corrupt('The file is damaged: its audio cannot be understood.')
      : notAudio('This is not an audio file: nothing in it can be recognized as sound.');
  }
  for (const other of format.streams) if (other.index !== index) other.discard = AVDISCARD_ALL;
  return stream;
}
