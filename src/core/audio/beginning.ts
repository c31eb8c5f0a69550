// Keeps the beginning of a track while it streams by: mono, at the rate its fingerprint is made from.
import { DECODE_RATE_HZ } from '../config/audio-profile.ts';
import { FINGERPRINT_RATE_HZ } from '../dsp/fingerprint.ts';
import { halve } from './resample.ts';
import type { StereoBlock } from './stereo-block.ts';

/** What a fingerprint covers. */
export const BEGINNING_SEC = 120;
/** Means of so many samples are kept, at twice the rate asked for; what they let through from above lies far from a fingerprint's bands. */
const STEP = DECODE_RATE_HZ / (2 * FINGERPRINT_RATE_HZ);
const MAX_KEPT = BEGINNING_SEC * 2 * FINGERPRINT_RATE_HZ;
const FIRST_KEPT = MAX_KEPT / 8;

export class BeginningMeter {
  #kept = new Float32Array(FIRST_KEPT);
  #length = 0;
  #sum = 0;
  #nSummed = 0;

  push({ left, right }: StereoBlock): void {
    if (this.#length === MAX_KEPT) return;
    let [sum, nSummed] = [this.#sum, this.#nSummed];
    for (let i = 0; i < left.length; i++) {
      sum += left[i]! + right[i]!;
      if (++nSummed < STEP) continue;
      this.#keep(sum / (2 * STEP));
      sum = 0;
      nSummed = 0;
    }
    this.#sum = sum;
    this.#nSummed = nSummed;
  }

  #keep(sample: number): void {
    if (this.#length === MAX_KEPT) return;
    if (this.#length === this.#kept.length) this.#grow();
    this.#kept[this.#length++] = sample;
  }

  #grow(): void {
    const larger = new Float32Array(Math.min(MAX_KEPT, 2 * this.#kept.length));
    larger.set(this.#kept);
    this.#kept = larger;
  }

  /** Float32Array [nSamples], amplitude, at FINGERPRINT_RATE_HZ, BEGINNING_SEC at most. */
  samples(): Float32Array {
    return halve(this.#kept.subarray(0, this.#length));
  }
}
