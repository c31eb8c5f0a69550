// The player at the next start: what played is there again, silent until it is asked for.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Player } from '../../../src/renderer/state/player.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

const stored = new Map<string, string>();
beforeEach(() => {
  vi.useFakeTimers();
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
  vi.stubGlobal('navigator', {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const keep = (path: string): void => {
  stored.set('stemscape.queue', JSON.stringify(JSON.stringify({ ids: [4, 5, -6], at: 1, path })));
};

async function started() {
  const api = new FakeApi({ 'tracks.get': ({ id }) => ({ ...sampleTrack(id), path: `/music/${id}.mp3`, windows: [] }) as never });
  const player = new Player(api, new Toasts());
  const stop = player.listen();
  await vi.advanceTimersByTimeAsync(10);
  stop();
  return player;
}

describe('a player that starts again', () => {
  it('shows the last track and what follows, and plays nothing', async () => {
    keep('/music/5.mp3');
    const player = await started();
    expect([player.track?.id, player.playing]).toEqual([5, false]);
    expect(player.queue.upcoming.map(({ id, isByHand }) => [id, isByHand])).toEqual([[6, true]]);
    expect(player.queue.beside(-1)?.id).toBe(4);
  });

  it('begins empty where that number is another track now', async () => {
    keep('/elsewhere/5.mp3');
    const player = await started();
    expect(player.track).toBeNull();
    expect(player.queue.upcoming).toEqual([]);
  });
});
