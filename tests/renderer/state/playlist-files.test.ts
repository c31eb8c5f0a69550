// Exports and imports as the window tells them: where a file went, what was left out, and nothing when a dialog was closed.
import '../runes.ts';
import { expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/contract/index.ts';
import { PlaylistFiles } from '../../../src/renderer/state/playlist-files.svelte.ts';
import { SettingsState } from '../../../src/renderer/state/settings-state.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi } from '../fake-api.ts';

const EXPORTED = {
  path: '/home/ana/Jazz.m3u8' as string | null,
  fileName: 'Jazz.m3u8',
  mediaType: 'audio/mpegurl',
  isTree: false,
  base64: null,
  nTracks: 2,
  leftOut: [] as { path: string; reason: string }[],
  notes: [] as string[],
};

/** The engine's settings, which keep what is set. */
function settings(api: FakeApi): SettingsState {
  let kept = DEFAULT_SETTINGS;
  api.answers['settings.get'] ??= () => kept;
  api.answers['settings.set'] ??= (change) => {
    kept = { ...kept, ...(change as Partial<Settings>) };
    return kept;
  };
  return new SettingsState(api, new Toasts());
}

it('says where an export went, and nothing when the dialog was closed', async () => {
  const exported = { ...EXPORTED };
  const api = new FakeApi({ 'playlists.export': () => exported });
  const toasts = new Toasts();
  const files = new PlaylistFiles(api, toasts, settings(api));
  await files.export('genre:jazz', 'absolute');
  expect(api.asked[0]!.input).toMatchObject({ id: 'genre:jazz', format: 'm3u8', pathStyle: 'absolute', encoding: null });
  expect(toasts.shown.map(({ text }) => text)).toEqual(['2 tracks exported to /home/ana/Jazz.m3u8.']);
  expect(files.report).toBeNull();
  exported.path = null;
  await files.export('genre:jazz', 'absolute');
  expect(toasts.shown).toHaveLength(1);
});

it('lists the tracks that were left out', async () => {
  const leftOut = [{ path: '/music/猫.mp3', reason: 'Its path has characters that windows-1252 does not have.' }];
  const api = new FakeApi({ 'playlists.export': () => ({ ...EXPORTED, leftOut, notes: ['The order is lost.'] }) });
  const files = new PlaylistFiles(api, new Toasts(), settings(api));
  await files.choose({ kind: 'm3u' });
  await files.export('genre:jazz', 'relative');
  expect(api.asked.at(-1)!.input).toMatchObject({ format: 'm3u', encoding: 'windows-1252' });
  expect(files.report).toEqual({ title: '1 of 3 tracks were left out', notes: ['The order is lost.'], rows: leftOut });
});

it('writes the next one as the last, also in another window', async () => {
  const api = new FakeApi({ 'playlists.export': () => EXPORTED });
  const kept = [settings(api), settings(api)];
  const [files, others] = kept.map((one) => new PlaylistFiles(api, new Toasts(), one));
  const rewrites = [{ from: '/home/me/Music', to: 'E:\\Music' }];
  await files!.choose({ kind: 'm3u', encoding: 'utf-8' });
  await files!.choose({ bom: true, rewrites });
  await kept[1]!.refresh();
  await others!.export('genre:jazz', 'relative');
  expect(api.asked.at(-1)!.input).toMatchObject({ format: 'm3u', encoding: 'utf-8', bom: true, rewrites });
});

/** Node has no FileReader. */
class Reader {
  result = '';
  onload = (): void => {};
  async readAsDataURL(file: Blob): Promise<void> {
    this.result = `data:;base64,${Buffer.from(await file.arrayBuffer()).toString('base64')}`;
    this.onload();
  }
}

it('tells what was read, and lists what was not found', async () => {
  const unmatched = [{ location: 'gone.mp3', label: 'Ann - Gone', reason: 'No track has its path.' }];
  const host = { kind: 'browser' as const, nativeDialogs: false, demoAvailable: false, version: '1' };
  const api = new FakeApi({
    'host.capabilities': () => host,
    'playlists.import': () => ({ playlists: [{ name: 'Late', id: 'list:1', nMatched: 2, nUnmatched: 1, unmatched }] }),
  });
  vi.stubGlobal('FileReader', Reader);
  const toasts = new Toasts();
  const files = new PlaylistFiles(api, toasts, settings(api));
  await files.import(new File(['#EXTM3U'], 'Late.m3u8'));
  vi.unstubAllGlobals();
  expect(api.asked[1]!.input).toEqual({ file: { name: 'Late.m3u8', base64: 'I0VYVE0zVQ==' } });
  expect(toasts.shown.map(({ text }) => text)).toEqual(['2 tracks read into 1 playlist from Late.m3u8.']);
  expect(files.report).toMatchObject({
    title: '1 of 3 entries were not found',
    rows: [{ path: 'Ann - Gone: gone.mp3', reason: 'No track has its path.' }],
  });
  const large = Object.defineProperty(new File([], 'Library.xml'), 'size', { value: 150_000_000 });
  await files.import(large);
  expect(toasts.shown.at(-1)!.text).toMatch(/too large for a browser/);
  expect(api.asked).toHaveLength(3);
});

it('shows how far a folder of copies has come until it is there', async () => {
  const { promise, resolve } = Promise.withResolvers<{ folder: string; nTracks: number; leftOut: [] }>();
  const api = new FakeApi({ 'playlists.fillFolder': () => promise });
  const files = new PlaylistFiles(api, new Toasts(), settings(api));
  const stop = files.listen();
  await files.choose({ kind: 'copy' });
  const exporting = files.export('list:1', 'absolute');
  api.send('playlists.folderProgress', { done: 1, total: 2 });
  expect(files.progress).toEqual({ done: 1, total: 2 });
  resolve({ folder: '/stick/Late', nTracks: 2, leftOut: [] });
  await exporting;
  expect(files.progress).toBeNull();
  expect(api.asked.at(-1)).toMatchObject({ name: 'playlists.fillFolder', input: { kind: 'copy', pathStyle: 'absolute' } });
  stop();
});
