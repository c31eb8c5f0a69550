// Separates a song of any length in bounded memory: frames are transformed, masked and overlap-added chunk by chunk.
// The masks of a bin sum to one and the inverse transform is linear, so the four stems sum to the mixture: the last of them is what
// the other three leave of it, and needs no transform.
import { STEMS, type Stem } from '../domain/stem.ts';
import type { RealFft } from '../dsp/fft.ts';
import { hannWindow, transformOf } from '../dsp/stft.ts';
import type { Masks } from './masks.ts';
import type { Separator, StereoSpectrum } from './separator.ts';

export interface StereoSamples {
  left: Float32Array;
  right: Float32Array;
}

export type StemSamples = Record<Stem, StereoSamples>;

/** Sum of the squared Hann windows over one sample at 75 % overlap. */
const OVERLAP_GAIN = 1.5;
/** Stems that are transformed. */
const N_TRANSFORMED = STEMS.length - 1;

export class StreamSeparator {
  readonly #separator: Pick<Separator, 'manifest' | 'masks'>;
  readonly #emit: (stems: StemSamples) => Promise<void> | void;
  readonly #fft: RealFft;
  readonly #window: Float64Array;
  /** The window by the overlap's gain. */
  readonly #synthesis: Float64Array;
  readonly #size: number;
  readonly #hop: number;
  /** Frames a chunk gives, and frames it looks at beyond each edge. */
  readonly #core: number;
  readonly #context: number;
  /** Padded mixture from sample `#firstSample` on: one transform's length of silence, then the signal. */
  #pending: StereoSamples;
  #nPending: number;
  #firstSample = 0;
  #nextFrame = 0;
  #nPushed = 0;
  #nEmitted = 0;
  /** Overlap-add accumulators of the transformed stems, [stem][channel], starting at the next frame's first sample. */
  readonly #tails: Float32Array[][];

