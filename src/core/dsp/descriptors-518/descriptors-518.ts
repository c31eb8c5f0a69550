// The 518 track descriptors of the FMA dataset (Defferrard, Benzi, Vandergheynst and Bresson 2017, features.py): seven statistics of 74
// values over the frames of all analysis windows.
import { MEL_PROFILE, type MelProfile } from '../../config/audio-profile.ts';
import { chromaFromPower, N_CHROMA } from '../chroma.ts';
import type { WindowSpectra } from '../descriptors.ts';
import { constantQ } from './constant-q.ts';
import { chromaCens, chromaCqt, N_TONNETZ, tonnetz } from './cqt-chroma.ts';
import { mfcc, N_MFCC } from './mfcc.ts';
import { N_CONTRAST, spectralContrast, spectralShape, zeroCrossings } from './spectral-rows.ts';
import { STATISTICS, statistics } from './statistics.ts';

/** Values of each family, in order. */
const FAMILIES = [
  ['chroma_cens', N_CHROMA],
  ['chroma_cqt', N_CHROMA],
  ['chroma_stft', N_CHROMA],
  ['mfcc', N_MFCC],
  ['spectral_shape', 4],
  ['spectral_contrast', N_CONTRAST],
  ['tonnetz', N_TONNETZ],
  ['zcr', 1],
] as const;
const SHAPE_NAMES = ['rmse', 'spectral_centroid', 'spectral_bandwidth', 'spectral_rolloff'];

/** "mfcc.03.kurtosis", "rmse.01.mean": family, number from 01, statistic. */
export const DESCRIPTOR_NAMES: readonly string[] = FAMILIES.flatMap(([family, n]) =>
  Array.from({ length: n }, (_, i) => {
    const name = family === 'spectral_shape' ? `${SHAPE_NAMES[i]}.01` : `${family}.${String(i + 1).padStart(2, '0')}`;
    return STATISTICS.map((statistic) => `${name}.${statistic}`);
  }).flat(),
);

export const N_DESCRIPTORS = DESCRIPTOR_NAMES.length;

/**
 * Each window is a signal of its own; the frames of all are pooled.
 * @param windows at least one
 * @returns Float32Array [518], in the order of DESCRIPTOR_NAMES, all finite
 */
export function descriptors518(windows: readonly WindowSpectra[], profile: MelProfile = MEL_PROFILE): Float32Array {
  const rows = windows.map((window) => framesOf(window, profile));
  const out = new Float32Array(N_DESCRIPTORS);
  let at = 0;
  for (const [family, [, width]] of FAMILIES.entries()) {
    for (let i = 0; i < width; i++, at += STATISTICS.length) {
      out.set(
        statistics(
          pooled(
            rows.map((tables) => tables[family]!),
            width,
            i,
          ),
        ),
        at,
      );
    }
  }
  return out;
}

/** Float32Array [nFrames x width] for each family. */
function framesOf({ mono, power, mel }: WindowSpectra, profile: MelProfile): Float32Array[] {
  const cqt = constantQ(mono, profile.sampleRateHz, profile.hopSamples);
  const cens = chromaCens(cqt);
  return [
    cens,
    chromaCqt(cqt),
    chromaFromPower(power, profile.sampleRateHz, profile.fftSamples),
    mfcc(mel, profile.nMels),
    spectralShape(power, profile),
    spectralContrast(power, profile),
    tonnetz(cens),
    zeroCrossings(mono, profile),
  ];
}

/** One column of every window's table, one after the other. */
function pooled(tables: readonly Float32Array[], width: number, column: number): Float64Array {
  const lengths = tables.map((table) => table.length / width);
  const values = new Float64Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const [t, table] of tables.entries())
    for (let frame = 0; frame < lengths[t]!; frame++) values[at++] = table[frame * width + column]!;
  return values;
}
