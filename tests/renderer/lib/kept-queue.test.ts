// The queue that is kept until the next start.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keepQueue, keptQueue } from '../../../src/renderer/lib/kept-queue.ts';

const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});

const entries = (n: number) => Array.from({ length: n }, (_, i) => ({ id: i + 1, isByHand: i % 7 === 3 }));

describe('the kept queue', () => {
  it('comes back as it was', () => {
    const queue = { entries: entries(20), at: 4, path: '/music/a.mp3' };
    keepQueue(queue);
    expect(keptQueue()).toEqual(queue);
  });

  it('of a whole library keeps what is near the present track', () => {
    const all = entries(100_000);
    keepQueue({ entries: all, at: 50_000, path: 'x' });
    const kept = keptQueue()!;
    expect(kept.entries.length).toBeLessThan(1000);
    expect(kept.entries[kept.at]).toEqual(all[50_000]);
    expect(kept.entries[kept.at + 300]).toEqual(all[50_300]);
  });

  it('is nothing when what is stored cannot be read', () => {
    for (const broken of [
      '',
      'null',
      '"{"',
      '"{\\"ids\\":[1],\\"at\\":7,\\"path\\":\\"x\\"}"',
      '"{\\"ids\\":[\\"a\\"],\\"at\\":0,\\"path\\":\\"x\\"}"',
    ]) {
      stored.set('stemscape.queue', broken);
      expect(keptQueue(), broken).toBeNull();
    }
    stored.clear();
    expect(keptQueue()).toBeNull();
  });
});
