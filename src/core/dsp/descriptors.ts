// Describes a track from its analysis windows: tempo, key, energy and the shape of its spectrum, from one transform per window.
import { MEL_PROFILE, type MelProfile } from '../config/audio-profile.ts';
import type { SpectralSummary } from '../domain/track.ts';
import { N_CHROMA, tonalProfile } from './chroma.ts';
import { energyOf } from './energy.ts';
import { estimateKey } from './key.ts';
import { melFromPower } from './mel.ts';
import { countOnsets, onsetStrength } from './onset.ts';
import { summarizeSpectrum } from './spectral-summary.ts';
import { powerSpectrogram } from './stft.ts';
import { estimateTempo } from './tempo.ts';

/** A window's sound and the spectra that both the descriptors and the classifier read. */
export interface WindowSpectra {
  /** Float32Array [nSamples], amplitude, at profile.sampleRateHz. */
  mono: Float32Array;
  /** Float32Array [nFrames x (fftSamples / 2 + 1)], power. */
  power: Float32Array;
  /** Float32Array [nFrames x nMels], power; equal to `melPower`. */
  mel: Float32Array;
  nFrames: number;
}

export interface Descriptors {
  /** 40..240; null when there is no pulse. */
  tempoBpm: number | null;
  /** 0..1 */
  tempoConfidence: number;
  /** "A minor"; null when no tone stands out. */
  key: string | null;
  /** 0..1 */
  keyConfidence: number;
  /** 0 calm .. 1 intense. */
  energy: number;
  /** Mean over all frames of all windows. */
  spectral: SpectralSummary;
}

/** The one transform of a window. @param mono Float32Array [nSamples], amplitude, at profile.sampleRateHz */
export function windowSpectra(mono: Float32Array, profile: MelProfile = MEL_PROFILE): WindowSpectra {
  const power = powerSpectrogram(mono, { ...profile, pad: 'zero' });
  const mel = melFromPower(power, profile);
  return { mono, power, mel, nFrames: mel.length / profile.nMels };
}

/**
 * @param windows at least one
 * @param loudnessLufs integrated loudness of the whole track; null for silence
 */
export function describeWindows(
  windows: readonly WindowSpectra[],
  loudnessLufs: number | null,
  profile: MelProfile = MEL_PROFILE,
): Descriptors {
  const { sampleRateHz, fftSamples, hopSamples, nMels } = profile;
  const strengths = windows.map(({ mel }) => onsetStrength(mel, nMels, fftSamples, hopSamples));
  const tempo = estimateTempo(strengths, sampleRateHz / hopSamples);
  const key = estimateKey(pitchClasses(windows, profile));
  const spectral = meanSummary(windows.map(({ power, mono }) => summarizeSpectrum(power, mono, profile)));
  const nOnsets = strengths.reduce((sum, strength) => sum + countOnsets(strength), 0);
  const seconds = windows.reduce((sum, { mono }) => sum + mono.length, 0) / sampleRateHz;
  return {
    tempoBpm: tempo?.bpm ?? null,
    tempoConfidence: tempo?.confidence ?? 0,
    key: key?.name ?? null,
    keyConfidence: key?.confidence ?? 0,
    energy: energyOf({ loudnessLufs, onsetsPerSec: nOnsets / seconds, centroidHz: spectral.centroidHz }),
    spectral,
  };
}

/** Float64Array [12]: the windows' tonal profiles added up. */
function pitchClasses(windows: readonly WindowSpectra[], { sampleRateHz, fftSamples }: MelProfile): Float64Array {
  const profiles = windows.map(({ power }) => tonalProfile(power, sampleRateHz, fftSamples));
  return new Float64Array(N_CHROMA).map((_, c) => profiles.reduce((sum, profile) => sum + profile[c]!, 0));
}

function meanSummary(summaries: readonly SpectralSummary[]): SpectralSummary {
  const mean = (field: keyof SpectralSummary): number => summaries.reduce((sum, s) => sum + s[field], 0) / summaries.length;
  return {
    centroidHz: mean('centroidHz'),
    bandwidthHz: mean('bandwidthHz'),
    rolloffHz: mean('rolloffHz'),
    flatness: mean('flatness'),
    zeroCrossingRate: mean('zeroCrossingRate'),
  };
}
