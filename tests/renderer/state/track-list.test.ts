import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { TrackList } from '../../../src/renderer/state/track-list.svelte.ts';
import { FakeApi, refusal } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

const TOTAL = 100_000;

function setUp() {
  const api = new FakeApi({
    'tracks.list': ({ search = '', offset = 0, limit = 200 }) => {
      const total = search === '' ? TOTAL : 3;
      const count = Math.max(0, Math.min(limit, total - offset));
      return { total, tracks: Array.from({ length: count }, (_, row) => sampleTrack(offset + row + 1)) };
    },
  });
  const toasts = new Toasts();
  return { api, toasts, list: new TrackList(api, toasts) };
}

describe('a list of tracks', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('fetches only the pages on screen, wherever that is', async () => {
    const { api, list } = setUp();
    list.show(70_016, 70_046);
    await vi.runAllTimersAsync();
    expect(list.total).toBe(TOTAL);
    expect(list.at(70_020)?.id).toBe(70_021);
    expect(api.asked).toEqual([{ name: 'tracks.list', input: expect.objectContaining({ offset: 70_016, limit: 64 }) }]);
  });

  it('searches at once, and for the last of what was typed fast', async () => {
    const { api, list } = setUp();
    const searched = () => api.asked.map(({ input }) => (input as { search: string }).search);
    list.change({ search: 'b' });
    await vi.advanceTimersByTimeAsync(1);
    expect(searched()).toEqual(['b']);
    for (const search of ['bl', 'blu', 'blue']) list.change({ search });
    await vi.runAllTimersAsync();
    expect(searched()).toEqual(['b', 'blue']);
    expect(list.total).toBe(3);
  });

  it('sorts upwards, then downwards, and confidence downwards first', async () => {
    const { list } = setUp();
    list.sortBy('title');
    expect(list.query).toMatchObject({ sort: 'title', descending: false });
    list.sortBy('title');
    expect(list.query).toMatchObject({ sort: 'title', descending: true });
    list.sortBy('confidence');
    expect(list.query).toMatchObject({ sort: 'confidence', descending: true });
    await vi.runAllTimersAsync();
  });

  it('reads again what is on screen when tracks changed, not for every event of a burst', async () => {
    const { api, list } = setUp();
    const stop = list.listen();
    list.show(448, 478);
    await vi.runAllTimersAsync();
    for (let event = 0; event < 50; event++) api.send('tracks.changed', { ids: [event] });
    await vi.runAllTimersAsync();
    expect(api.asked.slice(1).map(({ input }) => input)).toEqual([expect.objectContaining({ offset: 448 })]);
    stop();
  });

  it('keeps the active row inside a list that shrank', async () => {
    const { list } = setUp();
    list.show(0, 20);
    await vi.runAllTimersAsync();
    list.activeIndex = 90_000;
    list.change({ search: 'rare' });
    await vi.runAllTimersAsync();
    expect(list.activeIndex).toBeLessThan(3);
  });

  it('tells why when the engine refuses', async () => {
    const { api, toasts, list } = setUp();
    api.answers['tracks.list'] = () => {
      throw refusal('library.corrupt', 'The library cannot be read.');
    };
    list.show(0, 20);
    await vi.advanceTimersByTimeAsync(1);
    expect(toasts.shown.map(({ text }) => text)).toEqual(['The library cannot be read.']);
  });
});
