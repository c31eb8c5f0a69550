// The window comes back as it was left: its view, how the library was sorted and narrowed, the open track and playlist.
import '../runes.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlaylistSummary, TrackDetail } from '../../../src/contract/index.ts';
import { keepQuery, recallQuery } from '../../../src/renderer/lib/kept-query.ts';
import { Playlists } from '../../../src/renderer/state/playlists.svelte.ts';
import { Router } from '../../../src/renderer/state/router.svelte.ts';
import { SettingsState } from '../../../src/renderer/state/settings-state.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { TrackList } from '../../../src/renderer/state/track-list.svelte.ts';
import { TrackPanel } from '../../../src/renderer/state/track-panel.svelte.ts';
import { FakeApi, refusal } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

describe('the view', () => {
  const addressOf = (hash: string) => {
    const target = Object.assign(new EventTarget(), { location: { hash } });
    vi.stubGlobal('window', target);
    return target as unknown as Window;
  };
  const opened = (hash: string) => {
    const router = new Router();
    router.listen(addressOf(hash));
    return router;
  };

  it('is the one that was open, unless the address names another', () => {
    expect(opened('').view).toBe('library');
    opened('').open('map');
    expect(opened('').view).toBe('map');
    expect(opened('#/teach').view).toBe('teach');
    expect(opened('').view).toBe('teach');
  });

  it('is the library when what was open is no view any more', () => {
    kept.set('stemscape.view', '"jukebox"');
    expect(opened('').view).toBe('library');
  });
});

describe('the library', () => {
  const made = () =>
    new TrackList(new FakeApi({ 'tracks.list': () => ({ total: 0, tracks: [] }) }), new Toasts(), recallQuery(), keepQuery);

  it('is sorted and narrowed as it was, without the words that were searched for', async () => {
    const list = made();
    expect(list.query).toMatchObject({ sort: 'artist', facets: {} });
    list.sortBy('year');
    list.change({ search: 'blue', facets: { genre: ['Jazz'] }, ranges: { year: { from: 1990, to: null } }, status: 'analysed' });
    expect(made().query).toEqual({ ...list.query, search: '' });
    made().widen();
    expect(made().query).toMatchObject({ sort: 'year', facets: {}, ranges: {}, status: null });
  });

  it.each(['', 'no JSON', '{"sort":"smell"}', '[]'])('starts anew from what it cannot read: %s', (text) => {
    kept.set('stemscape.library.query', JSON.stringify(text));
    expect(made().query).toMatchObject({ sort: 'artist', facets: {} });
  });
});

describe('the open track', () => {
  const apiWith = (...ids: number[]) =>
    new FakeApi({
      'tracks.get': ({ id }) => {
        if (!ids.includes(id)) throw refusal('track.unknown', 'There is no such track.');
        return { ...sampleTrack(id), analysedAtMs: 1 } as TrackDetail;
      },
      'stems.status': () => ({ state: 'none' }),
    });
  const restored = async (api: FakeApi) => {
    const toasts = new Toasts();
    const panel = new TrackPanel(api, toasts);
    await panel.restore();
    return { id: panel.id, nToasts: toasts.shown.length };
  };

  it('comes back until it is closed', async () => {
    const api = apiWith(7, 8);
    const panel = new TrackPanel(api, new Toasts());
    await panel.open(7);
    await panel.follow(8);
    expect(await restored(api)).toEqual({ id: 8, nToasts: 0 });
    panel.close();
    expect(await restored(api)).toEqual({ id: null, nToasts: 0 });
  });

  it('is silently left when the library no longer has it', async () => {
    await new TrackPanel(apiWith(7), new Toasts()).open(7);
    expect(await restored(apiWith())).toEqual({ id: null, nToasts: 0 });
    expect(await restored(apiWith(7))).toEqual({ id: null, nToasts: 0 });
  });
});

describe('the open playlist', () => {
  const playlist = (id: string): PlaylistSummary => ({ id, name: id, kind: 'manual', nTracks: 0, durationSec: 0 });
  const made = async (...ids: string[]) => {
    const api = new FakeApi({
      'playlists.list': () => ({ minConfidence: 0.5, playlists: ids.map(playlist), history: { undo: null, redo: null } }),
      'tracks.list': () => ({ total: 0, tracks: [] }),
    });
    const toasts = new Toasts();
    const playlists = new Playlists(api, toasts, new SettingsState(api, toasts));
    await playlists.refresh();
    return playlists;
  };

  it('is opened again, else the first', async () => {
    const first = await made('a', 'b', 'c');
    first.chooseFirst();
    expect(first.chosen?.id).toBe('a');
    first.choose('c');
    const second = await made('a', 'b', 'c');
    second.chooseFirst();
    expect(second.chosen?.id).toBe('c');
    const third = await made('a', 'b');
    third.chooseFirst();
    expect(third.chosen?.id).toBe('a');
  });
});
