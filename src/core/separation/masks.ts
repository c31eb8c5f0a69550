// The four soft masks of a stretch of frames, extended above the network's highest bin so that they still sum to one.
import { STEMS } from '../domain/stem.ts';
import type { SeparatorManifest } from '../nn/model-manifest.ts';

type Layout = Pick<SeparatorManifest, 'nBins' | 'extensionBins'>;

export class Masks {
  readonly nFrames: number;
  readonly #nBins: number;
  readonly #extensionBins: number;
  /** Frames per (stem, channel) plane: nFrames plus padding. */
  readonly #nStored: number;
  /** Float32Array [4 x 2 x nStored x nBins], 0..1 */
  readonly #data: Float32Array;

  constructor(layout: Layout, data: Float32Array, nFrames: number, nStored = nFrames) {
    this.nFrames = nFrames;
    this.#nBins = layout.nBins;
    this.#extensionBins = layout.extensionBins;
    this.#data = data;
    this.#nStored = nStored;
  }

  static empty(layout: Layout, nFrames: number): Masks {
    return new Masks(layout, new Float32Array(STEMS.length * 2 * nFrames * layout.nBins), nFrames);
  }

  #row(stem: number, channel: number, frame: number): number {
    return ((stem * 2 + channel) * this.#nStored + frame) * this.#nBins;
  }

  /**
   * Writes one frame's mask over all `out.length` bins: the network's own bins, then the mean of its top
   * `extensionBins` for every bin above them (Spleeter's "average" extension; a mean of softmaxes sums to one as well).
   */
  readFrame(stem: number, channel: number, frame: number, out: Float32Array): void {
    const row = this.#row(stem, channel, frame);
    const nSeen = Math.min(this.#nBins, out.length);
    for (let bin = 0; bin < nSeen; bin++) out[bin] = this.#data[row + bin]!;
    let sum = 0;
    for (let bin = this.#nBins - this.#extensionBins; bin < this.#nBins; bin++) sum += this.#data[row + bin]!;
    out.fill(sum / this.#extensionBins, nSeen);
  }

  /** Copies `count` frames of `source` from `sourceFrame` to `frame` here. */
  copyFrames(source: Masks, sourceFrame: number, frame: number, count: number): void {
    for (let stem = 0; stem < STEMS.length; stem++) {
      for (let channel = 0; channel < 2; channel++) {
        const from = source.#row(stem, channel, sourceFrame);
        this.#data.set(source.#data.subarray(from, from + count * this.#nBins), this.#row(stem, channel, frame));
      }
    }
  }
}
