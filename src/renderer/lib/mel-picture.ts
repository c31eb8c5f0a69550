// The mel spectrogram as pixels and axes: bytes in time order become an image with low tones at the bottom.
import { MEL_PROFILE } from '../../contract/index.ts';

const LINEAR_MEL_HZ = 200 / 3;
const LOG_START_HZ = 1000;
const LOG_START_MEL = LOG_START_HZ / LINEAR_MEL_HZ;
const LOG_STEP = Math.log(6.4) / 27;

/** Slaney's mel scale: linear to 1 kHz, logarithmic above. */
export function hertzToMel(hertz: number): number {
  return hertz < LOG_START_HZ ? hertz / LINEAR_MEL_HZ : LOG_START_MEL + Math.log(hertz / LOG_START_HZ) / LOG_STEP;
}

/** Height of a frequency in the picture: 0 = bottom edge, 1 = top edge. */
export function melHeight(hertz: number): number {
  const low = hertzToMel(MEL_PROFILE.fMinHz);
  const high = hertzToMel(MEL_PROFILE.fMaxHz);
  // Band m is centred on point m + 1 of nMels + 2 points.
  const band = ((hertzToMel(hertz) - low) / (high - low)) * (MEL_PROFILE.nMels + 1) - 1;
  return (band + 0.5) / MEL_PROFILE.nMels;
}

/** Frames of `bytes` [nFrames x nMels]. */
export function melFrames(bytes: Uint8Array): number {
  return Math.floor(bytes.length / MEL_PROFILE.nMels);
}

/** Uint8 [nFrames x nMels] -> Uint32 [nMels x nFrames] of pixels, lowest band in the last row. */
export function melPixels(bytes: Uint8Array, colours: Uint32Array): Uint32Array<ArrayBuffer> {
  const { nMels } = MEL_PROFILE;
  const nFrames = melFrames(bytes);
  const pixels = new Uint32Array(nFrames * nMels);
  for (let frame = 0; frame < nFrames; frame++) {
    for (let mel = 0; mel < nMels; mel++) {
      pixels[(nMels - 1 - mel) * nFrames + frame] = colours[bytes[frame * nMels + mel]!]!;
    }
  }
  return pixels;
}

/** Round times inside a window, about `count` of them. */
export function timeTicks(startSec: number, lengthSec: number, count = 5): number[] {
  const steps = [0.5, 1, 2, 5, 10, 15, 30, 60];
  const step = steps.find((candidate) => lengthSec / candidate <= count) ?? 60;
  const ticks: number[] = [];
  for (let time = Math.ceil(startSec / step) * step; time <= startSec + lengthSec; time += step) ticks.push(time);
  return ticks;
}
