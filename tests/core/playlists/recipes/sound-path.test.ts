// Paths in sound: in order along the way, nothing twice, no large steps.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { soundPath } from '../../../../src/core/playlists/recipes/sound-path.ts';
import { createRandom, normal } from '../../../../src/core/training/random.ts';
import { candidate } from '../../../support/candidates.ts';

const SIZE = 16;

function directions(n: number, seed: number, spread: (j: number) => number = () => 1): Float32Array {
  const random = createRandom(seed);
  const vectors = new Float32Array(n * SIZE);
  for (let i = 0; i < n; i++) {
    const row = Float32Array.from({ length: SIZE }, (_, j) => spread(j) * normal(random));
    const length = Math.hypot(...row);
    vectors.set(
      row.map((value) => value / length),
      i * SIZE,
    );
  }
  return vectors;
}
const tracksOf = (n: number, artists = n) => Array.from({ length: n }, (_, i) => candidate(i + 1, { artist: `A${i % artists}` }));
const distance = (vectors: Float32Array, a: number, b: number): number => {
  let dot = 0;
  for (let j = 0; j < SIZE; j++) dot += vectors[a * SIZE + j]! * vectors[b * SIZE + j]!;
  return 1 - dot;
};

test('begins and ends as asked, holds no track twice, and says its steps', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 60 }), fc.option(fc.integer({ min: 0, max: 20 })), (seed, n, nSteps) => {
      const vectors = directions(n, seed);
      const { order, steps } = soundPath(tracksOf(n), vectors, SIZE, [0, 1], { nSteps, spreadArtists: false });
      expect([order[0], order.at(-1)]).toEqual([0, 1]);
      expect(new Set(order).size).toBe(order.length);
      if (nSteps !== null) expect(order.length).toBeLessThanOrEqual(nSteps + 2);
      expect(steps).toEqual(order.slice(1).map((i, at) => expect.closeTo(distance(vectors, order[at]!, i), 5)));
      expect(soundPath(tracksOf(n), vectors, SIZE, [0, 1], { nSteps, spreadArtists: false }).order).toEqual(order);
    }),
  );
});

test('along a row of tracks it walks the row, in order and in even steps', () => {
  // On a quarter of a circle, a degree apart, with the ends first.
  const angles = [0, 90, ...Array.from({ length: 89 }, (_, i) => i + 1)];
  const vectors = new Float32Array(angles.length * SIZE);
  for (const [i, degrees] of angles.entries()) {
    vectors[i * SIZE] = Math.cos((degrees * Math.PI) / 180);
    vectors[i * SIZE + 1] = Math.sin((degrees * Math.PI) / 180);
  }
  const { order } = soundPath(tracksOf(angles.length), vectors, SIZE, [0, 1], { nSteps: 8, spreadArtists: false });
  expect(order.map((i) => angles[i])).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
});

test('its sum of squared steps is below that of taking the nearest track at each stage', () => {
  const n = 3000;
  const vectors = directions(n, 5, (j) => 1 / (1 + j));
  const size = SIZE;
  for (const to of [1, 2, 3, 4]) {
    const { order, steps } = soundPath(tracksOf(n), vectors, SIZE, [0, to], { nSteps: 8, spreadArtists: false });
    const angle = Math.acos(1 - distance(vectors, 0, to));
    const naive = [0];
    for (let stage = 1; stage <= 8; stage++) {
      const part = stage / 9;
      const [wa, wb] = [Math.sin((1 - part) * angle) / Math.sin(angle), Math.sin(part * angle) / Math.sin(angle)];
      const nearness = (i: number) => {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += vectors[i * size + j]! * (wa * vectors[j]! + wb * vectors[to * size + j]!);
        return sum;
      };
      const free = Array.from({ length: n }, (_, i) => i).filter((i) => !naive.includes(i) && i !== to);
      naive.push(free.reduce((best, i) => (nearness(i) > nearness(best) ? i : best)));
    }
    naive.push(to);
    const squares = (list: readonly number[]) => list.reduce((sum, step) => sum + step * step, 0);
    expect(order).toHaveLength(10);
    expect(squares(steps)).toBeLessThanOrEqual(squares(naive.slice(1).map((i, at) => distance(vectors, naive[at]!, i))) + 1e-6);
    expect(Math.max(...steps)).toBeLessThan(distance(vectors, 0, to));
  }
});

test('an artist never follows itself where there is a choice', () => {
  const n = 400;
  const vectors = directions(n, 8, (j) => 1 / (1 + j));
  const tracks = tracksOf(n, 3);
  const { order } = soundPath(tracks, vectors, SIZE, [0, 1], { nSteps: 12, spreadArtists: true });
  for (const [at, i] of order.entries()) if (at > 0) expect(tracks[i]!.artist).not.toBe(tracks[order[at - 1]!]!.artist);
});

test('between two that sound the same it stays near them', () => {
  const vectors = directions(50, 3);
  vectors.copyWithin(SIZE, 0, SIZE);
  const { order } = soundPath(tracksOf(50), vectors, SIZE, [0, 1], { nSteps: 4, spreadArtists: false });
  expect(order).toHaveLength(6);
});
