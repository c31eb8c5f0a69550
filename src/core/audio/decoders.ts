// Which of the formats we name this build of FFmpeg can really read, for `doctor`.
import { Codec, getFFmpegInfo } from 'node-av/lib';

type DecoderName = Parameters<typeof Codec.findDecoderByName>[0];

/** A format a person knows, and the FFmpeg decoders it takes. */
const FORMATS: readonly { name: string; decoders: readonly string[] }[] = [
  { name: 'mp3', decoders: ['mp3float'] },
  { name: 'flac', decoders: ['flac'] },
  { name: 'ogg vorbis', decoders: ['vorbis'] },
  { name: 'opus', decoders: ['opus'] },
  { name: 'm4a (aac, alac)', decoders: ['aac', 'alac'] },
  { name: 'wav, aiff', decoders: ['pcm_s16le', 'pcm_s16be'] },
  { name: 'wma', decoders: ['wmav2', 'wmapro', 'wmalossless'] },
  { name: 'ape', decoders: ['ape'] },
  { name: 'wavpack', decoders: ['wavpack'] },
  { name: 'musepack', decoders: ['mpc7', 'mpc8'] },
  { name: 'dsf', decoders: ['dsd_lsbf_planar', 'dsd_msbf_planar'] },
];

export interface DecoderReport {
  ffmpegVersion: string;
  readable: string[];
  missing: string[];
}

export function reportDecoders(): DecoderReport {
  const isHere = (name: string): boolean => Codec.findDecoderByName(name as DecoderName) !== null;
  const readable = FORMATS.filter(({ decoders }) => decoders.every(isHere));
  return {
    ffmpegVersion: getFFmpegInfo().version,
    readable: readable.map(({ name }) => name),
    missing: FORMATS.filter((format) => !readable.includes(format)).map(({ name }) => name),
  };
}
