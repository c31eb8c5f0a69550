// Tempo from the autocorrelation of onset strength: combs of beat multiples, weighted by a log-normal prior over tempo.

export interface Tempo {
  /** 40..240 */
  bpm: number;
  /** 0..1: how regularly the onsets return at multiples of the beat. */
  confidence: number;
}

const MIN_BPM = 40;
const MAX_BPM = 240;
/** Prior of Ellis, "Beat tracking by dynamic programming" (2007): log-normal around 120 bpm, one octave wide. */
const PRIOR_BPM = 120;
const PRIOR_OCTAVES = 1;
/** Relative steps of the coarse and of the fine search. */
const COARSE_STEP = 1.005;
const FINE_STEP = 1.0005;
const FINE_RANGE = 1.04;
/** Teeth of the comb: the beat and its first multiples, as many as the window holds. */
const COMB_TEETH = 4;
const FINE_TEETH = 16;
/**
 * A candidate period is held to be two beats as far as onsets return after half of it more than this share as regularly ...
 */
const HALF_WEIGHT = 0.5;
const HALF_SHARE = 0.7;
/** ... and one and a half beats as far as they return after two thirds of it. */
const TWO_THIRDS_WEIGHT = 0.25;
/** Below this regularity there is no pulse. */
const MIN_REGULARITY = 0.12;
/** Below this standard deviation of onset strength, dB, nothing happens at all. */
const MIN_DEVIATION_DB = 0.05;
/** Smoothing of the onset curve, frames of standard deviation: clicks fall between frames. */
const SMOOTHING_FRAMES = 1;
/** Autocorrelation is trusted up to this share of a window. */
const MAX_LAG_SHARE = 0.6;

/**
 * The tempo that several windows of one track agree on.
 * @param strengths onset strength of each window, Float32Array [nFrames]
 * @param framesPerSec rate of the curves
 * @returns null when there is no pulse
 */
export function estimateTempo(strengths: readonly Float32Array[], framesPerSec: number): Tempo | null {
  const correlation = meanAutocorrelation(strengths);
  if (!correlation) return null;
  const lagOf = (bpm: number): number => (60 * framesPerSec) / bpm;
  let best = 0;
  let bestScore = -Infinity;
  for (let bpm = MIN_BPM; bpm <= MAX_BPM; bpm *= COARSE_STEP) {
    const lag = lagOf(bpm);
    if (lag >= correlation.length) continue;
    const score = prior(bpm) * (comb(correlation, lag, COMB_TEETH) - subdivision(correlation, lag));
    if (score > bestScore) [best, bestScore] = [bpm, score];
  }
  if (best === 0) return null;
  const bpm = refine(correlation, best, lagOf);
  const regularity = comb(correlation, lagOf(bpm), COMB_TEETH);
  if (regularity < MIN_REGULARITY) return null;
  return { bpm, confidence: Math.min(1, Math.max(0, regularity)) };
}

function prior(bpm: number): number {
  return Math.exp(-0.5 * (Math.log2(bpm / PRIOR_BPM) / PRIOR_OCTAVES) ** 2);
}

/** How much speaks for the beat being a half or two thirds of this period. */
function subdivision(correlation: Float64Array, lag: number): number {
  const whole = Math.max(0, valueAt(correlation, lag));
  const half = Math.max(0, valueAt(correlation, lag / 2) - HALF_SHARE * whole);
  const twoThirds = Math.max(0, valueAt(correlation, (2 * lag) / 3));
  return HALF_WEIGHT * half + TWO_THIRDS_WEIGHT * twoThirds;
}

/** Mean correlation at the multiples of a lag that lie within reach. */
function comb(correlation: Float64Array, lag: number, nTeeth: number): number {
  let sum = 0;
  let n = 0;
  for (let k = 1; k <= nTeeth && k * lag < correlation.length - 1; k++, n++) sum += valueAt(correlation, k * lag);
  return n > 0 ? sum / n : 0;
}

/** Looks closely around a tempo: many multiples of the beat fix its period far below the length of a frame. */
function refine(correlation: Float64Array, around: number, lagOf: (bpm: number) => number): number {
  let best = around;
  let bestScore = -Infinity;
  const high = Math.min(MAX_BPM, around * FINE_RANGE);
  for (let bpm = Math.max(MIN_BPM, around / FINE_RANGE); bpm <= high; bpm *= FINE_STEP) {
    const score = comb(correlation, lagOf(bpm), FINE_TEETH);
    if (score > bestScore) [best, bestScore] = [bpm, score];
  }
  return best;
}

/** Linear interpolation between lags. */
function valueAt(correlation: Float64Array, lag: number): number {
  const index = Math.floor(lag);
  const a = correlation[index] ?? 0;
  return a + (lag - index) * ((correlation[index + 1] ?? a) - a);
}

/** Autocorrelation of the windows that move, normalized to 1 at lag 0 and by overlap, weighted by length; null when none moves. */
function meanAutocorrelation(strengths: readonly Float32Array[]): Float64Array | null {
  const moving = strengths.map(standardized).filter((curve) => curve !== null);
  if (moving.length === 0) return null;
  const nLags = Math.floor(MAX_LAG_SHARE * Math.max(...moving.map((curve) => curve.length)));
  const mean = new Float64Array(nLags);
  for (let lag = 0; lag < nLags; lag++) {
    let sum = 0;
    let n = 0;
    for (const curve of moving) {
      const overlap = curve.length - lag;
      if (lag > MAX_LAG_SHARE * curve.length) continue;
      for (let i = 0; i < overlap; i++) sum += curve[i]! * curve[i + lag]!;
      n += overlap;
    }
    mean[lag] = n > 0 ? sum / n : 0;
  }
  const power = mean[0]!;
  return power > 0 ? mean.map((value) => value / power) : null;
}

/** Smoothed, with mean 0 and deviation 1; null when it hardly varies. */
function standardized(strength: Float32Array): Float64Array | null {
  const curve = smoothed(strength);
  const mean = curve.reduce((sum, value) => sum + value, 0) / curve.length;
  const deviation = Math.sqrt(curve.reduce((sum, value) => sum + (value - mean) ** 2, 0) / curve.length);
  return deviation > MIN_DEVIATION_DB ? curve.map((value) => (value - mean) / deviation) : null;
}

/** Convolution with a Gaussian. */
function smoothed(strength: Float32Array): Float64Array {
  const reach = 3 * SMOOTHING_FRAMES;
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / SMOOTHING_FRAMES) ** 2));
  const total = kernel.reduce((sum, value) => sum + value, 0);
  return Float64Array.from(strength, (_, i) => kernel.reduce((sum, w, j) => sum + w * (strength[i + j - reach] ?? 0), 0) / total);
}
