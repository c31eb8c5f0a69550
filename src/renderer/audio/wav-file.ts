// Reads a 16-bit PCM WAV over HTTP a block at a time, so that a stem of any length costs a few seconds of memory.

/** Enough for the RIFF header and the chunks that writers put before the samples. */
const HEADER_BYTES = 4096;

export interface WavLayout {
  sampleRateHz: number;
  channels: number;
  dataOffset: number;
  nFrames: number;
}

/** Reads the chunks of a RIFF or RF64 header; throws when it is no 16-bit PCM. */
export function parseWavHeader(bytes: DataView, fileBytes: number): WavLayout {
  const tag = (at: number): string => String.fromCharCode(...[0, 1, 2, 3].map((i) => bytes.getUint8(at + i)));
  if (bytes.byteLength < 12 || tag(8) !== 'WAVE') throw new Error('not a WAV file');
  let format: { channels: number; sampleRateHz: number } | null = null;
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const size = bytes.getUint32(at + 4, true);
    if (tag(at) === 'fmt ') {
      if (bytes.getUint16(at + 22, true) !== 16) throw new Error('not 16-bit PCM');
      format = { channels: bytes.getUint16(at + 10, true), sampleRateHz: bytes.getUint32(at + 12, true) };
    }
    if (tag(at) === 'data' && format) {
      const dataOffset = at + 8;
      const dataBytes = Math.min(size, fileBytes - dataOffset);
      return { ...format, dataOffset, nFrames: Math.floor(dataBytes / (2 * format.channels)) };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('no samples in the WAV header');
}

/** Interleaved 16-bit little-endian -> one Float32Array [nFrames] a channel, -1..1. */
export function deinterleave(bytes: ArrayBuffer, channels: number): Float32Array<ArrayBuffer>[] {
  const samples = new Int16Array(bytes, 0, Math.floor(bytes.byteLength / 2));
  const nFrames = Math.floor(samples.length / channels);
  return Array.from({ length: channels }, (_, channel) => {
    const out = new Float32Array(nFrames);
    for (let frame = 0; frame < nFrames; frame++) out[frame] = samples[frame * channels + channel]! / 32768;
    return out;
  });
}

export class WavFile {
  readonly layout: WavLayout;
  #url: string;

  private constructor(url: string, layout: WavLayout) {
    this.#url = url;
    this.layout = layout;
  }

  static async open(url: string, signal: AbortSignal): Promise<WavFile> {
    const response = await fetchRange(url, 0, HEADER_BYTES, signal);
    const bytes = await response.arrayBuffer();
    const total = Number(response.headers.get('content-range')?.split('/')[1] ?? Number.NaN);
    return new WavFile(url, parseWavHeader(new DataView(bytes), Number.isFinite(total) ? total : Number.MAX_SAFE_INTEGER));
  }

  /** Channels of `nFrames` frames from `firstFrame` on; shorter at the end of the file. */
  async read(firstFrame: number, nFrames: number, signal: AbortSignal): Promise<Float32Array<ArrayBuffer>[]> {
    const { channels, dataOffset } = this.layout;
    const count = Math.min(nFrames, this.layout.nFrames - firstFrame);
    const frameBytes = 2 * channels;
    const response = await fetchRange(this.#url, dataOffset + firstFrame * frameBytes, count * frameBytes, signal);
    return deinterleave(await response.arrayBuffer(), channels);
  }
}

async function fetchRange(url: string, from: number, length: number, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { headers: { range: `bytes=${from}-${from + length - 1}` }, signal });
  if (response.status !== 206) throw new Error(`range request answered ${response.status}`);
  return response;
}
