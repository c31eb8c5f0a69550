import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { digestOf, ResultCache } from '../../../src/core/laboratory/result-cache.ts';
import { tempDir } from '../../support/temp-dir.ts';

it('gives back what was put, typed arrays as such', async () => {
  const cache = new ResultCache(tempDir());
  const key = digestOf({ a: 1 });
  expect(await cache.get(key)).toBeNull();
  const value = { rows: Float32Array.of(1, 2.5), names: ['x', null], n: 3 };
  await cache.put(key, value);
  expect(await cache.get(key)).toEqual(value);
});

it('takes a file that is cut off for none', async () => {
  const dir = tempDir();
  const cache = new ResultCache(dir);
  const key = digestOf('cut');
  await cache.put(key, { rows: new Float64Array(100) });
  const folder = join(dir, key.slice(0, 2));
  truncateSync(join(folder, readdirSync(folder)[0]!), 40);
  expect(await cache.get(key)).toBeNull();
});

it('tells inputs apart by every number in them, and not by the order of their names', () => {
  const input = (change: object = {}) => digestOf({ seed: 1, rows: Float32Array.of(1, 2), sizes: [1, 2], ...change });
  expect(digestOf({ sizes: [1, 2], rows: Float32Array.of(1, 2), seed: 1 })).toBe(input());
  const others = [
    { seed: 2 },
    { rows: Float32Array.of(1, 3) },
    { rows: Float64Array.of(1, 2) },
    { sizes: [12] },
    { sizes: ['1', 2] },
  ];
  expect(new Set([input(), ...others.map(input)]).size).toBe(others.length + 1);
});

it('computes the same once when two ask for it at a time', async () => {
  const dir = tempDir();
  const [cache, other] = [new ResultCache(dir), new ResultCache(dir)];
  let nMade = 0;
  const make = async () => ++nMade;
  const key = digestOf('same');
  const found = await Promise.all([cache.recall(key, make), cache.recall(key, make)]);
  expect(found.map(({ value }) => value)).toEqual([1, 1]);
  expect(await other.recall(key, make)).toEqual({ value: 1, wasKnown: true });
});

it('bears another process that keeps the same at the same time', async () => {
  const dir = tempDir();
  const key = digestOf('both');
  const value = new Float64Array(50_000);
  await Promise.all(Array.from({ length: 8 }, () => new ResultCache(dir).put(key, value)));
  expect(await new ResultCache(dir).get(key)).toEqual(value);
});

it('forgets what failed', async () => {
  const cache = new ResultCache(tempDir());
  const key = digestOf('fails');
  await expect(cache.recall(key, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await cache.recall(key, async () => 3)).toEqual({ value: 3, wasKnown: false });
});
