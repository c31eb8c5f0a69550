// The separator network: the magnitude spectrogram of a stereo mixture in, four soft masks out (a U-Net with one softmax
// over the stems, after Jansson et al. 2017, so that the masks of every bin sum to one).
import { readSeparatorManifest, type SeparatorManifest, verifyFiles, versionOf } from '../nn/model-manifest.ts';
import { openSession, type Session, type SessionOptions } from '../nn/session.ts';
import { Masks } from './masks.ts';

/** STFT of both channels: Float32Array [nFrames x nBins] each. */
export interface StereoSpectrum {
  left: { re: Float32Array; im: Float32Array };
  right: { re: Float32Array; im: Float32Array };
  nFrames: number;
  nBins: number;
}

export class Separator {
  readonly manifest: SeparatorManifest;
  readonly #session: Session;

  private constructor(manifest: SeparatorManifest, session: Session) {
    this.manifest = manifest;
    this.#session = session;
  }

  /** @throws StemscapeError model.missing | model.corrupt | model.failed */
  static async open(dir: string, options: SessionOptions): Promise<Separator> {
    const manifest = await readSeparatorManifest(dir);
    await verifyFiles(dir, manifest);
    return new Separator(manifest, await openSession(dir, manifest.graph, options));
  }

  get version(): string {
    return versionOf(this.manifest);
  }

  /** Masks for any number of frames, in chunks that see `contextFrames` beyond their edges. */
  async masks(spectrum: StereoSpectrum): Promise<Masks> {
    const { frames, contextFrames } = this.manifest.chunk;
    if (spectrum.nFrames <= frames) return this.#run(spectrum, 0, spectrum.nFrames);
    const joined = Masks.empty(this.manifest, spectrum.nFrames);
    const core = frames - 2 * contextFrames;
    for (let start = 0; start < spectrum.nFrames; start += core) {
      const from = Math.max(0, start - contextFrames);
      const to = Math.min(spectrum.nFrames, start + core + contextFrames);
      const masks = await this.#run(spectrum, from, to);
      joined.copyFrames(masks, start - from, start, Math.min(core, spectrum.nFrames - start));
    }
    return joined;
  }

  async #run(spectrum: StereoSpectrum, from: number, to: number): Promise<Masks> {
    const { nBins, frameMultiple, input, output } = this.manifest;
    const nPadded = Math.ceil((to - from) / frameMultiple) * frameMultiple;
    const data = new Float32Array(2 * nPadded * nBins);
    fillMagnitude(data, 0, spectrum.left, spectrum.nBins, from, to, nBins);
    fillMagnitude(data, nPadded * nBins, spectrum.right, spectrum.nBins, from, to, nBins);
    const result = await this.#session.run({ [input]: { data, shape: [1, 2, nPadded, nBins] } });
    return new Masks(this.manifest, result[output]!, to - from, nPadded);
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

/** Writes |X| of frames from..to and the lowest `nBins` bins into `out` at `offset`, frame by frame. */
function fillMagnitude(
  out: Float32Array,
  offset: number,
  channel: { re: Float32Array; im: Float32Array },
  nSpectrumBins: number,
  from: number,
  to: number,
  nBins: number,
): void {
  const { re, im } = channel;
  let o = offset;
  for (let frame = from; frame < to; frame++) {
    const row = frame * nSpectrumBins;
    for (let bin = 0; bin < nBins; bin++) {
      const a = re[row + bin]!;
      const b = im[row + bin]!;
      out[o++] = Math.sqrt(a * a + b * b);
    }
  }
}
