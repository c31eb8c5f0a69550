import { expect, it } from 'vitest';
import { hardestPairs } from '../../../../src/core/training/evaluation/hardest-pairs.ts';

it('names the pairs with the largest share of their tracks confused, both ways counted', () => {
  const pairs = hardestPairs(
    ['A', 'B', 'C'],
    [
      [8, 2, 0],
      [1, 9, 10],
      [0, 0, 20],
    ],
  );
  expect(pairs).toEqual([
    { a: 'B', b: 'C', nConfused: 10, share: 10 / 40 },
    { a: 'A', b: 'B', nConfused: 3, share: 3 / 30 },
  ]);
});
