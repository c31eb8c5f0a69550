import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STEMS } from '../../../src/core/domain/stem.ts';
import { FolderCache } from '../../../src/core/services/folder-cache.ts';
import { tempDir } from '../../support/temp-dir.ts';

const fill = (bytes: number) => async (dir: string) => {
  for (const stem of STEMS) writeFileSync(join(dir, `${stem}.wav`), Buffer.alloc(bytes));
};

describe('FolderCache', () => {
  it('makes an entry once and finds its files', async () => {
    const cache = new FolderCache(tempDir());
    let nFills = 0;
    const counted = async (dir: string): Promise<void> => {
      nFills++;
      await fill(10)(dir);
    };
    expect(await cache.find('a', 'drums.wav')).toBeNull();
    await cache.ensure('a', 1e6, counted);
    await cache.ensure('a', 1e6, counted);
    expect(nFills).toBe(1);
    expect(existsSync((await cache.find('a', 'vocals.wav'))!)).toBe(true);
  });

  it('keeps nothing of an entry that failed', async () => {
    const dir = tempDir();
    const cache = new FolderCache(dir);
    const failing = async (out: string): Promise<void> => {
      writeFileSync(join(out, 'bass.wav'), 'half');
      throw new Error('stopped');
    };
    await expect(cache.ensure('a', 1e6, failing)).rejects.toThrow('stopped');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('drops the least recently used entries beyond the bound, never the new one', async () => {
    const cache = new FolderCache(tempDir());
    for (const key of ['a', 'b']) {
      await cache.ensure(key, 100, fill(10));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await cache.ensure('a', 100, fill(10));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await cache.ensure('c', 100, fill(10));
    expect([await cache.has('a'), await cache.has('b'), await cache.has('c')]).toEqual([true, false, true]);
    await cache.ensure('huge', 100, fill(1000));
    expect(await cache.has('huge')).toBe(true);
  });

  it('removes what a killed run left an hour ago, not what another process is at', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, '.a.partial'));
    await new FolderCache(dir).removePartials();
    expect(readdirSync(dir)).toEqual(['.a.partial']);
    await new FolderCache(dir).removePartials(Date.now() + 2 * 3_600_000);
    expect(readdirSync(dir)).toEqual([]);
  });
});
