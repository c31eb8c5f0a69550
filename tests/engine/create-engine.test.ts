// The contract answered by the real application: real SQLite, real workers, real models, one short real file.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput, CommandName, CommandOutput, EventMessage } from '../../src/contract/index.ts';
import { WAVEFORM_SLICES } from '../../src/contract/index.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { audioFilesIn, DEMO_DIR, RESOURCES_DIR } from '../support/real-audio.ts';
import { suiteTempDir, tempDir } from '../support/temp-dir.ts';

describe('the engine', () => {
  const libraryDir = suiteTempDir();
  const music = suiteTempDir();
  let engine: Engine;
  const heard: EventMessage[] = [];

  beforeAll(async () => {
    cpSync(audioFilesIn(DEMO_DIR)[0]!, join(music, 'song.opus'));
    engine = await openEngine({ libraryDir, resourcesDir: RESOURCES_DIR, logger: SILENT_LOGGER });
    engine.onEvent((message) => heard.push(message));
  });
  afterAll(() => engine.close());

  async function ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    const { result } = await engine.handle({ type: 'request', id: 1, name, input });
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
    return result.value as CommandOutput<N>;
  }
  const failureOf = async (name: CommandName, input: unknown): Promise<string> => {
    const { result } = await engine.handle({ type: 'request', id: 1, name, input });
    return result.ok ? 'ok' : result.error.code;
  };
  const untilEvent = async (name: EventMessage['name']): Promise<EventMessage> => {
    const isIt = (message: EventMessage): boolean => message.name === name;
    await expect.poll(() => heard.some(isIt), { timeout: 60_000 }).toBe(true);
    return heard.find(isIt)!;
  };

  it('refuses input that does not fit the contract, and says what is wrong', async () => {
    expect(await failureOf('tracks.get', { id: 'one' })).toBe('input.invalid');
    expect(await failureOf('tracks.list', { limit: 1_000_000 })).toBe('input.invalid');
    expect(await failureOf('settings.set', { nWindows: 0 })).toBe('input.invalid');
    expect(await failureOf('tracks.get', { id: 1, path: '/etc/passwd' })).toBe('input.invalid');
  });

  it('answers unknown things with their own codes', async () => {
    expect(await failureOf('tracks.get', { id: 999 })).toBe('track.unknown');
    expect(await failureOf('playlists.export', { id: 'genre:polka' })).toBe('playlist.unknown');
    expect(await failureOf('stems.prepare', { id: 999 })).toBe('track.unknown');
    expect(await failureOf('host.chooseFolder', {})).toBe('host.unavailable');
  });

  it('changes one setting and leaves the others', async () => {
    const before = await ask('settings.get', {});
    expect(await ask('settings.set', { playlistMinConfidence: 0 })).toEqual({ ...before, playlistMinConfidence: 0 });
  });

  it('scans a folder in the background and tells its progress and its end', async () => {
    await ask('scan.start', { folders: [music] });
    expect((await ask('scan.status', {})).running).toBe(true);
    expect(await failureOf('scan.start', { folders: [music] })).toBe('scan.running');
    const ended = await untilEvent('scan.ended');
    expect(ended.payload).toMatchObject({ summary: { found: 1, analysed: 1, failed: 0 }, failure: null });
    expect(heard.map(({ name }) => name)).toContain('tracks.changed');
    const { total, tracks } = await ask('tracks.list', {});
    expect(total).toBe(1);
    expect(tracks[0]).toMatchObject({ status: 'analysed', path: join(music, 'song.opus') });
    const summary = await ask('library.summary', {});
    expect(summary).toMatchObject({ counts: { analysed: 1 }, roots: [{ path: music, online: true, nTracks: 1 }], outdated: 0 });
  });

  it('serves sound, waveform, spectrograms of mixture and stems by track id', async () => {
    const [track] = (await ask('tracks.list', {})).tracks;
    const id = track!.id;
    expect(await engine.media({ kind: 'audio', id })).toEqual({ kind: 'file', path: track!.path, mediaType: 'audio/ogg' });
    expect(await engine.media({ kind: 'audio', id: 999 })).toBeNull();
    const waveform = await engine.media({ kind: 'waveform', id });
    expect(waveform?.kind === 'bytes' && waveform.bytes.length).toBe(WAVEFORM_SLICES);
    for (const source of ['mixture', 'drums'] as const) {
      const mel = await engine.media({ kind: 'mel', id, source, window: 0 });
      if (mel?.kind !== 'bytes') throw new Error('no picture');
      expect(mel.bytes.length).toBe(Number(mel.headers['x-frames']) * Number(mel.headers['x-mels']));
      expect(Math.max(...mel.bytes)).toBeGreaterThan(source === 'mixture' ? 250 : 0);
    }
    expect(await engine.media({ kind: 'mel', id, source: 'mixture', window: 99 })).toBeNull();
  });

  it('separates a track for listening and keeps the stems', async () => {
    const id = (await ask('tracks.list', {})).tracks[0]!.id;
    expect(await engine.media({ kind: 'stem', id, stem: 'bass' })).toBeNull();
    expect(await ask('stems.status', { id })).toEqual({ state: 'none' });
    expect(await ask('stems.prepare', { id })).toEqual({ ready: false });
    expect(await ask('stems.status', { id })).toEqual({ state: 'running' });
    expect((await untilEvent('stems.ready')).payload).toEqual({ id, failure: null });
    expect(await ask('stems.prepare', { id })).toEqual({ ready: true });
    expect(await ask('stems.status', { id })).toEqual({ state: 'ready' });
    const stem = await engine.media({ kind: 'stem', id, stem: 'bass' });
    expect(stem).toMatchObject({ kind: 'file', mediaType: 'audio/wav' });
  });

  it('hands a playlist out as bytes when no path is named', async () => {
    const { playlists } = await ask('playlists.list', {});
    expect(playlists).toHaveLength(1);
    const exported = await ask('playlists.export', { id: playlists[0]!.id, pathStyle: 'absolute' });
    expect(exported).toMatchObject({ path: null, nTracks: 1 });
    expect(Buffer.from(exported.base64!, 'base64').toString()).toContain(join(music, 'song.opus'));
  });

  it('reads a playlist, fills a folder with it, and needs to be told which', async () => {
    const base64 = Buffer.from('#EXTM3U\nsong.opus\ngone.opus\n').toString('base64');
    const { playlists } = await ask('playlists.import', { file: { name: 'Mine.m3u8', base64 } });
    expect(playlists).toMatchObject([{ name: 'Mine', nMatched: 1, nUnmatched: 1, unmatched: [{ location: 'gone.opus' }] }]);
    const request = { id: playlists[0]!.id!, kind: 'symlink' } as const;
    expect(await failureOf('playlists.fillFolder', request)).toBe('host.unavailable');
    expect(await failureOf('playlists.fillFolder', { ...request, parent: music })).toBe('input.invalid');
    const parent = tempDir();
    expect(await ask('playlists.fillFolder', { ...request, parent })).toEqual({
      folder: join(parent, 'Mine'),
      nTracks: 1,
      leftOut: [],
    });
    expect((await untilEvent('playlists.folderProgress')).payload).toEqual({ done: 1, total: 1 });
  });

  it('checks the installation', async () => {
    const { checks } = await ask('system.doctor', {});
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Decoders', 'Separator', 'Classifier', 'Inference on cpu', 'Library']),
    );
  });
});
