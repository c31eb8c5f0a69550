// Chroma: the power spectrum folded into the twelve pitch classes (librosa 0.11, filters.chroma and feature.chroma_stft).

export const N_CHROMA = 12;
/** A0 = 27.5 Hz: octaves are counted from A 440 / 16. */
const OCTAVE_ZERO_HZ = 27.5;
/** Bins count most around octave 5 (880 Hz), falling off two octaves wide. */
const CENTRE_OCTAVE = 5;
const WIDTH_OCTAVES = 2;
/** Below the first bin the scale is continued by one and a half octaves. */
const FIRST_BIN_OCTAVES = 1.5;
/** Pitch classes are counted from C; octaves from A: three semitones apart. */
const SEMITONES_A_TO_C = 3;

const banks = new Map<string, Float64Array>();

/** Filter bank, Float64Array [nBins x 12], pitch classes from C upwards; tuned to A = 440 Hz. */
export function chromaFilters(sampleRateHz: number, fftSamples: number): Float64Array {
  const key = `${sampleRateHz},${fftSamples}`;
  const known = banks.get(key);
  if (known) return known;
  const nBins = fftSamples / 2 + 1;
  const pitches = Float64Array.from(
    { length: nBins + 1 },
    (_, k) => N_CHROMA * Math.log2((k * sampleRateHz) / fftSamples / OCTAVE_ZERO_HZ),
  );
  pitches[0] = pitches[1]! - FIRST_BIN_OCTAVES * N_CHROMA;
  const bank = new Float64Array(nBins * N_CHROMA);
  for (let k = 0; k < nBins; k++) {
    const width = Math.max(pitches[k + 1]! - pitches[k]!, 1);
    const weights = Array.from({ length: N_CHROMA }, (_, c) => Math.exp(-0.5 * ((2 * circular(pitches[k]! - c)) / width) ** 2));
    const norm = Math.hypot(...weights);
    const octave = Math.exp(-0.5 * ((pitches[k]! / N_CHROMA - CENTRE_OCTAVE) / WIDTH_OCTAVES) ** 2);
    weights.forEach((weight, c) => {
      const pitchClass = (c - SEMITONES_A_TO_C + N_CHROMA) % N_CHROMA;
      bank[k * N_CHROMA + pitchClass] = (weight / norm) * octave;
    });
  }
  banks.set(key, bank);
  return bank;
}

/** Semitones wrapped to -6..6. */
function circular(semitones: number): number {
  const half = N_CHROMA / 2;
  return ((((semitones + half) % N_CHROMA) + N_CHROMA) % N_CHROMA) - half;
}

/**
 * Chroma of each frame, its largest value 1 (0 in silence).
 * @param power Float32Array [nFrames x (fftSamples / 2 + 1)]
 * @returns Float32Array [nFrames x 12], 0..1, from C upwards
 */
export function chromaFromPower(power: Float32Array, sampleRateHz: number, fftSamples: number): Float32Array {
  const nBins = fftSamples / 2 + 1;
  const nFrames = power.length / nBins;
  const bank = chromaFilters(sampleRateHz, fftSamples);
  const chroma = new Float32Array(nFrames * N_CHROMA);
  const sums = new Float64Array(N_CHROMA);
  for (let frame = 0; frame < nFrames; frame++) {
    sums.fill(0);
    for (let k = 0; k < nBins; k++) {
      const value = power[frame * nBins + k]!;
      for (let c = 0; c < N_CHROMA; c++) sums[c] = sums[c]! + value * bank[k * N_CHROMA + c]!;
    }
    const max = Math.max(...sums);
    if (max > Number.MIN_VALUE) for (let c = 0; c < N_CHROMA; c++) chroma[frame * N_CHROMA + c] = sums[c]! / max;
  }
  return chroma;
}

/**
 * How much each pitch class sounds over a whole window: magnitudes of the local maxima of each frame's spectrum, folded. Peaks
 * leave out drums and noise; magnitudes instead of powers keep one loud chord from deciding alone.
 * @param power Float32Array [nFrames x (fftSamples / 2 + 1)]
 * @returns Float64Array [12], any scale, from C upwards
 */
export function tonalProfile(power: Float32Array, sampleRateHz: number, fftSamples: number): Float64Array {
  const nBins = fftSamples / 2 + 1;
  const peaks = new Float64Array(nBins);
  for (let row = 0; row < power.length; row += nBins) {
    for (let k = 1; k < nBins - 1; k++) {
      const value = power[row + k]!;
      if (value > power[row + k - 1]! && value >= power[row + k + 1]!) peaks[k] = peaks[k]! + Math.sqrt(value);
    }
  }
  const bank = chromaFilters(sampleRateHz, fftSamples);
  const profile = new Float64Array(N_CHROMA);
  for (let k = 0; k < nBins; k++) {
    for (let c = 0; c < N_CHROMA; c++) profile[c] = profile[c]! + peaks[k]! * bank[k * N_CHROMA + c]!;
  }
  return profile;
}
