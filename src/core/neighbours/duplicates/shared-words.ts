// Pairs of tracks whose fingerprints share words: the candidates for duplicates, without comparing every track with every other.
import { bitCount } from '../../dsp/fingerprint-match.ts';

/** Entries sorted at a time, 8 bytes each: larger libraries are gone through in several passes over parts of the words. */
const MAX_ENTRIES = 8_000_000;
/** A word with fewer or more bits set is of near silence, and common. */
const MIN_BITS = 4;
const MAX_BITS = 28;
/** A word that many tracks share pairs each with so many others at most: copies of a recording share many words. */
const MAX_PARTNERS = 8;
/** Places of tracks that fit beside a word in the 53 bits of a float64. */
const MAX_TRACKS = 2 ** 20;

/**
 * Visits pairs that share a word, a < b, the same pair perhaps often.
 * @param fingerprints at most MAX_TRACKS
 * @param onProgress fraction done, 0..1, several times a pass
 */
export function eachSharedWord(
  fingerprints: readonly Uint32Array[],
  visit: (a: number, b: number, word: number) => void,
  onProgress: (fraction: number) => void = () => {},
  maxEntries = MAX_ENTRIES,
): void {
  if (fingerprints.length > MAX_TRACKS) throw new RangeError(`At most ${MAX_TRACKS} fingerprints can be compared.`);
  const nWords = fingerprints.reduce((sum, words) => sum + words.length, 0);
  const nPasses = Math.max(1, Math.ceil(nWords / maxEntries));
  for (let pass = 0; pass < nPasses; pass++) {
    const entries = entriesOf(fingerprints, pass, nPasses);
    eachBucket(entries, visit, (fraction) => onProgress((pass + fraction) / nPasses));
  }
}

/** word * MAX_TRACKS + place, ascending; of one pass's words. */
function entriesOf(fingerprints: readonly Uint32Array[], pass: number, nPasses: number): Float64Array {
  const belongs = (word: number): boolean => nPasses === 1 || (Math.imul(word, 0x9e3779b1) >>> 0) % nPasses === pass;
  const isTelling = (word: number): boolean => {
    const n = bitCount(word);
    return n >= MIN_BITS && n <= MAX_BITS;
  };
  let n = 0;
  for (const words of fingerprints) for (const word of words) if (belongs(word) && isTelling(word)) n++;
  const entries = new Float64Array(n);
  let at = 0;
  for (const [place, words] of fingerprints.entries()) {
    for (const word of words) if (belongs(word) && isTelling(word)) entries[at++] = word * MAX_TRACKS + place;
  }
  return entries.sort();
}

const PROGRESS_STEP = 100_000;

function eachBucket(
  entries: Float64Array,
  visit: (a: number, b: number, word: number) => void,
  onProgress: (fraction: number) => void,
): void {
  for (let i = 0; i < entries.length; i++) {
    if (i % PROGRESS_STEP === 0) onProgress(i / entries.length);
    const word = Math.floor(entries[i]! / MAX_TRACKS);
    const place = entries[i]! % MAX_TRACKS;
    let [last, nPartners] = [place, 0];
    for (let j = i + 1; j < entries.length && nPartners < MAX_PARTNERS; j++) {
      if (Math.floor(entries[j]! / MAX_TRACKS) !== word) break;
      const other = entries[j]! % MAX_TRACKS;
      if (other === last) continue;
      visit(place, other, word);
      last = other;
      nPartners++;
    }
  }
}
