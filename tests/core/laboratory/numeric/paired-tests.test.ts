import { expect, it } from 'vitest';
import { holm, pairedTTest, signedRankTest } from '../../../../src/core/laboratory/numeric/paired-tests.ts';
import reference from '../../../reference/paired-tests.json' with { type: 'json' };

it.each(reference.cases)('$differences.length trials: as scipy', ({ differences, t, corrected, wilcoxon }) => {
  expect(pairedTTest(differences, 0) / t).toBeCloseTo(1, 8);
  expect(pairedTTest(differences, 0.25) / corrected).toBeCloseTo(1, 8);
  expect(signedRankTest(differences) / wilcoxon).toBeCloseTo(1, 8);
});

it('nothing differs, or always by the same', () => {
  expect([pairedTTest([0, 0, 0], 0.25), signedRankTest([0, 0, 0])]).toEqual([1, 1]);
  expect(pairedTTest([1, 1, 1], 0.25)).toBe(0);
});

it('several tests at once: the least counts most, and the order of probabilities stays', () => {
  const corrected = holm([0.01, 0.04, 0.03, 0.5]);
  for (const [i, p] of [0.04, 0.09, 0.09, 0.5].entries()) expect(corrected[i]).toBeCloseTo(p, 12);
  expect(holm([0.7, 0.8])).toEqual([1, 1]);
});
