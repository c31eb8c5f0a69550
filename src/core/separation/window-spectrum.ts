// The separator's view of one analysis window: the STFT of both channels, and the mel spectrograms of the masked stems.
import { MEL_PROFILE } from '../config/audio-profile.ts';
import { STEMS, type Stem } from '../domain/stem.ts';
import type { StemShares } from '../domain/track.ts';
import { melFromPower } from '../dsp/mel.ts';
import { stft } from '../dsp/stft.ts';
import type { SeparatorManifest } from '../nn/model-manifest.ts';
import type { Masks } from './masks.ts';
import type { StereoSpectrum } from './separator.ts';

/** Centred STFT of a stereo window at 44.1 kHz, in the separator's profile. */
export function windowSpectrum(left: Float32Array, right: Float32Array, profile: SeparatorManifest['stft']): StereoSpectrum {
  const frames = { fftSamples: profile.fftSamples, hopSamples: profile.hopSamples, pad: 'reflect' as const };
  const [l, r] = [stft(left, frames), stft(right, frames)];
  return { left: l, right: r, nFrames: l.nFrames, nBins: l.nBins };
}

/** Mel power of each stem's mono mix, Float32Array [nFrames x nMels] in the engine's mel profile. */
export type StemMels = Record<Stem, Float32Array>;

/**
 * Mel spectrograms of the four stems, straight from the masked spectrum: half the rate with half the points has the same
 * frames and bins, and half as many samples to sum, hence the factor 1/4 in power. It is the masked spectrum itself, before
 * an inverse transform would smear it over neighbouring frames: the power is the same, single bins differ by 1 to 3 dB
 * (tests/core/separation/window-spectrum.test.ts), and four inverse transforms, resamplers and STFTs a window are saved.
 */
export function stemMels(spectrum: StereoSpectrum, masks: Masks): StemMels {
  const nBins = MEL_PROFILE.fftSamples / 2 + 1;
  const maskLeft = new Float32Array(nBins);
  const maskRight = new Float32Array(nBins);
  const power = new Float32Array(spectrum.nFrames * nBins);
  const { left, right } = spectrum;
  const mels = {} as StemMels;
  STEMS.forEach((stem, index) => {
    for (let frame = 0; frame < spectrum.nFrames; frame++) {
      masks.readFrame(index, 0, frame, maskLeft);
      masks.readFrame(index, 1, frame, maskRight);
      const row = frame * spectrum.nBins;
      const out = frame * nBins;
      for (let bin = 0; bin < nBins; bin++) {
        const re = left.re[row + bin]! * maskLeft[bin]! + right.re[row + bin]! * maskRight[bin]!;
        const im = left.im[row + bin]! * maskLeft[bin]! + right.im[row + bin]! * maskRight[bin]!;
        // Half the sum of both channels is the mono mix: 1/4 in power; a quarter again for the halved rate.
        power[out + bin] = (re * re + im * im) / 16;
      }
    }
    mels[stem] = melFromPower(power, MEL_PROFILE);
  });
  return mels;
}

/** The stems' mel spectrograms in one window, and the power of each. */
export interface SeparatedWindow {
  mels: StemMels;
  powers: StemShares;
}

export function withPowers(mels: StemMels): SeparatedWindow {
  return { mels, powers: Object.fromEntries(STEMS.map((stem) => [stem, totalPower(mels[stem])])) as StemShares };
}

/** Sum of a mel spectrogram's power. */
export function totalPower(mel: Float32Array): number {
  let sum = 0;
  for (const value of mel) sum += value;
  return sum;
}
