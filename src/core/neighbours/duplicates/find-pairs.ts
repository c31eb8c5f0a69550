// Pairs of tracks that hold the same sound: candidates share words of their fingerprints, and are laid over each other there.
import type { DuplicateKind, DuplicatePair } from '../../domain/duplicate.ts';
import { FINGERPRINT_HOP_SEC } from '../../dsp/fingerprint.ts';
import { overlapAt, roughErrorRate } from '../../dsp/fingerprint-match.ts';
import { eachSharedWord } from './shared-words.ts';

export interface Fingerprinted {
  trackId: number;
  durationSec: number;
  /** Uint32Array [nHops] */
  words: Uint32Array;
}

/** Shares of differing bits below which sounds are the same (figures: bench/duplicates.ts; unrelated ones differ by 0.45 and more). */
const MAX_SAME_ERRORS = 0.28;
const MAX_NEAR_ERRORS = 0.35;
/** A recording as a whole: what is before it and the lengths differ by no more. */
const MAX_SAME_SHIFT_SEC = 6;
/** Less in common says nothing, about 5 s. */
export const MIN_WORDS = 40;
/** So many words tell whether a closer look is worth it, and the share of wrong bits up to which it is: most candidates share a word by chance. */
const N_SAMPLED = 32;
const MAX_ROUGH_ERRORS = 0.42;
/** Of the shorter fingerprint, so much must lie on the other. */
const MIN_SHARE = 0.4;

/** @param tracks in the order of their ids */
export function findDuplicatePairs(tracks: readonly Fingerprinted[], onProgress?: (fraction: number) => void): DuplicatePair[] {
  const found = new Map<number, DuplicatePair>();
  const visit = (a: number, b: number, word: number): void => {
    const key = a * tracks.length + b;
    if (found.get(key)?.kind === 'same') return;
    const pair = comparePair(tracks[a]!, tracks[b]!, word);
    if (pair && pair.agreement > (found.get(key)?.agreement ?? 0)) found.set(key, pair);
  };
  eachSharedWord(
    tracks.map(({ words }) => words),
    visit,
    onProgress,
  );
  return [...found.values()].sort((p, q) => p.a - q.a || p.b - q.b);
}

/** The two laid over each other where both have the word, and a hop beside: windows seldom begin at the same sample. */
function comparePair(a: Fingerprinted, b: Fingerprinted, word: number): DuplicatePair | null {
  const offset = a.words.indexOf(word) - b.words.indexOf(word);
  if (roughErrorRate(a.words, b.words, offset, N_SAMPLED) > MAX_ROUGH_ERRORS) return null;
  const shorter = Math.min(a.words.length, b.words.length);
  let [best, bestOffset] = [1, offset];
  for (const shifted of [offset, offset - 1, offset + 1]) {
    const { errorRate, nWords } = overlapAt(a.words, b.words, shifted);
    if (nWords >= Math.max(MIN_WORDS, MIN_SHARE * shorter) && errorRate < best) [best, bestOffset] = [errorRate, shifted];
  }
  if (best > MAX_NEAR_ERRORS) return null;
  const offsetSec = bestOffset * FINGERPRINT_HOP_SEC;
  return { kind: kindOf(a, b, best, offsetSec), a: a.trackId, b: b.trackId, agreement: 1 - best, offsetSec };
}

function kindOf(a: Fingerprinted, b: Fingerprinted, errorRate: number, offsetSec: number): DuplicateKind {
  const isWhole = Math.abs(offsetSec) <= MAX_SAME_SHIFT_SEC && Math.abs(a.durationSec - b.durationSec) <= MAX_SAME_SHIFT_SEC;
  return isWhole && errorRate <= MAX_SAME_ERRORS ? 'same' : 'near';
}