  constructor(separator: Pick<Separator, 'manifest' | 'masks'>, emit: (stems: StemSamples) => Promise<void> | void) {
    const { stft, chunk } = separator.manifest;
    this.#separator = separator;
    this.#emit = emit;
    this.#size = stft.fftSamples;
    this.#hop = stft.hopSamples;
    this.#fft = transformOf(this.#size);
    this.#window = hannWindow(this.#size);
    this.#synthesis = this.#window.map((value) => value / OVERLAP_GAIN);
    this.#context = chunk.contextFrames;
    this.#core = chunk.frames - 2 * chunk.contextFrames;
    const capacity = (chunk.frames + 2) * this.#hop + 2 * this.#size;
    this.#pending = { left: new Float32Array(capacity), right: new Float32Array(capacity) };
    this.#nPending = this.#size;
    this.#tails = STEMS.slice(0, N_TRANSFORMED).map(() =>
      [0, 1].map(() => new Float32Array(this.#core * this.#hop + this.#size)),
    );
  }

  /** Adds a block of any length at 44.1 kHz and emits what has become final. */
  async push(left: Float32Array, right: Float32Array): Promise<void> {
    this.#nPushed += left.length;
    await this.#append(left, right);
  }

  /** Flushes the rest; the emitted stems are then exactly as long as what was pushed. */
  async finish(): Promise<void> {
    const total = this.#size + this.#nPushed;
    const lastFrame = Math.ceil(total / this.#hop);
    const silence = new Float32Array(this.#hop);
    while (this.#nextFrame <= lastFrame) await this.#append(silence, silence);
  }

  async #append(left: Float32Array, right: Float32Array): Promise<void> {
    let offset = 0;
    while (offset < left.length) {
      const room = this.#pending.left.length - this.#nPending;
      const n = Math.min(room, left.length - offset);
      this.#pending.left.set(left.subarray(offset, offset + n), this.#nPending);
      this.#pending.right.set(right.subarray(offset, offset + n), this.#nPending);
      this.#nPending += n;
      offset += n;
      while (this.#chunkIsReady()) await this.#separateChunk();
    }
  }

  #chunkIsReady(): boolean {
    const lastFrame = this.#nextFrame + this.#core + this.#context - 1;
    return this.#firstSample + this.#nPending >= lastFrame * this.#hop + this.#size;
  }

  async #separateChunk(): Promise<void> {
    const before = Math.min(this.#context, this.#nextFrame);
    const from = this.#nextFrame - before;
    const spectrum = this.#transform(from, before + this.#core + this.#context);
    const masks = await this.#separator.masks(spectrum);
    for (let stem = 0; stem < N_TRANSFORMED; stem++) {
      this.#overlapAdd(spectrum.left, spectrum.nBins, masks, stem, 0, before);
      this.#overlapAdd(spectrum.right, spectrum.nBins, masks, stem, 1, before);
    }
    this.#nextFrame += this.#core;
    await this.#emitFinal();
    this.#dropUsed();
  }

  #transform(firstFrame: number, nFrames: number): StereoSpectrum {
    const nBins = this.#size / 2 + 1;
    const channel = (samples: Float32Array): { re: Float32Array; im: Float32Array } => {
      const re = new Float32Array(nFrames * nBins);
      const im = new Float32Array(nFrames * nBins);
      const frame = new Float64Array(this.#size);
      for (let t = 0; t < nFrames; t++) {
        const start = (firstFrame + t) * this.#hop - this.#firstSample;
        for (let i = 0; i < this.#size; i++) frame[i] = samples[start + i]! * this.#window[i]!;
        this.#fft.forward(frame, re.subarray(t * nBins, (t + 1) * nBins), im.subarray(t * nBins, (t + 1) * nBins));
      }
      return { re, im };
    };
    return { left: channel(this.#pending.left), right: channel(this.#pending.right), nFrames, nBins };
  }

  /** Adds `#core` masked frames, from `skip` on, to the stem's accumulator. */
  #overlapAdd(
    spectrum: { re: Float32Array; im: Float32Array },
    nBins: number,
    masks: Masks,
    stem: number,
    channel: number,
    skip: number,
  ): void {
    const tail = this.#tails[stem]![channel]!;
    const synthesis = this.#synthesis;
    const mask = new Float32Array(nBins);
    const re = new Float64Array(nBins);
    const im = new Float64Array(nBins);
    const frame = new Float64Array(this.#size);
    for (let t = 0; t < this.#core; t++) {
      masks.readFrame(stem, channel, skip + t, mask);
      const row = (skip + t) * nBins;
      for (let bin = 0; bin < nBins; bin++) {
        re[bin] = spectrum.re[row + bin]! * mask[bin]!;
        im[bin] = spectrum.im[row + bin]! * mask[bin]!;
      }
      this.#fft.inverse(re, im, frame);
      const start = t * this.#hop;
      for (let i = 0; i < this.#size; i++) tail[start + i] = tail[start + i]! + frame[i]! * synthesis[i]!;
    }
  }

  /** Hands out the samples that no later frame touches, without the leading silence and the padding at the end. */
  async #emitFinal(): Promise<void> {
    const nFinal = this.#core * this.#hop;
    const chunkStart = (this.#nextFrame - this.#core) * this.#hop - this.#size;
    const skip = Math.max(0, -chunkStart);
    const end = Math.min(nFinal, this.#nPushed - chunkStart);
    if (end > skip) {
      const stems = {} as StemSamples;
      const from = chunkStart + this.#size - this.#firstSample;
      const left = this.#pending.left.slice(from + skip, from + end);
      const right = this.#pending.right.slice(from + skip, from + end);
      for (const [s, [ofLeft, ofRight]] of this.#tails.entries()) {
        const own = { left: ofLeft!.slice(skip, end), right: ofRight!.slice(skip, end) };
        stems[STEMS[s]!] = own;
        for (let i = 0; i < left.length; i++) {
          left[i] = left[i]! - own.left[i]!;
          right[i] = right[i]! - own.right[i]!;
        }
      }
      stems[STEMS[N_TRANSFORMED]!] = { left, right };
      this.#nEmitted += end - skip;
      await this.#emit(stems);
    }
    for (const channels of this.#tails) {
      for (const tail of channels) {
        tail.copyWithin(0, nFinal);
        tail.fill(0, tail.length - nFinal);
      }
    }
  }

  #dropUsed(): void {
    const keepFrom = Math.max(0, this.#nextFrame - this.#context) * this.#hop;
    const n = keepFrom - this.#firstSample;
    if (n <= 0) return;
    this.#pending.left.copyWithin(0, n, this.#nPending);
    this.#pending.right.copyWithin(0, n, this.#nPending);
    this.#nPending -= n;
    this.#firstSample = keepFrom;
  }

  /** Samples emitted per stem so far. */
  get nEmitted(): number {
    return this.#nEmitted;
  }
}
