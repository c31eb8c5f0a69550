// The window stays on its one page: nothing navigates it, opens another or embeds one. Web links go to the browser.
import { type App, shell, type WebContents } from 'electron';
import { originOf } from './schemes.ts';

export function setupNavigation(app: App, pageOrigin: string): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, pageOrigin));
}

function guard(contents: WebContents, pageOrigin: string): void {
  const refuseOthers = (event: { preventDefault(): void; url: string }): void => {
    if (originOf(event.url) === pageOrigin) return;
    event.preventDefault();
    openInBrowser(event.url);
  };
  contents.on('will-navigate', refuseOthers);
  contents.on('will-redirect', refuseOthers);
  contents.on('will-frame-navigate', (event) => {
    if (originOf(event.url) !== pageOrigin) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openInBrowser(url);
    return { action: 'deny' };
  });
}

/** Only https: any other scheme could start a program. */
function openInBrowser(address: string): void {
  if (URL.parse(address)?.protocol === 'https:') void shell.openExternal(address);
}
