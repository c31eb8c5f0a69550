import { expect, it } from 'vitest';
import { mcnemarMidP } from '../../../../src/core/training/evaluation/mcnemar.ts';
import reference from '../../../reference/training.json' with { type: 'json' };

it.each(reference.mcnemar)("has scipy's mid-p for $b against $c", ({ b, c, p }) => {
  expect(mcnemarMidP(b, c)).toBeCloseTo(p, 10);
  expect(mcnemarMidP(c, b)).toBeCloseTo(p, 10);
});

it('stays a number for tens of thousands of tracks', () => {
  expect(mcnemarMidP(20_000, 20_100)).toBeCloseTo(0.618, 2);
});
