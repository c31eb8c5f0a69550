// Segments read back from the disk as a network's examples, in any order; as many as fit into a bounded memory are kept.
import { StemscapeError } from '../../domain/errors.ts';
import type { RecordedSegments, SegmentTable } from '../../domain/laboratory-networks.ts';
import type { ExampleShape } from '../../nn/tfjs/network/network-trainer.ts';
import { ResultCache } from '../result-cache.ts';

/** Bytes of recordings kept in memory: the spectrograms of an hour, and of all of a small dataset. */
const MAX_KEPT_BYTES = 384 * 2 ** 20;

/** Where a training's examples come from. */
export interface Examples {
  /** [nMels, nFrames, nChannels] */
  shape: ExampleShape;
  /** Float32Array [n x nMels x nFrames x nChannels], 0 = floor .. 1 = loudest. */
  read(places: Int32Array): Promise<Float32Array>;
}

export class SegmentReader implements Examples {
  readonly shape: ExampleShape;
  readonly #table: SegmentTable;
  readonly #channels: readonly number[];
  readonly #cache: ResultCache;
  readonly #kept = new Map<number, Uint8Array>();
  #nBytes = 0;

  /** @param channels places in spec.sources; null = all */
  constructor(table: SegmentTable, channels: readonly number[] | null) {
    const { nMels, nFrames, sources } = table.spec;
    this.#table = table;
    this.#channels = channels ?? sources.map((_, i) => i);
    this.#cache = new ResultCache(table.cacheDir);
    this.shape = [nMels, nFrames, this.#channels.length];
  }

  /** @throws StemscapeError internal when a recording's segments are gone from the disk */
  async read(places: Int32Array): Promise<Float32Array> {
    const [nMels, nFrames, nChannels] = this.shape;
    const size = nMels * nFrames;
    const examples = new Float32Array(places.length * size * nChannels);
    for (const [i, segment] of places.entries()) {
      const bytes = await this.#recording(this.#table.recordings[segment]!);
      const from = this.#table.places[segment]! * this.#table.spec.sources.length * size;
      for (const [c, source] of this.#channels.entries()) {
        const picture = bytes.subarray(from + source * size, from + (source + 1) * size);
        fillChannel(examples, i * size * nChannels + c, picture, nMels, nFrames, nChannels);
      }
    }
    return examples;
  }

  async #recording(recording: number): Promise<Uint8Array> {
    const kept = this.#kept.get(recording);
    if (kept) return kept;
    const found = await this.#cache.get<RecordedSegments>(this.#table.keys[recording]!);
    if (!found) throw new StemscapeError('internal', 'Spectrograms that were kept for the training are gone.');
    if (this.#nBytes + found.bytes.length <= MAX_KEPT_BYTES) {
      this.#kept.set(recording, found.bytes);
      this.#nBytes += found.bytes.length;
    }
    return found.bytes;
  }
}

/** A picture [nFrames x nMels] turned to [nMels x nFrames], as one of the channels. */
function fillChannel(
  examples: Float32Array,
  at: number,
  picture: Uint8Array,
  nMels: number,
  nFrames: number,
  nChannels: number,
): void {
  for (let frame = 0; frame < nFrames; frame++) {
    const row = frame * nMels;
    for (let mel = 0; mel < nMels; mel++) examples[at + (mel * nFrames + frame) * nChannels] = picture[row + mel]! / 255;
  }
}
