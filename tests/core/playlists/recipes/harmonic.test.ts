// Mixes: every transition that can mix does, half and double tempo count as the same, lengths are kept.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CAMELOT_BY_KEY } from '../../../../src/core/domain/camelot.ts';
import {
  chooseForMixing,
  isSameArtist,
  type MixRules,
  mixes,
  orderForMixing,
} from '../../../../src/core/playlists/recipes/harmonic.ts';
import { createRandom, shuffled } from '../../../../src/core/training/random.ts';
import { candidate, randomCandidates } from '../../../support/candidates.ts';

const RULES: MixRules = { tempoTolerance: 0.06, spreadArtists: false };
const MINOR = [...CAMELOT_BY_KEY].filter(([, name]) => name.endsWith('A')).map(([key]) => key);

test('keys mix with their neighbours, tempi within the tolerance or at half or double', () => {
  const a = candidate(1, { key: 'A minor', tempoBpm: 120 });
  const other = (key: string | null, tempoBpm: number | null) => candidate(2, { key, tempoBpm });
  for (const key of ['A minor', 'C major', 'E minor', 'D minor']) expect(mixes(a, other(key, 121), RULES)).toBe(true);
  expect(mixes(a, other('B minor', 120), RULES)).toBe(false);
  expect(mixes(a, other('G major', 120), RULES)).toBe(false);
  expect(mixes(a, other('A minor', 60), RULES)).toBe(true);
  expect(mixes(a, other('A minor', 129), RULES)).toBe(false);
  expect(mixes(a, other(null, 120), RULES)).toBe(false);
});

test('an order in which everything mixes is found again', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 40 }), (seed, n) => {
      // Round the wheel, slowly faster: each mixes with the next one.
      const chain = Array.from({ length: n }, (_, i) => candidate(i + 1, { key: MINOR[i % 12]!, tempoBpm: 100 * 1.01 ** i }));
      const tracks = shuffled(chain, createRandom(seed));
      const order = orderForMixing(tracks, RULES, createRandom(seed));
      expect(order.toSorted((a, b) => a - b)).toEqual([...tracks.keys()]);
      expect(order.filter((i, at) => at > 0 && !mixes(tracks[order[at - 1]!]!, tracks[i]!, RULES))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('of a large library an hour mixes throughout, within the tolerance, no artist twice in a row', () => {
  const tracks = randomCandidates(3000);
  const rules = { ...RULES, spreadArtists: true };
  const order = chooseForMixing(tracks, rules, { by: 'minutes', minutes: 60, toleranceSec: 10 }, createRandom(1));
  const total = order.reduce((sum, i) => sum + tracks[i]!.durationSec!, 0);
  expect(Math.abs(total - 3600)).toBeLessThanOrEqual(10);
  expect(new Set(order).size).toBe(order.length);
  for (const [at, i] of order.entries()) {
    if (at === 0) continue;
    expect(mixes(tracks[order[at - 1]!]!, tracks[i]!, rules)).toBe(true);
    expect(isSameArtist(tracks[order[at - 1]!]!, tracks[i]!)).toBe(false);
  }
  expect(chooseForMixing(tracks, rules, { by: 'tracks', n: 25 }, createRandom(1))).toHaveLength(25);
});

test('a library too short for the length gives what it has', () => {
  const tracks = randomCandidates(3);
  expect(chooseForMixing(tracks, RULES, { by: 'tracks', n: 9 }, createRandom(1))).toHaveLength(3);
  expect(chooseForMixing(tracks, RULES, { by: 'minutes', minutes: 900, toleranceSec: 1 }, createRandom(1))).toHaveLength(3);
});
