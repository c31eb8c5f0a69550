// Every track's sign codes in memory (120 bytes a track), so that a question about any mixture of sources goes through 100,000 of them
// in some milliseconds. What was analysed since the last question is read before the next one; tracks that
// have gone, or that another network heard since, are left to the caller.
import { signCode } from '../db/sign-code.ts';
import type { VectorStore, WeightedDirection } from '../db/vector-store.ts';
import { SILENT_DISTANCE } from '../domain/neighbour.ts';
import { SOURCES, type Source } from '../domain/stem.ts';

/** Scores are counted in so many steps to find where the best end; within a step they are sorted. */
const N_STEPS = 4096;

export class CodeIndex {
  readonly #vectors: Pick<VectorStore, 'codesAfter'>;
  readonly #byEncoder = new Map<string, CodeTable>();
  #lastRow = 0;

  constructor(vectors: Pick<VectorStore, 'codesAfter'>) {
    this.#vectors = vectors;
  }

  /**
   * The `limit` tracks of this network whose codes are nearest to all directions together, nearest first; ties by track. Bits that differ,
   * weighted and added up: half of them where a stem is silent, as where sounds are unrelated.
   */
  nearest(directions: readonly WeightedDirection[], encoder: string, limit: number): number[] {
    for (const { row, trackId, encoder: heardBy, codes } of this.#vectors.codesAfter(this.#lastRow)) {
      this.#lastRow = row;
      this.#tableOf(heardBy, codes.mixture!.length).set(trackId, codes);
    }
    return this.#byEncoder.get(encoder)?.nearest(directions, limit) ?? [];
  }

  #tableOf(encoder: string, nBytes: number): CodeTable {
    const known = this.#byEncoder.get(encoder);
    if (known) return known;
    const made = new CodeTable(nBytes);
    this.#byEncoder.set(encoder, made);
    return made;
  }
}

/** Codes of one network, all of one length. */
class CodeTable {
  readonly #nBytes: number;
  /** 32-bit words of one code. */
  readonly #nWords: number;
  readonly #rowOf = new Map<number, number>();
  #trackIds = new Int32Array(1024);
  /** By source: Uint32Array [capacity x nWords], and 1 where the source sounds. */
  #words: Record<Source, Uint32Array>;
  #sounds: Record<Source, Uint8Array>;

  constructor(nBytes: number) {
    this.#nBytes = nBytes;
    this.#nWords = Math.ceil(nBytes / 4);
    this.#words = bySource(() => new Uint32Array(1024 * this.#nWords));
    this.#sounds = bySource(() => new Uint8Array(1024));
  }

  set(trackId: number, codes: Record<Source, Uint8Array | null>): void {
    const row = this.#rowOf.get(trackId) ?? this.#rowOf.size;
    if (row === this.#trackIds.length) this.#grow();
    this.#rowOf.set(trackId, row);
    this.#trackIds[row] = trackId;
    for (const source of SOURCES) {
      const code = codes[source];
      const fits = code?.length === this.#nBytes;
      this.#sounds[source][row] = fits ? 1 : 0;
      if (fits) this.#words[source].set(wordsOf(code, this.#nWords), row * this.#nWords);
    }
  }

  nearest(directions: readonly WeightedDirection[], limit: number): number[] {
    const n = this.#rowOf.size;
    const scores = new Float32Array(n);
    for (const { source, weight, direction } of directions) this.#add(scores, source, weight, signCode(direction));
    const rows = smallest(scores, limit);
    const ids = this.#trackIds;
    return rows
      .sort((a, b) => scores[a]! - scores[b]! || ids[a]! - ids[b]!)
      .slice(0, limit)
      .map((row) => ids[row]!);
  }

  #add(scores: Float32Array, source: Source, weight: number, code: Uint8Array): void {
    const [words, sounds, nWords] = [this.#words[source], this.#sounds[source], this.#nWords];
    const wanted = wordsOf(code, nWords);
    const silent = weight * SILENT_DISTANCE * 4 * this.#nBytes;
    for (let row = 0, at = 0; row < scores.length; row++, at += nWords) {
      if (sounds[row] === 0) {
        scores[row] = scores[row]! + silent;
        continue;
      }
      let differing = 0;
      for (let w = 0; w < nWords; w++) differing += bitsSet(words[at + w]! ^ wanted[w]!);
      scores[row] = scores[row]! + weight * differing;
    }
  }

  #grow(): void {
    const ids = new Int32Array(2 * this.#trackIds.length);
    ids.set(this.#trackIds);
    this.#trackIds = ids;
    const [oldWords, oldSounds] = [this.#words, this.#sounds];
    this.#words = bySource((source) => widened(new Uint32Array(2 * oldWords[source].length), oldWords[source]));
    this.#sounds = bySource((source) => widened(new Uint8Array(2 * oldSounds[source].length), oldSounds[source]));
  }
}

/** Rows that hold at least the `limit` smallest scores, and few more. */
function smallest(scores: Float32Array, limit: number): number[] {
  let [least, most] = [Infinity, -Infinity];
  for (const score of scores) {
    if (score < least) least = score;
    if (score > most) most = score;
  }
  const scale = most > least ? (N_STEPS - 1) / (most - least) : 0;
  const counts = new Int32Array(N_STEPS);
  for (const score of scores) counts[Math.floor((score - least) * scale)]!++;
  let last = 0;
  for (let found = counts[0]!; found < limit && last < N_STEPS - 1; found += counts[last]!) last++;
  const rows: number[] = [];
  for (let row = 0; row < scores.length; row++) if (Math.floor((scores[row]! - least) * scale) <= last) rows.push(row);
  return rows;
}

/** How many bits of a 32-bit word are 1 (Warren, Hacker's Delight, figure 5-2). */
function bitsSet(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function wordsOf(code: Uint8Array, nWords: number): Uint32Array {
  const bytes = new Uint8Array(4 * nWords);
  bytes.set(code);
  return new Uint32Array(bytes.buffer);
}

function bySource<T>(make: (source: Source) => T): Record<Source, T> {
  return Object.fromEntries(SOURCES.map((source) => [source, make(source)])) as Record<Source, T>;
}

function widened<T extends Uint32Array | Uint8Array>(wider: T, old: T): T {
  wider.set(old);
  return wider;
}
