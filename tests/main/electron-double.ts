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
export const BrowserWindow = {
  getAllWindows: () => [{ webContents: { send: (channel: string, message: unknown) => sent.push({ channel, message }) } }],
  getFocusedWindow: () => null,
};

export const exposed: Record<string, unknown> = {};
export const contextBridge = {
  exposeInMainWorld(name: string, value: unknown): void {
    exposed[name] = value;
  },
};

export const ipcRenderer = Object.assign(new EventEmitter(), { invoke: vi.fn(), send: vi.fn() });
export const webUtils = { getPathForFile: (file: { path: string }) => file.path };

export const shell = { openExternal: vi.fn(async () => {}) };
export const dialog = { showOpenDialog: vi.fn(), showSaveDialog: vi.fn(), showMessageBox: vi.fn(async () => ({})) };
export const app = Object.assign(new EventEmitter(), { getPath: (name: string) => `/${name}`, quit: vi.fn() });
export const protocol = { registerSchemesAsPrivileged: vi.fn() };
export const nativeTheme = { shouldUseDarkColors: false };
export const screen = { getAllDisplays: () => [] };
