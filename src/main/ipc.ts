// The one door between page and shell: only our page's main frame is heard, and only what the contract names.
import { stat } from 'node:fs/promises';
import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { z } from 'zod';
import { DROP_CHANNEL, EVENT_CHANNEL, INVOKE_CHANNEL } from '../contract/channels.ts';
import { type Request, type Response, requestSchema } from '../contract/index.ts';
import type { Logger } from '../core/logger.ts';
import type { Engine } from '../engine/engine.ts';

export interface IpcSite {
  engine: Pick<Engine, 'onEvent'>;
  pageOrigin: string;
  answer(request: Request): Promise<Response>;
  scanFolders(folders: string[]): Promise<void>;
  logger: Logger;
}

const droppedPathsSchema = z.array(z.string().min(1)).max(1000);

export function setupIpc(site: IpcSite): void {
  ipcMain.handle(INVOKE_CHANNEL, (event, message: unknown) => {
    requireOwnPage(event, site);
    return answer(message, site);
  });
  ipcMain.on(DROP_CHANNEL, (event, message: unknown) => {
    requireOwnPage(event, site);
    void scanDropped(message, site);
  });
  site.engine.onEvent((message) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(EVENT_CHANNEL, message);
  });
}

/** A frame inside the page, another page, or a page that is gone gets no answer at all. */
function requireOwnPage(event: IpcMainInvokeEvent | IpcMainEvent, site: IpcSite): void {
  const frame = event.senderFrame;
  if (frame !== null && frame === event.sender.mainFrame && frame.origin === site.pageOrigin) return;
  site.logger.warn({ origin: frame?.origin ?? null }, 'refused a message from a frame that is not our page');
  throw new Error('refused');
}

async function answer(message: unknown, site: IpcSite): Promise<Response> {
  const request = requestSchema.safeParse(message);
  if (!request.success) {
    const failure = { code: 'input.invalid', message: 'The page asked for something this version does not know.' } as const;
    return { type: 'response', id: -1, result: { ok: false, error: failure } };
  }
  try {
    return await site.answer(request.data);
  } catch (error) {
    site.logger.error({ error, command: request.data.name }, 'a command failed without an answer');
    const failure = { code: 'internal', message: 'Something unexpected went wrong; see the log.' } as const;
    return { type: 'response', id: request.data.id, result: { ok: false, error: failure } };
  }
}

/** Files dropped along with folders are left alone: a library is made of folders. */
async function scanDropped(message: unknown, site: IpcSite): Promise<void> {
  const paths = droppedPathsSchema.safeParse(message);
  if (!paths.success) return;
  const isFolder = await Promise.all(
    paths.data.map((path) =>
      stat(path).then(
        (stats) => stats.isDirectory(),
        () => false,
      ),
    ),
  );
  const folders = paths.data.filter((_, index) => isFolder[index]);
  if (folders.length > 0) await site.scanFolders(folders);
}
