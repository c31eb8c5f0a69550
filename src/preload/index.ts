// The bridge between the sandboxed page and the shell: it offers the contract and nothing else.
import { contextBridge, ipcRenderer } from 'electron';
import { EVENT_CHANNEL, INVOKE_CHANNEL } from '../contract/channels.ts';
import type { Bridge, EventMessage, Response } from '../contract/index.ts';
import { mediaPath } from '../contract/media-path.ts';
import { setupFolderDrop } from './folder-drop.ts';

type Listener = Parameters<Bridge['on']>[1];

const listeners = new Map<string, Set<(payload: never) => void>>();
let lastId = 0;

const bridge: Bridge = {
  async invoke(name, input) {
    const response: Response = await ipcRenderer.invoke(INVOKE_CHANNEL, { type: 'request', id: ++lastId, name, input });
    // The engine answers with the output its command's schema describes; the page sees that type.
    return response.result as Awaited<ReturnType<typeof bridge.invoke<typeof name>>>;
  },
  on(name, listener) {
    const heard = listeners.get(name) ?? new Set();
    listeners.set(name, heard.add(listener));
    return () => heard.delete(listener);
  },
  mediaUrl: (resource) => `media://app/${mediaPath(resource)}`,
};

ipcRenderer.on(EVENT_CHANNEL, (_event, message: EventMessage) => {
  for (const listener of listeners.get(message.name) ?? []) (listener as Listener)(message.payload as never);
});

setupFolderDrop();
contextBridge.exposeInMainWorld('stemscape', bridge);
