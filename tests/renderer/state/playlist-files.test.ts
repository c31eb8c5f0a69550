// Exports and imports as the window tells them: where a file went, what was left out, and nothing when a dialog was closed.
import '../runes.ts';
import { expect, it } from 'vitest';
import { PlaylistFiles } from '../../../src/renderer/state/playlist-files.svelte.ts';
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

it('says where an export went, and nothing when the dialog was closed', async () => {
  const exported = { ...EXPORTED };
  const api = new FakeApi({ 'playlists.export': () => exported });
  const toasts = new Toasts();
  const files = new PlaylistFiles(api, toasts);
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
  const files = new PlaylistFiles(api, new Toasts());
  files.choose('m3u');
  await files.export('genre:jazz', 'relative');
  expect(api.asked[0]!.input).toMatchObject({ format: 'm3u', encoding: 'windows-1252' });
  expect(files.report).toEqual({ title: '1 of 3 tracks were left out', notes: ['The order is lost.'], rows: leftOut });
});

it('passes on only rewrites that are whole', async () => {
  const api = new FakeApi({ 'playlists.export': () => EXPORTED });
  const files = new PlaylistFiles(api, new Toasts());
  files.rewrites = [
    { from: '/home/me/Music', to: 'E:\\Music' },
    { from: '/home/me/Music', to: 'Music' },
  ];
  await files.export('genre:jazz', 'relative');
  expect(api.asked[0]!.input).toMatchObject({ rewrites: [{ from: '/home/me/Music', to: 'E:\\Music' }] });
});
