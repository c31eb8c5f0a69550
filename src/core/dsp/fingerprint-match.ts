// How alike two fingerprints are, laid over each other.

/** Silence has the word 0 throughout; where both are silent there is nothing to compare. */
const SILENCE = 0;

export interface FingerprintOverlap {
  /** Share of differing bits, 0..1; 0.5 for unrelated sounds. */
  errorRate: number;
  /** Words compared. */
  nWords: number;
}

/**
 * A quick estimate of the same share from `nSampled` words, evenly spread over the overlap.
 * @returns 0..1; 0.5 on average for unrelated sounds, 1 where nothing overlaps
 */
export function roughErrorRate(a: Uint32Array, b: Uint32Array, offset: number, nSampled: number): number {
  const start = Math.max(0, offset);
  const end = Math.min(a.length, b.length + offset);
  const step = Math.max(1, Math.floor((end - start) / nSampled));
  let [nErrors, nWords] = [0, 0];
  for (let i = start; i < end; i += step) {
    const [u, v] = [a[i]!, b[i - offset]!];
    if (u === SILENCE && v === SILENCE) continue;
    nErrors += bitCount(u ^ v);
    nWords++;
  }
  return nWords > 0 ? nErrors / (32 * nWords) : 1;
}

/**
 * The share of differing bits where word i of `a` lies on word i - offset of `b` (Haitsma & Kalker 2002, section 4.2: bit error rate).
 * @param a Uint32Array [nHops]
 * @param b Uint32Array [nHops]
 */
export function overlapAt(a: Uint32Array, b: Uint32Array, offset: number): FingerprintOverlap {
  const end = Math.min(a.length, b.length + offset);
  let [nErrors, nWords] = [0, 0];
  for (let i = Math.max(0, offset); i < end; i++) {
    const [u, v] = [a[i]!, b[i - offset]!];
    if (u === SILENCE && v === SILENCE) continue;
    nErrors += bitCount(u ^ v);
    nWords++;
  }
  return { errorRate: nWords > 0 ? nErrors / (32 * nWords) : 1, nWords };
}

/** Set bits of a 32-bit word (Warren, Hacker's Delight, figure 5-2). */
export function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
