// The one window: sandboxed, without Node, showing the one page.
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme, screen, type WebPreferences } from 'electron';
import { keepWindowState, readWindowState } from './window-state.ts';

export interface WindowOptions {
  preloadPath: string;
  pageUrl: string;
  statePath: string;
  /** Developer tools are for development. */
  devTools: boolean;
}

const RELOAD_PAUSE_MS = 10_000;
const DEFAULT_SIZE = { width: 1280, height: 840 } as const;

export async function openWindow(options: WindowOptions): Promise<BrowserWindow> {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const screens = [primary, ...others].map(({ workArea }) => workArea);
  const state = await readWindowState(options.statePath, screens);
  const window = new BrowserWindow({ ...DEFAULT_SIZE, ...state?.bounds, ...appearance(), webPreferences: preferences(options) });
  keepWindowState(window, options.statePath);
  recoverFromCrash(window);
  // Shown when it has something to show: no white flash.
  window.once('ready-to-show', () => {
    // Maximizing shows a window.
    if (state?.maximized) window.maximize();
    window.show();
  });
  await window.loadURL(options.pageUrl);
  return window;
}

/** A page that crashed is loaded again, unless it has just been. */
export function recoverFromCrash(window: BrowserWindow): void {
  let reloadedAtMs = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || Date.now() - reloadedAtMs < RELOAD_PAUSE_MS) return;
    reloadedAtMs = Date.now();
    window.reload();
  });
}

/** Brings the window to the front, for a second start of the application. */
export function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function appearance(): BrowserWindowConstructorOptions {
  const backgroundColor = nativeTheme.shouldUseDarkColors ? '#15161a' : '#ffffff';
  return { title: 'Stemscape', minWidth: 720, minHeight: 480, show: false, backgroundColor };
}

function preferences(options: WindowOptions): WebPreferences {
  return {
    preload: options.preloadPath,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    devTools: options.devTools,
  };
}
