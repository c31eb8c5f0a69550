// How the application starts once, comes back and ends: a second start goes to the first, and quitting waits for the
// engine to write what it holds.
import type { App } from 'electron';
import { secondStartSchema } from './start-folders.ts';

export interface LifecycleActions {
  /** Another start was asked for, perhaps with folders. */
  welcomeBack(folders: string[]): void;
  openWindow(): void;
  hasWindow(): boolean;
  /** Must end in bounded time. */
  closeEngine(): Promise<void>;
}

/** False when another instance runs; it has been told these folders. */
export function claimSingleInstance(app: App, folders: string[]): boolean {
  return app.requestSingleInstanceLock({ folders });
}

export function setupLifecycle(app: App, actions: LifecycleActions, platform: NodeJS.Platform): void {
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    actions.welcomeBack(secondStartSchema.safeParse(data).data?.folders ?? []);
  });
  app.on('activate', () => {
    if (!actions.hasWindow()) actions.openWindow();
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  let closed = false;
  let closing = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    if (closing) return;
    closing = true;
    void actions.closeEngine().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
