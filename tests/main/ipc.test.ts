// The one door between page and shell: who is heard, and what happens to what they say.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DROP_CHANNEL, EVENT_CHANNEL, INVOKE_CHANNEL } from '../../src/contract/channels.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { type FakeEngine, fakeEngine } from '../server/fake-engine.ts';
import { BrowserWindow, handlers, sent } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));
const { setupIpc } = await import('../../src/main/ipc.ts');

const PAGE = 'stemscape://app';
let engine: FakeEngine;
const scanFolders = vi.fn(async () => {});
const answer = vi.fn(async (request: { id: number }) => ({
  type: 'response' as const,
  id: request.id,
  result: { ok: true as const, value: 1 },
}));

beforeEach(() => {
  vi.clearAllMocks();
  sent.length = 0;
  BrowserWindow.opened = [];
  new BrowserWindow();
  engine = fakeEngine();
  setupIpc({ engine, pageOrigin: PAGE, answer, scanFolders, logger: SILENT_LOGGER });
});

function from(frame: { origin: string } | null, isMainFrame = true): object {
  return { senderFrame: frame, sender: { mainFrame: isMainFrame ? frame : { origin: PAGE } } };
}

async function invoke(event: object, message: unknown): Promise<unknown> {
  return handlers.get(INVOKE_CHANNEL)?.(event, message);
}

const request = { type: 'request', id: 3, name: 'settings.get', input: {} };

describe('senders', () => {
  test('our page is answered', async () => {
    expect(await invoke(from({ origin: PAGE }), request)).toEqual({ type: 'response', id: 3, result: { ok: true, value: 1 } });
  });

  test.each([
    ['another origin', from({ origin: 'https://evil.example' })],
    ['a frame inside our page', from({ origin: PAGE }, false)],
    ['a frame that is gone', from(null)],
  ])('%s is refused', async (_name, event) => {
    await expect(invoke(event, request)).rejects.toThrow('refused');
    expect(answer).not.toHaveBeenCalled();
  });
});

describe('messages', () => {
  test.each([{ ...request, name: 'disk.format' }, { ...request, id: 'three' }, { type: 'event', name: 'settings.get' }, null])(
    '%j is told to be unknown',
    async (message) => {
      const response = await invoke(from({ origin: PAGE }), message);
      expect(response).toMatchObject({ result: { ok: false, error: { code: 'input.invalid' } } });
      expect(answer).not.toHaveBeenCalled();
    },
  );

  test('an answer that throws becomes a flat failure', async () => {
    answer.mockRejectedValueOnce(new Error('a secret path'));
    const response = await invoke(from({ origin: PAGE }), request);
    expect(response).toMatchObject({ id: 3, result: { ok: false, error: { code: 'internal' } } });
    expect(JSON.stringify(response)).not.toContain('secret');
  });

  test('events reach the window', () => {
    const message = { type: 'event', name: 'tracks.changed', payload: { ids: [1] } } as const;
    engine.emit(message);
    expect(sent).toEqual([{ channel: EVENT_CHANNEL, message }]);
  });
});

test('dropped folders are scanned, dropped files are not', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'stemscape-drop-'));
  await writeFile(join(dir, 'song.mp3'), '');
  handlers.get(DROP_CHANNEL)?.(from({ origin: PAGE }), [dir, join(dir, 'song.mp3'), join(dir, 'gone')]);
  await vi.waitFor(() => expect(scanFolders).toHaveBeenCalledWith([dir]));
  expect(() => handlers.get(DROP_CHANNEL)?.(from({ origin: 'https://evil.example' }), [dir])).toThrow('refused');
  await rm(dir, { recursive: true });
});
