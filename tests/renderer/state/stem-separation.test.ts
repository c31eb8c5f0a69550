// Stems of a track: asked for once, told when they come, of no other track.
import '../runes.ts';
import { describe, expect, it, vi } from 'vitest';
import { StemSeparation } from '../../../src/renderer/state/stem-separation.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi } from '../fake-api.ts';

function setUp(state: 'none' | 'running' | 'ready' = 'none') {
  const api = new FakeApi({
    'stems.status': () => ({ state }),
    'stems.prepare': () => ({ ready: false }),
    'stems.cancel': () => ({}),
  });
  const onAwaited = vi.fn();
  const toasts = new Toasts();
  const stems = new StemSeparation(api, toasts, onAwaited);
  stems.listen();
  return { api, onAwaited, toasts, stems };
}

describe('stems of a track', () => {
  it('are told once they are there, when a person asked for them', async () => {
    const { api, onAwaited, stems } = setUp();
    await stems.follow(1);
    await stems.separate();
    api.send('stems.progress', { id: 1, fraction: 0.4 });
    api.send('stems.progress', { id: 8, fraction: 0.9 });
    expect(stems.separation).toEqual({ state: 'running', fraction: 0.4 });
    api.send('stems.ready', { id: 1, failure: null });
    expect(stems.separation).toEqual({ state: 'ready' });
    expect(onAwaited).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('come without being told when they were made for another reason', async () => {
    const { api, onAwaited, stems } = setUp('running');
    await stems.follow(1);
    expect(stems.separation).toEqual({ state: 'running', fraction: null });
    api.send('stems.ready', { id: 1, failure: null });
    expect(stems.separation.state).toBe('ready');
    expect(onAwaited).not.toHaveBeenCalled();
  });

  it('of a track that is looked at no more change nothing', async () => {
    const { api, onAwaited, stems } = setUp();
    await stems.follow(1);
    await stems.separate();
    await stems.follow(2);
    api.send('stems.ready', { id: 1, failure: null });
    expect(stems.separation.state).toBe('none');
    expect(onAwaited).not.toHaveBeenCalled();
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
