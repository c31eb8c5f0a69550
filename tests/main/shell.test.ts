// The rest of the shell: navigation, permissions, menu, window state, arguments, and an end that waits for the engine.
import { EventEmitter } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, BrowserWindow, Session } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { app, dialog, shell } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));
const { chooseExportFolder, chooseExportPath, chooseFolder } = await import('../../src/main/dialogs.ts');
const { setupLifecycle } = await import('../../src/main/lifecycle.ts');
const { menuTemplate } = await import('../../src/main/menu.ts');
const { setupNavigation } = await import('../../src/main/navigation.ts');
const { setupPermissions } = await import('../../src/main/permissions.ts');
const { foldersOf } = await import('../../src/main/start-folders.ts');
const { recoverFromCrash } = await import('../../src/main/window.ts');
const { keepWindowState, readWindowState } = await import('../../src/main/window-state.ts');

beforeEach(() => {
  vi.clearAllMocks();
  app.removeAllListeners();
});

describe('navigation', () => {
  function openPage(): { contents: EventEmitter; open: (url: string) => unknown } {
    let open: (details: { url: string }) => unknown = () => {};
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: typeof open) => {
        open = handler;
      },
    });
    setupNavigation(app as unknown as App, 'stemscape://app');
    app.emit('web-contents-created', {}, contents);
    return { contents, open: (url) => open({ url }) };
  }

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s leaves the page only within our origin', (name) => {
    const { contents } = openPage();
    const event = (url: string) => ({ url, preventDefault: vi.fn() });
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'stemscape://other/',
      'media://app/audio/1',
      'javascript:1',
    ]) {
      const away = event(url);
      contents.emit(name, away);
      expect(away.preventDefault).toHaveBeenCalled();
    }
    const home = event('stemscape://app/index.html#tracks');
    contents.emit(name, home);
    expect(home.preventDefault).not.toHaveBeenCalled();
  });

  test('no second window; https goes to the browser and nothing else does', () => {
    const { open } = openPage();
    for (const url of ['https://musicbrainz.org/x', 'http://example.org/', 'file:///bin/sh', 'smb://host/share']) {
      expect(open(url)).toEqual({ action: 'deny' });
    }
    expect(shell.openExternal.mock.calls).toEqual([['https://musicbrainz.org/x']]);
  });

  test('no webview', () => {
    const event = { preventDefault: vi.fn() };
    openPage().contents.emit('will-attach-webview', event);
    expect(event.preventDefault).toHaveBeenCalled();
  });
});

test('every permission is refused', () => {
  const session = {
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
  };
  setupPermissions(session as unknown as Session);
  const decide = vi.fn();
  session.setPermissionRequestHandler.mock.calls[0]?.[0](null, 'media', decide);
  expect(decide).toHaveBeenCalledWith(false);
  expect(session.setPermissionCheckHandler.mock.calls[0]?.[0]()).toBe(false);
  expect(session.setDevicePermissionHandler.mock.calls[0]?.[0]()).toBe(false);
});

describe('the end', () => {
  const actions = { welcomeBack: vi.fn(), openWindow: vi.fn(), hasWindow: () => false, closeEngine: vi.fn(async () => {}) };

  test('waits once for the engine, then quits', async () => {
    setupLifecycle(app as unknown as App, actions, 'linux');
    const quit = () => {
      const event = { preventDefault: vi.fn() };
      app.emit('will-quit', event);
      return event.preventDefault;
    };
    expect(quit()).toHaveBeenCalled();
    expect(quit()).toHaveBeenCalled();
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledTimes(1));
    expect(actions.closeEngine).toHaveBeenCalledTimes(1);
    expect(quit()).not.toHaveBeenCalled();
  });

  test('closing the last window ends it, but on a Mac', () => {
    setupLifecycle(app as unknown as App, actions, 'darwin');
    app.emit('window-all-closed');
    expect(app.quit).not.toHaveBeenCalled();
    setupLifecycle(app as unknown as App, actions, 'win32');
    app.emit('window-all-closed');
    expect(app.quit).toHaveBeenCalledTimes(1);
  });

  test('a second start hands over its folders, whatever else it sends', () => {
    setupLifecycle(app as unknown as App, actions, 'linux');
    app.emit('second-instance', {}, [], '/', { folders: ['/music'] });
    app.emit('second-instance', {}, [], '/', { folders: 'nonsense' });
    expect(actions.welcomeBack.mock.calls).toEqual([[['/music']], [[]]]);
  });
});

