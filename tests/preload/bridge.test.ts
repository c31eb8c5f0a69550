// The preload offers exactly the contract's bridge, and hands dropped paths to the shell without showing them to the page.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DROP_CHANNEL, EVENT_CHANNEL, INVOKE_CHANNEL } from '../../src/contract/channels.ts';
import type { Bridge } from '../../src/contract/index.ts';
import { exposed, ipcRenderer } from '../main/electron-double.ts';

vi.mock('electron', () => import('../main/electron-double.ts'));

const page = new EventTarget();
let bridge: Bridge;
beforeAll(async () => {
  vi.stubGlobal('window', page);
  await import('../../src/preload/index.ts');
  bridge = exposed.stemscape as Bridge;
});
afterAll(() => vi.unstubAllGlobals());

test('the page sees three functions and nothing else', () => {
  expect(Object.keys(exposed)).toEqual(['stemscape']);
  expect(Object.keys(bridge).sort()).toEqual(['invoke', 'mediaUrl', 'on']);
});

test('invoke sends a request and unwraps its response', async () => {
  ipcRenderer.invoke.mockResolvedValueOnce({ type: 'response', id: 1, result: { ok: true, value: { path: '/music' } } });
  expect(await bridge.invoke('host.chooseFolder', {})).toEqual({ ok: true, value: { path: '/music' } });
  const [channel, request] = ipcRenderer.invoke.mock.calls[0] ?? [];
  expect(channel).toBe(INVOKE_CHANNEL);
  expect(request).toMatchObject({ type: 'request', name: 'host.chooseFolder', input: {} });
});

test('events reach their listeners until these leave', () => {
  const listener = vi.fn();
  const leave = bridge.on('tracks.changed', listener);
  const message = { type: 'event', name: 'tracks.changed', payload: { ids: [1] } };
  ipcRenderer.emit(EVENT_CHANNEL, {}, message);
  ipcRenderer.emit(EVENT_CHANNEL, {}, { ...message, name: 'settings.changed' });
  leave();
  ipcRenderer.emit(EVENT_CHANNEL, {}, message);
  expect(listener.mock.calls).toEqual([[{ ids: [1] }]]);
});

test('media addresses carry ids', () => {
  expect(bridge.mediaUrl({ kind: 'stem', id: 3, stem: 'vocals' })).toBe('media://app/stem/3/vocals');
});

test('a drop goes to the shell', () => {
  const files = [{ path: '/music' }, { path: '' }];
  const drop = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { files, types: ['Files'] } });
  page.dispatchEvent(drop);
  expect(drop.defaultPrevented).toBe(true);
  expect(ipcRenderer.send.mock.calls).toEqual([[DROP_CHANNEL, ['/music']]]);
});
