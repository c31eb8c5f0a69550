// Programme loudness and loudness range while a track streams by (ITU-R BS.1770-4, EBU R128, EBU Tech 3342), at DECODE_RATE_HZ.
import { DECODE_RATE_HZ } from '../config/audio-profile.ts';
import { KWeighting } from './k-weighting.ts';
import type { StereoBlock } from './stereo-block.ts';

/** All measures are built from steps of 100 ms: a quarter of a gating block, so that blocks overlap by 75 %. */
const STEP_SAMPLES = DECODE_RATE_HZ / 10;
const STEPS_PER_BLOCK = 4;
/** Short-term loudness: 3 s (Tech 3341), here every 100 ms. */
const STEPS_PER_SHORT_TERM = 30;
/** BS.1770-4 equation 2: L = -0.691 + 10 log10(power). */
const OFFSET_LU = -0.691;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
/** Tech 3342: gate and percentiles of the loudness range. */
const RANGE_GATE_LU = -20;
const RANGE_LOW = 0.1;
const RANGE_HIGH = 0.95;
const FIRST_CAPACITY = 4096;

export class LoudnessMeter {
  readonly #isMono: boolean;
  readonly #left = new KWeighting();
  readonly #right = new KWeighting();
  /** K-weighted power of each 100 ms step, both channels added: 80 bytes a second, 860 KB for three hours. */
  #steps = new Float64Array(FIRST_CAPACITY);
  #nSteps = 0;
  #sum = 0;
  #filled = 0;

  /** @param nChannels of the file: BS.1770 counts a mono programme once, however many speakers then play it */
  constructor(nChannels: 1 | 2 = 2) {
    this.#isMono = nChannels === 1;
  }

  push({ left, right }: StereoBlock): void {
    for (let at = 0; at < left.length; ) {
      const end = Math.min(left.length, at + STEP_SAMPLES - this.#filled);
      this.#sum += this.#left.energy(left, at, end);
      if (!this.#isMono) this.#sum += this.#right.energy(right, at, end);
      this.#filled += end - at;
      at = end;
      if (this.#filled === STEP_SAMPLES) this.#closeStep();
    }
  }

  #closeStep(): void {
    if (this.#nSteps === this.#steps.length) {
      const grown = new Float64Array(2 * this.#nSteps);
      grown.set(this.#steps);
      this.#steps = grown;
    }
    this.#steps[this.#nSteps++] = this.#sum / STEP_SAMPLES;
    this.#sum = 0;
    this.#filled = 0;
  }

  /** Power of every run of `length` steps, one starting at each step: Float64Array, amplitude squared. */
  #powers(length: number): Float64Array {
    const powers = new Float64Array(Math.max(0, this.#nSteps - length + 1));
    for (let i = 0; i < powers.length; i++) {
      let sum = 0;
      for (let j = 0; j < length; j++) sum += this.#steps[i + j]!;
      powers[i] = sum / length;
    }
    return powers;
  }

  /** Integrated loudness, LUFS, gated at -70 LUFS and 10 LU below; null for silence or less than 400 ms. */
  integratedLufs(): number | null {
    const audible = gate(this.#powers(STEPS_PER_BLOCK), ABSOLUTE_GATE_LUFS);
    if (audible.length === 0) return null;
    return loudnessOf(meanOf(gate(audible, loudnessOf(meanOf(audible)) + RELATIVE_GATE_LU)));
  }

  /** Loudness range, LU >= 0: 10th to 95th percentile of gated short-term loudness; null for silence or less than 3 s. */
  rangeLu(): number | null {
    const audible = gate(this.#powers(STEPS_PER_SHORT_TERM), ABSOLUTE_GATE_LUFS);
    if (audible.length === 0) return null;
    const gated = gate(audible, loudnessOf(meanOf(audible)) + RANGE_GATE_LU).sort();
    const at = (share: number): number => loudnessOf(gated[Math.round((gated.length - 1) * share)]!);
    return at(RANGE_HIGH) - at(RANGE_LOW);
  }

  /** Largest sample magnitude, dB relative to full scale (above 0 where a lossy codec overshoots); null for digital silence. */
  samplePeakDbfs(): number | null {
    const peak = Math.max(this.#left.peak, this.#right.peak);
    return peak > 0 ? 20 * Math.log10(peak) : null;
  }
}

function loudnessOf(power: number): number {
  return OFFSET_LU + 10 * Math.log10(power);
}

function meanOf(powers: Float64Array): number {
  let sum = 0;
  for (const power of powers) sum += power;
  return sum / powers.length;
}

/** The powers louder than a threshold in LUFS. */
function gate(powers: Float64Array, thresholdLufs: number): Float64Array {
  const threshold = 10 ** ((thresholdLufs - OFFSET_LU) / 10);
  return powers.filter((power) => power > threshold);
}
