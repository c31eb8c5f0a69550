// The boot order of the desktop app, against the double: what is set up before the window, and how the window is locked.
import { resolve } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { app, BrowserWindow, dialog, forked, handlers, Menu, protocol, session } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));
vi.mock('../../src/main/log.ts', async () => {
  const { SILENT_LOGGER } = await import('../../src/core/logger.ts');
  return { createLogger: () => SILENT_LOGGER, rotateLog: async () => {} };
});

const ENTRY = resolve(import.meta.dirname, '../../src/main/index.ts');
const argv = process.argv;
let nBoots = 0;
beforeEach(() => {
  vi.clearAllMocks();
  handlers.clear();
  app.removeAllListeners();
  forked.length = 0;
  BrowserWindow.opened = [];
  Object.defineProperty(process, 'resourcesPath', { value: '/app/resources', configurable: true });
  process.argv = ['stemscape', '/music'];
  return () => {
    process.argv = argv;
  };
});

/** The query makes it another module each time: the entry runs again, what it imports does not. */
async function boot(): Promise<void> {
  await import(/* @vite-ignore */ `${ENTRY}?boot=${++nBoots}`);
  await vi.waitFor(() => expect(BrowserWindow.opened.length > 0 || app.quit.mock.calls.length > 0).toBe(true));
}

describe('a first start', () => {
  beforeEach(boot);

  test('registers its schemes before the application is ready', () => {
    const [registered] = protocol.registerSchemesAsPrivileged.mock.invocationCallOrder;
    const [ready] = app.whenReady.mock.invocationCallOrder;
    expect(registered).toBeLessThan(ready ?? 0);
    expect(app.enableSandbox).toHaveBeenCalled();
  });

  test('opens one sandboxed window on our page', () => {
    const [window] = BrowserWindow.opened;
    expect(window?.options.webPreferences).toEqual({
      preload: '/app/out/preload/index.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    });
    expect(window?.loadURL).toHaveBeenCalledWith('stemscape://app/index.html');
    window?.emit('ready-to-show');
    expect(window?.show).toHaveBeenCalled();
  });

  test('has its doors and locks before the window loads', () => {
    expect(session.defaultSession.protocol.handle.mock.calls.map(([scheme]) => scheme)).toEqual(['stemscape', 'media']);
    expect(session.defaultSession.setPermissionRequestHandler).toHaveBeenCalled();
    expect([...handlers.keys()]).toEqual(['stemscape:invoke', 'stemscape:drop']);
    expect(app.listenerCount('web-contents-created')).toBe(1);
    expect(Menu.setApplicationMenu).toHaveBeenCalled();
  });

  test('runs the engine in its own process and scans the folders it was given', async () => {
    expect(forked.map((process) => process.path)).toEqual(['/app/out/main/engine.js']);
    const messages = () => forked[0]?.posted.map(({ message }) => message);
    await vi.waitFor(() => expect(messages()).toHaveLength(3));
    expect(messages()).toMatchObject([
      { type: 'open', libraryDir: '/nowhere/userData/library', resourcesDir: '/app/resources' },
      { type: 'request', name: 'settings.get' },
      { type: 'request', name: 'scan.start', input: { folders: ['/music'] } },
    ]);
  });

  test('a folder that cannot be scanned is told in a dialog', async () => {
    await vi.waitFor(() => expect(forked[0]?.posted).toHaveLength(3));
    const failure = { code: 'folder.missing', message: 'There is no folder "/music".' };
    forked[0]?.emit('message', { type: 'response', id: 2, result: { ok: false, error: failure } });
    await vi.waitFor(() => expect(dialog.showMessageBox).toHaveBeenCalled());
    expect(JSON.stringify(dialog.showMessageBox.mock.calls)).toContain('There is no folder');
  });
});

test('a second start hands its folders over and leaves', async () => {
  app.requestSingleInstanceLock.mockReturnValueOnce(false);
  await boot();
  expect(app.requestSingleInstanceLock).toHaveBeenCalledWith({ folders: ['/music'] });
  expect(app.quit).toHaveBeenCalled();
  expect(BrowserWindow.opened).toEqual([]);
  expect(forked).toEqual([]);
});