test('folders on the command line', () => {
  expect(foldersOf(['stemscape', '--library=x', 'music', '/more'], true, '/home/me')).toEqual(['/home/me/music', '/more']);
  expect(foldersOf(['electron', '/project', '--', 'music'], false, '/home/me')).toEqual(['/home/me/music']);
  expect(foldersOf(['electron', '--inspect=0', '/project'], false, '/home/me')).toEqual([]);
});

test('the menu scans a folder with Ctrl/Cmd+O, and ships no developer tools', () => {
  const scanFolder = vi.fn();
  const text = (isPackaged: boolean): string => JSON.stringify(menuTemplate({ scanFolder }, 'linux', isPackaged));
  const submenus = menuTemplate({ scanFolder }, 'linux', true).map((entry) => entry.submenu);
  const items = submenus.filter((submenu) => Array.isArray(submenu)).flat() as { accelerator?: string; click?: () => void }[];
  items.find((item) => item.accelerator === 'CmdOrCtrl+O')?.click?.();
  expect(scanFolder).toHaveBeenCalledTimes(1);
  expect(text(true)).not.toContain('toggleDevTools');
  expect(text(false)).toContain('toggleDevTools');
  expect(menuTemplate({ scanFolder }, 'darwin', true)[0]).toEqual({ role: 'appMenu' });
});

test('dialogs: a choice, and a person who closes them', async () => {
  dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: ['/music'] });
  expect(await chooseFolder()).toBe('/music');
  dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] });
  expect(await chooseFolder()).toBeNull();
  dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: ['/stick'] });
  expect(await chooseExportFolder()).toBe('/stick');
  dialog.showSaveDialog.mockResolvedValueOnce({ canceled: true, filePath: '' });
  expect(await chooseExportPath('Jazz.m3u8')).toBeNull();
  expect(dialog.showSaveDialog.mock.calls[0]?.at(-1)).toMatchObject({ filters: [{ extensions: ['m3u8'] }] });
});

test('a page that crashes comes back once', () => {
  const webContents = new EventEmitter();
  const window = { webContents, reload: vi.fn() };
  recoverFromCrash(window as unknown as BrowserWindow);
  for (const reason of ['clean-exit', 'crashed', 'oom']) webContents.emit('render-process-gone', {}, { reason });
  expect(window.reload).toHaveBeenCalledTimes(1);
});

describe('window state', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const state = { bounds: { x: 10, y: 20, width: 900, height: 600 }, maximized: false };

  test('is kept when the window closes and read when its screen is there', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'stemscape-window-'));
    const path = join(dir, 'window.json');
    const window = Object.assign(new EventEmitter(), {
      isDestroyed: () => false,
      isMinimized: () => false,
      isMaximized: () => false,
      getNormalBounds: () => state.bounds,
    });
    keepWindowState(window as unknown as BrowserWindow, path);
    window.emit('close');
    await vi.waitFor(async () => expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(state));
    expect(await readWindowState(path, [screen])).toEqual(state);
    // Its screen is gone: the system finds a place.
    const { width, height } = state.bounds;
    expect(await readWindowState(path, [{ ...screen, x: 5000 }])).toEqual({ bounds: { width, height }, maximized: false });
    const second = { x: -800, y: 0, width: 800, height: 500 };
    expect(await readWindowState(path, [second])).toEqual({ bounds: { width: 800, height: 500 }, maximized: false });
    expect(await readWindowState(path, [second, screen])).toEqual(state);
    await writeFile(path, JSON.stringify({ ...state, maximized: true }));
    expect(await readWindowState(path, [{ ...screen, x: 5000 }])).toMatchObject({ maximized: true });
    await writeFile(path, '{"bounds":');
    expect(await readWindowState(path, [screen])).toBeNull();
    await rm(dir, { recursive: true });
  });
});
