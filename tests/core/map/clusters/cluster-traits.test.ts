// Clusters are named by what sets them apart, and no two alike.
import { expect, test } from 'vitest';
import type { MapFacts } from '../../../../src/core/domain/map.ts';
import { regionWords } from '../../../../src/core/domain/region-words.ts';
import { describeClusters } from '../../../../src/core/map/clusters/cluster-traits.ts';

const nameClusters = (...input: Parameters<typeof describeClusters>): string[] => describeClusters(...input).map(regionWords);

const EVEN = { bass: 0.25, drums: 0.25, other: 0.25, vocals: 0.25 };

function fact(changes: Partial<MapFacts>): MapFacts {
  return { genre: 'Rock', tempoBpm: 120, energy: 0.5, stemShares: EVEN, ...changes };
}

const repeat = (n: number, changes: Partial<MapFacts>): MapFacts[] => Array.from({ length: n }, () => fact(changes));

test('says genre, tempo and stems that stand out', () => {
  const club = repeat(10, {
    genre: 'Electronic',
    tempoBpm: 174,
    stemShares: { bass: 0.5, drums: 0.3, other: 0.19, vocals: 0.01 },
  });
  const rest = repeat(30, {});
  const labels = [...club.map(() => 0), ...rest.map(() => 1)];
  const [name, other] = nameClusters(labels, [...club, ...rest], 2);
  expect(name).toMatch(/^fast electronic, /);
  expect(name).toContain('strong bass');
  expect(name).toContain('no vocals');
  expect(other).toBe('rock');
});

test('names two genres where they share it, and none where many do', () => {
  const pair = [...repeat(5, { genre: 'Blues' }), ...repeat(5, { genre: 'Jazz' })];
  const many = ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((letter) => repeat(2, { genre: `${letter}x` }));
  const labels = [...pair.map(() => 0), ...many.map(() => 1)];
  expect(nameClusters(labels, [...pair, ...many], 2)).toEqual(['blues and jazz', 'mixed music']);
});

test('keeps names in capitals, and tells equal clusters apart by a number', () => {
  const facts = repeat(6, { genre: 'R&B' });
  expect(nameClusters([0, 0, 1, 1, 2, -1], facts, 3)).toEqual(['R&B', 'R&B (2)', 'R&B (3)']);
});

test('a cluster of which nothing is known is still named', () => {
  expect(nameClusters([0, 0], [null, fact({ genre: null, tempoBpm: null, energy: null, stemShares: null })], 1)).toEqual([
    'music',
  ]);
});
