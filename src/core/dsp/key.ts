// Musical key: the sound of the twelve pitch classes compared with the pitch-class profiles of the 24 major and minor keys (Krumhansl & Schmuckler).
import { N_CHROMA } from './chroma.ts';

export interface KeyGuess {
  /** "A minor", "F# major" */
  name: string;
  /** 0..1: correlation with the key's profile, halved where another key fits as well. */
  confidence: number;
}

const PITCH_NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'] as const;

/** Pitch-class shares from C in C major and C minor: Albrecht & Shanahan, "The use of large corpora to train a new type of key-finding algorithm", Music Perception 31 (2013). */
const PROFILES = {
  major: [0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.08, 0.008, 0.081],
  minor: [0.22, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052],
} as const;

/** Lead over the second-best key, in correlation, that counts as clear. */
const CLEAR_LEAD = 0.2;
/** Chroma that varies less than this has no key: noise, drums, silence. */
const MIN_DEVIATION = 0.01;

/**
 * The key of a track.
 * @param chroma [12] from C upwards, any scale
 * @returns null when no tone stands out
 */
export function estimateKey(chroma: ArrayLike<number>): KeyGuess | null {
  const total = Array.from(chroma).reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return null;
  const shares = Array.from(chroma, (value) => value / total);
  if (Math.sqrt(variance(shares)) < MIN_DEVIATION) return null;
  const ranked = Object.entries(PROFILES)
    .flatMap(([mode, profile]) =>
      PITCH_NAMES.map((tonic, t) => ({ name: `${tonic} ${mode}`, score: correlation(shares, rotated(profile, t)) })),
    )
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (!best || !second || best.score <= 0) return null;
  const lead = Math.min(1, (best.score - second.score) / CLEAR_LEAD);
  return { name: best.name, confidence: best.score * (0.5 + 0.5 * lead) };
}

/** The profile with its tonic on another pitch class. */
function rotated(profile: readonly number[], tonic: number): number[] {
  return profile.map((_, c) => profile[(c - tonic + N_CHROMA) % N_CHROMA]!);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
}

/** Pearson's correlation coefficient. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const covariance = meanOf(a.map((value, i) => (value - meanA) * (b[i]! - meanB)));
  return covariance / Math.sqrt(variance(a) * variance(b));
}
