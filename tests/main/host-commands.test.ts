// What the shell answers itself: capabilities and the commands that need a dialog.
import { describe, expect, test, vi } from 'vitest';
import type { CommandName, Request, Response } from '../../src/contract/index.ts';
import { answerRequest, type DesktopHost } from '../../src/main/host-commands.ts';
import { type FakeEngine, fakeEngine } from '../server/fake-engine.ts';

const RENDERED = {
  path: null,
  fileName: 'Jazz.m3u8',
  mediaType: 'audio/mpegurl',
  isTree: false,
  base64: 'I0VYVE0zVQo=',
  nTracks: 2,
  leftOut: [{ path: '/a.mp3', reason: 'Its file is missing.' }],
  notes: [],
};

function hostOver(engine: FakeEngine): DesktopHost {
  return {
    engine,
    resourcesDir: '/nowhere',
    version: '1.2.3',
    chooseFolder: vi.fn(async () => '/music'),
    chooseExportPath: vi.fn(async () => '/out/Jazz.m3u8' as string | null),
    chooseExportFolder: vi.fn(async () => '/out' as string | null),
  };
}

const ask = (host: DesktopHost, name: CommandName, input: unknown): Promise<Response> =>
  answerRequest({ type: 'request', id: 5, name, input }, host);

test('capabilities of the desktop', async () => {
  const { result } = await ask(hostOver(fakeEngine()), 'host.capabilities', {});
  expect(result).toEqual({ ok: true, value: { kind: 'desktop', nativeDialogs: true, demoAvailable: false, version: '1.2.3' } });
});

test('a folder comes from the dialog', async () => {
  const { id, result } = await ask(hostOver(fakeEngine()), 'host.chooseFolder', {});
  expect({ id, result }).toEqual({ id: 5, result: { ok: true, value: { path: '/music' } } });
});

test('everything else is the engine’s', async () => {
  const engine = fakeEngine();
  await ask(hostOver(engine), 'tracks.get', { id: 1 });
  expect(engine.requests).toEqual([{ type: 'request', id: 5, name: 'tracks.get', input: { id: 1 } }]);
});

describe('export', () => {
  const render = (request: Request): { ok: true; value: unknown } => {
    const { outPath } = request.input as { outPath?: string | null };
    return { ok: true, value: outPath ? { ...RENDERED, path: outPath, base64: null } : RENDERED };
  };

  test('asks where to write and then writes', async () => {
    const engine = fakeEngine({ handle: render });
    const host = hostOver(engine);
    const { result } = await ask(host, 'playlists.export', { id: 'genre:jazz' });
    expect(host.chooseExportPath).toHaveBeenCalledWith('Jazz.m3u8');
    expect(result).toEqual({ ok: true, value: { ...RENDERED, path: '/out/Jazz.m3u8', base64: null } });
  });

  test('a closed dialog writes nothing', async () => {
    const engine = fakeEngine({ handle: render });
    const host = { ...hostOver(engine), chooseExportPath: async () => null };
    const { result } = await ask(host, 'playlists.export', { id: 'genre:jazz' });
    expect(result).toEqual({ ok: true, value: { ...RENDERED, path: null, base64: null } });
    expect(engine.requests).toHaveLength(1);
  });

  test('a failure is told before any dialog', async () => {
    const failure = { code: 'playlist.empty', message: 'It is empty.' } as const;
    const host = hostOver(fakeEngine({ handle: () => ({ ok: false, error: failure }) }));
    expect((await ask(host, 'playlists.export', { id: 'genre:jazz' })).result).toEqual({ ok: false, error: failure });
    expect(host.chooseExportPath).not.toHaveBeenCalled();
  });

  test('several files go into a folder the person chooses', async () => {
    const engine = fakeEngine({ handle: () => ({ ok: true, value: { ...RENDERED, isTree: true } }) });
    const host = hostOver(engine);
    await ask(host, 'playlists.export', { id: 'genre:jazz', format: 'serato' });
    expect(host.chooseExportPath).not.toHaveBeenCalled();
    expect(engine.requests.at(-1)!.input).toMatchObject({ outPath: '/out', format: 'serato' });
  });

  test('a folder of links or copies goes where the person says, never where the page says', async () => {
    const engine = fakeEngine();
    const request = { id: 'genre:jazz', kind: 'copy' };
    await ask(hostOver(engine), 'playlists.fillFolder', request);
    expect(engine.requests.map(({ input }) => input)).toMatchObject([{ parent: '/out' }]);
    const closed = { ...hostOver(engine), chooseExportFolder: async () => null };
    expect((await ask(closed, 'playlists.fillFolder', request)).result).toMatchObject({ ok: true, value: { folder: null } });
    const { result } = await ask(hostOver(engine), 'playlists.fillFolder', { ...request, parent: '/etc' });
    expect(result).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(engine.requests).toHaveLength(1);
  });

  test('the page cannot name the file itself', async () => {
    const engine = fakeEngine({ handle: render });
    const { result } = await ask(hostOver(engine), 'playlists.export', { id: 'genre:jazz', outPath: '/home/me/.bashrc' });
    expect(result).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(engine.requests).toEqual([]);
  });
});
