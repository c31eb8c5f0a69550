// Brings decoded frames of any format, rate and channel layout to planar float stereo at DECODE_RATE_HZ (libswresample).
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_NONE,
  type AVSampleFormat,
} from 'node-av/constants';
import {
  avChannelLayoutDefault,
  avGetBytesPerSample,
  avSampleFmtIsPlanar,
  type Frame,
  SoftwareResampleContext,
} from 'node-av/lib';
import { DECODE_RATE_HZ } from '../config/audio-profile.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { StereoBlock } from './stereo-block.ts';

/** Output samples grow by this many when a frame asks for more room than there is. */
const MIN_CAPACITY = 8192;

export class StereoResampler {
  #swr: SoftwareResampleContext | null = null;
  #isMono = false;
  #format: AVSampleFormat = AV_SAMPLE_FMT_NONE;
  #rateHz = 0;
  #channels = 0;
  #capacity = 0;
  #left = new Float32Array(0);
  #right = new Float32Array(0);
  #out: Buffer[] = [];

  /** True when the frame's format differs from the one the resampler was made for. */
  differs(frame: Frame): boolean {
    return frame.format !== this.#format || frame.sampleRate !== this.#rateHz || frame.channels !== this.#channels;
  }

  /**
   * Readies the resampler for frames like this one. Surround is mixed down with the ITU coefficients, normalized so that
   * nothing clips; one channel is copied to both sides at full level.
   * @throws StemscapeError decode.corrupt when the layout makes no sense.
   */
  configure(frame: Frame): void {
    this.close();
    this.#format = frame.format as AVSampleFormat;
    this.#rateHz = frame.sampleRate;
    this.#channels = frame.channels;
    this.#isMono = frame.channels === 1;
    const swr = new SoftwareResampleContext();
    this.#swr = swr;
    const layout = frame.channelLayout.mask === 0n ? avChannelLayoutDefault(frame.channels) : frame.channelLayout;
    const target = this.#isMono ? AV_CHANNEL_LAYOUT_MONO : AV_CHANNEL_LAYOUT_STEREO;
    swr.allocSetOpts2(target, AV_SAMPLE_FMT_FLTP, DECODE_RATE_HZ, layout, this.#format, this.#rateHz);
    swr.setOption('rematrix_maxval', '1.0');
    if (swr.init() < 0) {
      throw new StemscapeError(
        'decode.corrupt',
        `Sound with ${frame.channels} channels at ${frame.sampleRate} Hz cannot be read.`,
      );
    }
  }

  #reserve(nSamples: number): void {
    if (nSamples <= this.#capacity) return;
    this.#capacity = Math.max(nSamples, MIN_CAPACITY);
    this.#left = new Float32Array(this.#capacity);
    this.#right = this.#isMono ? this.#left : new Float32Array(this.#capacity);
    const channels = this.#isMono ? [this.#left] : [this.#left, this.#right];
    this.#out = channels.map((channel) => Buffer.from(channel.buffer));
  }

  /** Converts the frame without its first `skip` samples. The views returned are valid until the next call. */
  convert(frame: Frame, skip: number): StereoBlock {
    const nIn = frame.nbSamples - skip;
    const planar = avSampleFmtIsPlanar(this.#format);
    const offset = skip * avGetBytesPerSample(this.#format) * (planar ? 1 : this.#channels);
    const planes = frame.extendedData ?? [];
    return this.#run(offset > 0 ? planes.map((plane) => plane.subarray(offset)) : planes, nIn);
  }

  /** The samples still inside the filter, at the end of the stream. */
  drain(): StereoBlock {
    return this.#run(null, 0);
  }

  #run(planes: Buffer[] | null, nIn: number): StereoBlock {
    if (!this.#swr) return { left: this.#left.subarray(0, 0), right: this.#right.subarray(0, 0) };
    this.#reserve(this.#swr.getOutSamples(nIn) + 1);
    const converted = Math.max(0, this.#swr.convertSync(this.#out, this.#capacity, planes, nIn));
    return { left: this.#left.subarray(0, converted), right: this.#right.subarray(0, converted) };
  }

  close(): void {
    this.#swr?.free();
    this.#swr = null;
    this.#capacity = 0;
  }
}
