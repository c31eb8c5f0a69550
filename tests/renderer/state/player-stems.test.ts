// Stems of the playing track: asked for once, heard when they come, of no other track.
import '../runes.ts';
import { describe, expect, it, vi } from 'vitest';
import type { Track } from '../../../src/contract/index.ts';
import { PlayerStems } from '../../../src/renderer/state/player-stems.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { sampleTrack } from '../sample-track.ts';

function setUp(state: 'none' | 'running' | 'ready' = 'none') {
  const api = new FakeApi({
    'stems.status': () => ({ state }),
    'stems.prepare': () => ({ ready: false }),
    'stems.cancel': () => ({}),
  });
  const player = { track: sampleTrack(1) as Track | null, useStems: vi.fn() };
  const toasts = new Toasts();
  const stems = new PlayerStems(api, toasts, player);
  stems.listen();
  return { api, player, toasts, stems };
}

describe('stems of the playing track', () => {
  it('are heard once they are there, when a person asked for them', async () => {
    const { api, player, stems } = setUp();
    await stems.follow(1);
    await stems.separate();
    api.send('stems.progress', { id: 1, fraction: 0.4 });
    expect(stems.separation).toEqual({ state: 'running', fraction: 0.4 });
    api.send('stems.ready', { id: 1, failure: null });
    expect(stems.separation).toEqual({ state: 'ready' });
    expect(player.useStems).toHaveBeenCalledExactlyOnceWith(player.track, true);
  });

  it('come without being heard when they were made for another reason', async () => {
    const { api, player, stems } = setUp('running');
    await stems.follow(1);
    expect(stems.separation).toEqual({ state: 'running', fraction: null });
    api.send('stems.ready', { id: 1, failure: null });
    expect(stems.separation.state).toBe('ready');
    expect(player.useStems).not.toHaveBeenCalled();
  });

  it('of a track that no longer plays change nothing', async () => {
    const { api, player, stems } = setUp();
    await stems.follow(1);
    await stems.separate();
    player.track = sampleTrack(2) as Track;
    await stems.follow(2);
    api.send('stems.ready', { id: 1, failure: null });
    expect(stems.separation.state).toBe('none');
    expect(player.useStems).not.toHaveBeenCalled();
  });

  it('say why there are none, but not that they were cancelled', async () => {
    const { api, toasts, stems } = setUp();
    await stems.follow(1);
    await stems.separate();
    api.send('stems.ready', { id: 1, failure: { code: 'cancelled', message: 'Cancelled.' } });
    expect([stems.separation.state, toasts.shown.length]).toEqual(['none', 0]);
    await stems.separate();
    api.send('stems.ready', { id: 1, failure: { code: 'file.missing', message: 'The file is gone.' } });
    expect(toasts.shown.map(({ text }) => text)).toEqual(['The file is gone.']);
  });
});
