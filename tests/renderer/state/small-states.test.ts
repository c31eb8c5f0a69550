// Settings, messages, the router and the open track.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type TrackDetail } from '../../../src/contract/index.ts';
import { viewOf } from '../../../src/renderer/state/router.svelte.ts';
import { SettingsState } from '../../../src/renderer/state/settings-state.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { TrackPanel } from '../../../src/renderer/state/track-panel.svelte.ts';
import { FakeApi, refusal } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const detailOf = (id: number, analysedAtMs = 1): TrackDetail => ({ ...sampleTrack(id), analysedAtMs }) as TrackDetail;

describe('settings', () => {
  it('show a change at once and take it back when the engine refuses', async () => {
    const api = new FakeApi({
      'settings.set': () => {
        throw refusal('disk.full', 'The disk is full.');
      },
    });
    const toasts = new Toasts();
    const settings = new SettingsState(api, toasts);
    const change = settings.change({ theme: 'dark' });
    expect(settings.value.theme).toBe('dark');
    await change;
    expect(settings.value).toEqual(DEFAULT_SETTINGS);
    expect(toasts.shown).toHaveLength(1);
  });
});

describe('messages', () => {
  it('go away by themselves, failures later than the rest', () => {
    const toasts = new Toasts();
    toasts.tell('Done.');
    toasts.fail(new Error('Not done.'));
    vi.advanceTimersByTime(6000);
    expect(toasts.shown.map(({ text }) => text)).toEqual(['Not done.']);
    vi.advanceTimersByTime(10_000);
    expect(toasts.shown).toEqual([]);
  });

  it('do not repeat themselves, and say nothing of a cancellation', () => {
    const toasts = new Toasts();
    toasts.tell('Again.');
    toasts.tell('Again.');
    toasts.fail(refusal('cancelled', 'Cancelled.'));
    expect(toasts.shown).toHaveLength(1);
  });
});

describe('the router', () => {
  it('knows its views and opens the library for anything else', () => {
    expect(['#/scan', '#playlists', '#/nowhere', ''].map(viewOf)).toEqual(['scan', 'playlists', 'library', 'library']);
  });
});

describe('the open track', () => {
  function setUp() {
    const api = new FakeApi({
      'tracks.get': ({ id }) => detailOf(id),
    });
    const toasts = new Toasts();
    const panel = new TrackPanel(api, toasts);
    panel.listen();
    return { api, toasts, panel };
  }

  it('reads itself again when its track changed, and notices a new analysis', async () => {
    const { api, panel } = setUp();
    await panel.open(7);
    api.answers['tracks.get'] = ({ id }) => detailOf(id, 2);
    api.send('tracks.changed', { ids: [8] });
    api.send('tracks.changed', { ids: [7] });
    await vi.runAllTimersAsync();
    expect(api.countOf('tracks.get')).toBe(2);
    expect(panel.version).toBe(1);
  });

  it('ignores the answer for a track that is no longer open', async () => {
    const { api, panel } = setUp();
    const slow = Promise.withResolvers<TrackDetail>();
    api.answers['tracks.get'] = ({ id }) => (id === 1 ? slow.promise : detailOf(id));
    const first = panel.open(1);
    await panel.open(2);
    slow.resolve(detailOf(1));
    await first;
    expect(panel.detail?.id).toBe(2);
  });
});
