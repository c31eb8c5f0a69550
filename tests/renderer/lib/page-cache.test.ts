import { describe, expect, it } from 'vitest';
import { PageCache } from '../../../src/renderer/lib/page-cache.ts';

function cacheOver(total: number, sizes = { pageSize: 10, maxPages: 3 }) {
  const fetched: number[] = [];
  const totals: number[] = [];
  const failures: unknown[] = [];
  const source = { label: 'a', fails: false };
  const cache = new PageCache<string>(
    async (offset, limit) => {
      fetched.push(offset);
      if (source.fails) throw new Error('lost');
      const { label } = source;
      const count = Math.min(limit, total - offset);
      return { total, rows: Array.from({ length: count }, (_, row) => `${label}${offset + row}`) };
    },
    { onChange: (count) => totals.push(count), onFailure: (error) => failures.push(error) },
    sizes,
  );
  return { cache, fetched, totals, failures, source };
}

describe('a long list in pages', () => {
  it('fetches the pages under the rows on screen, once', async () => {
    const { cache, fetched, totals } = cacheOver(100_000);
    await Promise.all([cache.require(55_555, 55_575), cache.require(55_555, 55_575)]);
    expect(fetched).toEqual([55_550, 55_560, 55_570]);
    expect(cache.at(55_560)).toBe('a55560');
    expect(cache.at(0)).toBeUndefined();
    expect(totals.at(-1)).toBe(100_000);
  });

  it('lets go of the pages seen longest ago', async () => {
    const { cache } = cacheOver(100);
    for (const index of [0, 10, 20, 0, 30]) await cache.require(index, index);
    expect(cache.at(10)).toBeUndefined();
    expect([0, 20, 30].map((index) => cache.at(index))).toEqual(['a0', 'a20', 'a30']);
  });

  it('shows stale rows until the new ones are there', async () => {
    const { cache, source } = cacheOver(30);
    await cache.require(0, 15);
    source.label = 'b';
    cache.invalidate();
    expect(cache.at(3)).toBe('a3');
    await cache.require(0, 5);
    expect(cache.at(3)).toBe('b3');
    expect(cache.at(12)).toBe('a12');
  });

  it('drops every row of the old question with the first answer to a new one', async () => {
    const { cache, source } = cacheOver(30);
    await cache.require(0, 25);
    source.label = 'b';
    cache.restart();
    await cache.require(0, 0);
    expect(cache.at(3)).toBe('b3');
    expect(cache.at(12)).toBeUndefined();
  });

  it('ignores an answer that comes after the question changed', async () => {
    const { cache, source } = cacheOver(30);
    const late = cache.require(0, 0);
    source.label = 'b';
    cache.restart();
    await cache.require(0, 0);
    await late;
    expect(cache.at(0)).toBe('b0');
  });

  it('tells a failure and asks again later', async () => {
    const { cache, source, failures } = cacheOver(30);
    source.fails = true;
    await cache.require(0, 0);
    expect(failures).toHaveLength(1);
    source.fails = false;
    await cache.require(0, 0);
    expect(cache.at(0)).toBe('a0');
  });

  it('finds a loaded row', async () => {
    const { cache } = cacheOver(30);
    await cache.require(10, 19);
    expect(cache.findIndex((row) => row === 'a14')).toBe(14);
    expect(cache.findIndex((row) => row === 'a2')).toBe(-1);
  });
});
