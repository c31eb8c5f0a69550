// A double of the `electron` module: it records what the shell sets up and lets a test play the other side.
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/** One end of a MessageChannel pair; a message arrives at the other end at once. */
export class PortDouble extends EventEmitter {
  other: PortDouble | null = null;
  started = false;
  closed = false;
  postMessage(data: unknown): void {
    this.other?.emit('message', { data, ports: [] });
  }
  start(): void {
    this.started = true;
  }
  close(): void {
    this.closed = true;
  }
}

export class MessageChannelMain {
  port1 = new PortDouble();
  port2 = new PortDouble();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

export class UtilityProcessDouble extends EventEmitter {
  pid: number | undefined = undefined;
  posted: { message: unknown; ports: PortDouble[] }[] = [];
  killed = false;
  readonly path: string;
  constructor(path: string) {
    super();
    this.path = path;
  }
  postMessage(message: unknown, ports: PortDouble[] = []): void {
    this.posted.push({ message, ports });
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

export const forked: UtilityProcessDouble[] = [];

export const utilityProcess = {
  fork: (path: string): UtilityProcessDouble => {
    const child = new UtilityProcessDouble(path);
    forked.push(child);
    return child;
  },
};

type IpcHandler = (event: unknown, message: unknown) => unknown;

export const handlers = new Map<string, IpcHandler>();
export const ipcMain = {
  handle: (channel: string, handler: IpcHandler) => void handlers.set(channel, handler),
  on: (channel: string, handler: IpcHandler) => void handlers.set(channel, handler),
};

export const sent: { channel: string; message: unknown }[] = [];
export class BrowserWindow extends EventEmitter {
  static opened: BrowserWindow[] = [];
  static getAllWindows = (): BrowserWindow[] => BrowserWindow.opened;
  static getFocusedWindow = (): null => null;
  options: Record<string, unknown>;
  webContents = Object.assign(new EventEmitter(), {
    send: (channel: string, message: unknown) => void sent.push({ channel, message }),
  });
  loadURL = vi.fn(async () => {});
  show = vi.fn();
  focus = vi.fn();
  constructor(options: Record<string, unknown> = {}) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
  }
  isMinimized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return false;
  }
  getNormalBounds(): object {
    return { x: 0, y: 0, width: 800, height: 600 };
  }
}

export const exposed: Record<string, unknown> = {};
export const contextBridge = {
  exposeInMainWorld(name: string, value: unknown): void {
    exposed[name] = value;
  },
};

export const ipcRenderer = Object.assign(new EventEmitter(), { invoke: vi.fn(), send: vi.fn() });
export const webUtils = { getPathForFile: (file: { path: string }) => file.path };

export const shell = { openExternal: vi.fn(async () => {}) };
export const dialog = {
  showOpenDialog: vi.fn(),
  showSaveDialog: vi.fn(),
  showMessageBox: vi.fn(async () => ({})),
  showErrorBox: vi.fn(),
};
export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  commandLine: { getSwitchValue: () => '' },
  enableSandbox: vi.fn(),
  exit: vi.fn(),
  getAppPath: () => '/app',
  getPath: (name: string) => `/nowhere/${name}`,
  getPreferredSystemLanguages: () => ['en-US'],
  getVersion: () => '1.2.3',
  quit: vi.fn(),
  requestSingleInstanceLock: vi.fn(() => true),
  whenReady: vi.fn(async () => {}),
});
export const Menu = { buildFromTemplate: vi.fn((template: unknown) => template), setApplicationMenu: vi.fn() };
export const session = {
  defaultSession: {
    protocol: { handle: vi.fn() },
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
  },
};
export const protocol = { registerSchemesAsPrivileged: vi.fn() };
export const nativeTheme = { shouldUseDarkColors: false };
const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
export const screen = { getAllDisplays: () => [display], getPrimaryDisplay: () => display };
