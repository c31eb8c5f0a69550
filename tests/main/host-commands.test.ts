// What the shell answers itself: capabilities and the commands that need a dialog.
import { describe, expect, test, vi } from 'vitest';
import type { CommandName, Request, Response } from '../../src/contract/index.ts';
import { answerRequest, type DesktopHost } from '../../src/main/host-commands.ts';
import { type FakeEngine, fakeEngine } from '../server/fake-engine.ts';

const RENDERED = { path: null, fileName: 'Jazz.m3u8', text: '#EXTM3U\n', nTracks: 2 };

function hostOver(engine: FakeEngine): DesktopHost {
  return {
    engine,
    resourcesDir: '/nowhere',
    version: '1.2.3',
    chooseFolder: vi.fn(async () => '/music'),
    chooseExportPath: vi.fn(async () => '/out/Jazz.m3u8' as string | null),
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
    return { ok: true, value: outPath ? { ...RENDERED, path: outPath, text: null } : RENDERED };
  };

  test('asks where to write and then writes', async () => {
    const engine = fakeEngine({ handle: render });
    const host = hostOver(engine);
    const { result } = await ask(host, 'playlists.export', { id: 'genre:jazz' });
    expect(host.chooseExportPath).toHaveBeenCalledWith('Jazz.m3u8');
    expect(result).toEqual({ ok: true, value: { ...RENDERED, path: '/out/Jazz.m3u8', text: null } });
  });

  test('a closed dialog writes nothing', async () => {
    const engine = fakeEngine({ handle: render });
    const host = { ...hostOver(engine), chooseExportPath: async () => null };
    const { result } = await ask(host, 'playlists.export', { id: 'genre:jazz' });
    expect(result).toEqual({ ok: true, value: { ...RENDERED, path: null, text: null } });
    expect(engine.requests).toHaveLength(1);
  });

  test('a failure is told before any dialog', async () => {
    const failure = { code: 'playlist.empty', message: 'It is empty.' } as const;
    const host = hostOver(fakeEngine({ handle: () => ({ ok: false, error: failure }) }));
    expect((await ask(host, 'playlists.export', { id: 'genre:jazz' })).result).toEqual({ ok: false, error: failure });
    expect(host.chooseExportPath).not.toHaveBeenCalled();
  });

  test('the page cannot name the file itself', async () => {
    const engine = fakeEngine({ handle: render });
    const { result } = await ask(hostOver(engine), 'playlists.export', { id: 'genre:jazz', outPath: '/home/me/.bashrc' });
    expect(result).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(engine.requests).toEqual([]);
  });
});
