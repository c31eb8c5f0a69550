// Draws the overview of a track while it streams by: the peak of each slice, without knowing the length beforehand.
import { WAVEFORM_SLICES } from '../config/audio-profile.ts';
import type { StereoBlock } from './stereo-block.ts';

/** Bins kept while the length is unknown; when they are full, neighbours are merged and each covers twice as much. */
const MAX_BINS = 8 * WAVEFORM_SLICES;
const FIRST_BIN_SAMPLES = 32;
const FULL_SCALE = 255;

export class WaveformMeter {
  readonly #bins = new Float32Array(MAX_BINS);
  #binSamples = FIRST_BIN_SAMPLES;
  #nFull = 0;
  #filled = 0;

  push({ left, right }: StereoBlock): void {
    for (let at = 0; at < left.length; ) {
      if (this.#nFull === MAX_BINS) this.#halve();
      const end = Math.min(left.length, at + this.#binSamples - this.#filled);
      let peak = this.#bins[this.#nFull]!;
      for (let i = at; i < end; i++) {
        const l = Math.abs(left[i]!);
        const r = Math.abs(right[i]!);
        if (l > peak) peak = l;
        if (r > peak) peak = r;
      }
      this.#bins[this.#nFull] = peak;
      this.#filled += end - at;
      at = end;
      if (this.#filled === this.#binSamples) {
        this.#nFull++;
        this.#filled = 0;
      }
    }
  }

  #halve(): void {
    const bins = this.#bins;
    for (let i = 0; i < MAX_BINS / 2; i++) bins[i] = Math.max(bins[2 * i]!, bins[2 * i + 1]!);
    bins.fill(0, MAX_BINS / 2);
    this.#nFull = MAX_BINS / 2;
    this.#binSamples *= 2;
  }

  /** Uint8Array [WAVEFORM_SLICES], peak magnitude of both channels per slice of the track, 255 = full scale or above. */
  slices(): Uint8Array {
    const nBins = this.#nFull + (this.#filled > 0 ? 1 : 0);
    const slices = new Uint8Array(WAVEFORM_SLICES);
    for (let s = 0; s < WAVEFORM_SLICES; s++) {
      const from = Math.floor((s * nBins) / WAVEFORM_SLICES);
      const to = Math.min(nBins, Math.max(from + 1, Math.ceil(((s + 1) * nBins) / WAVEFORM_SLICES)));
      let peak = 0;
      for (let b = from; b < to; b++) peak = Math.max(peak, this.#bins[b]!);
      slices[s] = Math.round(FULL_SCALE * Math.min(1, peak));
    }
    return slices;
  }
}
