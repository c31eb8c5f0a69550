// A window as it would sound without one of its stems: the mixture's spectrum times what that stem's mask leaves.
import { istft } from '../dsp/stft.ts';
import type { SeparatorManifest } from '../nn/model-manifest.ts';
import type { Masks } from './masks.ts';
import type { StereoSpectrum } from './separator.ts';

/**
 * Mono mix without one stem; the phase is the mixture's.
 * @param stem place in STEMS
 * @returns Float32Array [nSamples], amplitude, at the separator's rate
 */
export function monoWithout(
  { left, right, nFrames, nBins }: StereoSpectrum,
  masks: Masks,
  stem: number,
  profile: SeparatorManifest['stft'],
  nSamples: number,
): Float32Array {
  const [re, im] = [new Float32Array(nFrames * nBins), new Float32Array(nFrames * nBins)];
  const [maskLeft, maskRight] = [new Float32Array(nBins), new Float32Array(nBins)];
  for (let frame = 0; frame < nFrames; frame++) {
    masks.readFrame(stem, 0, frame, maskLeft);
    masks.readFrame(stem, 1, frame, maskRight);
    const row = frame * nBins;
    for (let bin = 0; bin < nBins; bin++) {
      const [l, r] = [(1 - maskLeft[bin]!) / 2, (1 - maskRight[bin]!) / 2];
      re[row + bin] = left.re[row + bin]! * l + right.re[row + bin]! * r;
      im[row + bin] = left.im[row + bin]! * l + right.im[row + bin]! * r;
    }
  }
  return istft({ re, im, nFrames, nBins }, profile, nSamples);
}
