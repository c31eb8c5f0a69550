// The two address schemes of the window: the page's own, and media by track id. Neither can reach the file system.
import { protocol } from 'electron';

export const PAGE_SCHEME = 'stemscape';
export const MEDIA_SCHEME = 'media';
export const APP_HOST = 'app';
export const PAGE_URL = `${PAGE_SCHEME}://${APP_HOST}/index.html`;
/** Where the page comes from while developing; never in the packaged app. */
export const DEV_SERVER_VARIABLE = 'ELECTRON_RENDERER_URL';

/** Must run before the application is ready. */
export function registerSchemes(): void {
  const base = { standard: true, secure: true, supportFetchAPI: true } as const;
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { ...base, codeCache: true } },
    { scheme: MEDIA_SCHEME, privileges: { ...base, stream: true, corsEnabled: true } },
  ]);
}

/** The only page the window may show and the only origin that may talk to the shell. */
export function pageUrl(isPackaged: boolean, env: NodeJS.ProcessEnv): string {
  return (isPackaged ? undefined : env[DEV_SERVER_VARIABLE]) ?? PAGE_URL;
}

/** "stemscape://app". Node's URL knows no origin for schemes of one's own, so it is put together here. */
export function originOf(address: string): string {
  const url = URL.parse(address);
  return url === null ? 'null' : `${url.protocol}//${url.host}`;
}
