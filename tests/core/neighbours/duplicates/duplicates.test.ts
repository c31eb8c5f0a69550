import { describe, expect, it } from 'vitest';
import {
  bestFirst,
  type DuplicateFile,
  type DuplicatePair,
  isLosslessCodec,
  whyBest,
} from '../../../../src/core/domain/duplicate.ts';
import { FINGERPRINT_HOP_SEC } from '../../../../src/core/dsp/fingerprint.ts';
import { type Fingerprinted, findDuplicatePairs } from '../../../../src/core/neighbours/duplicates/find-pairs.ts';
import { groupDuplicates } from '../../../../src/core/neighbours/duplicates/group-pairs.ts';
import { eachSharedWord } from '../../../../src/core/neighbours/duplicates/shared-words.ts';
import { createRandom, type Random } from '../../../../src/core/training/random.ts';

const N_WORDS = 400;

const randomWords = (random: Random): Uint32Array => Uint32Array.from({ length: N_WORDS }, () => 2 ** 32 * random.next());

/** Every bit wrong with the probability given. */
function damaged(words: Uint32Array, share: number, random: Random): Uint32Array {
  return words.map((word) => {
    let changed = word;
    for (let bit = 0; bit < 32; bit++) if (random.next() < share) changed ^= 1 << bit;
    return changed >>> 0;
  });
}

const track = (trackId: number, words: Uint32Array, durationSec = 200): Fingerprinted => ({ trackId, words, durationSec });

describe('findDuplicatePairs', () => {
  it('finds the same recording with many bits wrong and a second of silence before it, and nothing else', () => {
    const random = createRandom(1);
    const songs = Array.from({ length: 40 }, () => randomWords(random));
    const copy = damaged(songs[7]!, 0.1, random);
    const late = Uint32Array.from([...new Uint32Array(8), ...damaged(songs[9]!, 0.05, random)]);
    const tracks = [...songs, copy, late].map((words, i) => track(i + 1, words));
    const pairs = findDuplicatePairs(tracks);
    expect(pairs.map(({ kind, a, b }) => ({ kind, a, b }))).toEqual([
      { kind: 'same', a: 8, b: 41 },
      { kind: 'same', a: 10, b: 42 },
    ]);
    expect(pairs[0]!.agreement).toBeCloseTo(0.9, 1);
    expect(pairs[1]!.offsetSec).toBeCloseTo(-8 * FINGERPRINT_HOP_SEC, 6);
  });

  it('takes another length, another beginning or too many wrong bits for another version', () => {
    const random = createRandom(2);
    const song = randomWords(random);
    const kindOf = (words: Uint32Array, durationSec: number) =>
      findDuplicatePairs([track(1, song), track(2, words, durationSec)])[0]?.kind;
    expect(kindOf(song, 203)).toBe('same');
    expect(kindOf(song, 230)).toBe('near');
    expect(kindOf(song.subarray(100), 200)).toBe('near');
    const worn = damaged(song, 0.31, random);
    // Words that stayed whole are rare at so many errors.
    worn.set(song.subarray(0, 5));
    expect(kindOf(worn, 200)).toBe('near');
    expect(kindOf(damaged(song, 0.5, random), 200)).toBeUndefined();
    expect(kindOf(song.subarray(370), 200)).toBeUndefined();
  });
});

describe('eachSharedWord', () => {
  it('visits the same pairs in one pass as in many', () => {
    const random = createRandom(3);
    const tracks = Array.from({ length: 30 }, () => Uint32Array.from({ length: 200 }, () => 0xf0f0 + random.below(3000)));
    const visited = (maxEntries: number): string[] => {
      const pairs: string[] = [];
      eachSharedWord(tracks, (a, b, word) => pairs.push(`${a} ${b} ${word}`), undefined, maxEntries);
      return pairs.sort();
    };
    expect(visited(1e6).length).toBeGreaterThan(1000);
    expect(visited(500)).toEqual(visited(1e6));
  });

  it('bounds what a word of many tracks costs, and reports how far it is', () => {
    const tracks = Array.from({ length: 500 }, () => Uint32Array.of(0x0ff0_0ff0));
    let n = 0;
    const fractions: number[] = [];
    eachSharedWord(
      tracks,
      () => n++,
      (fraction) => fractions.push(fraction),
    );
    expect(n).toBeLessThanOrEqual(500 * 8);
    expect(fractions).toEqual([0]);
  });
});

const file = (trackId: number, change: Partial<DuplicateFile> = {}): DuplicateFile => ({
  trackId,
  path: `/music/${trackId}`,
  title: null,
  artist: null,
  codec: 'MPEG 1 Layer 3',
  isLossless: false,
  bitRateBps: 128_000,
  sampleRateHz: 44_100,
  sizeBytes: 1,
  durationSec: 200,
  ...change,
});

describe('the best copy', () => {
  const flac = { codec: 'FLAC', isLossless: true, bitRateBps: 900_000 };

  it.each<[string, Partial<DuplicateFile>, Partial<DuplicateFile>, RegExp]>([
    ['is lossless', flac, { bitRateBps: 2_000_000 }, /lossless/],
    ['has the higher sample rate', { ...flac, sampleRateHz: 96_000 }, flac, /sample rate/],
    ['has the higher bit rate', { bitRateBps: 320_000 }, {}, /bit rate/],
    ['has a codec that does more with its bits', { codec: 'Opus' }, { bitRateBps: 160_000 }, /bit rate/],
    ['is whole', { durationSec: 204 }, {}, /longest/],
  ])('%s', (_, best, other, reason) => {
    for (const files of [
      [file(1, best), file(2, other)],
      [file(1, other), file(2, best)],
    ]) {
      const sorted = bestFirst(files);
      expect(sorted[0]).toMatchObject(best);
      expect(whyBest(sorted)).toMatch(reason);
    }
  });

  it('knows what is lossless', () => {
    expect(['FLAC', 'ALAC', 'PCM', "Monkey's Audio", 'WavPack'].map(isLosslessCodec)).not.toContain(false);
    expect(['MPEG 1 Layer 3', 'Opus', 'Vorbis I', 'MPEG-4/AAC', null].map(isLosslessCodec)).not.toContain(true);
  });
});

describe('groupDuplicates', () => {
  const pair = (kind: DuplicatePair['kind'], a: number, b: number, agreement = 0.9): DuplicatePair => ({
    kind,
    a,
    b,
    agreement,
    offsetSec: 0,
  });

  it('puts copies together, and lets the best one stand for them beside other versions', () => {
    const pairs = [
      pair('same', 1, 2),
      pair('same', 2, 5, 0.8),
      pair('near', 1, 3, 0.7),
      pair('near', 2, 3),
      pair('same', 7, 8),
      pair('near', 1, 5),
    ];
    const groups = groupDuplicates(pairs, (id) => file(id, id === 5 ? { bitRateBps: 320_000 } : {}));
    expect(groups.map(({ kind, files, agreement }) => [kind, files.map(({ trackId }) => trackId), agreement])).toEqual([
      ['same', [5, 1, 2], 0.8],
      ['same', [7, 8], 0.9],
      ['near', [5, 3], 0.7],
    ]);
  });
});
