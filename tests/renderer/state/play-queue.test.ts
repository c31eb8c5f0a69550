// The play queue: what follows follows the list, what a person put in comes first, shuffling and repeating lose nothing.
import '../runes.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PlayQueue } from '../../../src/renderer/state/play-queue.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

const IDS = [10, 11, 12, 13, 14, 15];
const QUERY = {
  search: 'a',
  genre: null,
  status: null,
  playlistId: null,
  facets: {},
  ranges: {},
  ids: null,
  sort: 'artist',
  descending: false,
} as const;

async function playing(index: number) {
  const api = new FakeApi({
    'tracks.ids': () => ({ ids: IDS }),
    'tracks.list': ({ ids }) => ({ total: 0, tracks: (ids ?? []).map((id) => sampleTrack(id)) }),
  });
  const queue = new PlayQueue(api, new Toasts());
  await queue.start(IDS[index]!, { query: QUERY, index });
  const ids = () => queue.upcoming.map(({ id }) => id);
  return { api, queue, ids };
}

describe('the queue', () => {
  beforeEach(() => vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} }));

  it('follows the list a track was played from, both ways', async () => {
    const { api, queue, ids } = await playing(2);
    expect(ids()).toEqual([13, 14, 15]);
    expect(queue.beside(-1)?.id).toBe(11);
    expect(api.asked).toEqual([{ name: 'tracks.ids', input: QUERY }]);
    queue.goTo(queue.beside(1)!.key);
    expect(ids()).toEqual([14, 15]);
  });

  it('finds the track where the list has changed meanwhile, and stays alone where it has gone', async () => {
    const { queue, ids } = await playing(0);
    await queue.start(13, { ids: [1, 2, 13, 3], index: 0 });
    expect(ids()).toEqual([3]);
    await queue.start(99, { ids: [1, 2], index: 0 });
    expect(ids()).toEqual([]);
  });

  it('plays what a person put in first, in the order it was put in, and keeps it when another list is played', async () => {
    const { queue, ids } = await playing(3);
    queue.add([1]);
    queue.add([2]);
    queue.playNext([3]);
    expect(ids()).toEqual([3, 1, 2, 14, 15]);
    await queue.start(20, { ids: [20, 21], index: 0 });
    expect(ids()).toEqual([3, 1, 2, 21]);
  });

  it('moves, takes out and clears what follows, never what plays', async () => {
    const { queue, ids } = await playing(2);
    const [first] = queue.upcoming;
    queue.move(first!.key, 2);
    expect(ids()).toEqual([14, 15, 13]);
    queue.move(first!.key, 3);
    expect(ids()).toEqual([14, 15, 13]);
    queue.remove(queue.upcoming[1]!.key);
    expect(ids()).toEqual([14, 13]);
    queue.clear();
    expect(ids()).toEqual([]);
    expect(queue.beside(-1)?.id).toBe(11);
  });

  it('shuffles every other track of the list and comes back to its order', async () => {
    const { queue, ids } = await playing(4);
    queue.toggleShuffle();
    expect(ids().toSorted()).toEqual([10, 11, 12, 13, 15]);
    queue.toggleShuffle();
    expect(ids()).toEqual([15]);
    expect(queue.beside(-1)?.id).toBe(13);
  });

  it('begins again at its end when it repeats', async () => {
    const { queue } = await playing(5);
    expect(queue.beside(1)).toBeNull();
    queue.changeRepeat();
    expect(queue.beside(1)?.id).toBe(10);
  });

  it('asks for names only as far as they are shown, and once', async () => {
    const { api, queue } = await playing(0);
    await queue.readNames();
    await queue.readNames();
    expect(api.countOf('tracks.list')).toBe(1);
    expect(queue.named(12)?.title).toBe('Song 12');
  });
});
