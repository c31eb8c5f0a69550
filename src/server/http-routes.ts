// What each HTTP request gets: the token exchange, the interface's files and media; everything else is refused.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import sirv from 'sirv';
import type { Logger } from '../core/logger.ts';
import type { Engine } from '../engine/engine.ts';
import { answerMedia, MEDIA_PREFIX } from './media-route.ts';
import { hasOwnHost, hasOwnOrigin } from './request-guard.ts';
import { securityHeaders } from './security-headers.ts';
import type { Session } from './session.ts';

export interface Site {
  engine: Engine;
  session: Session;
  rendererDir: string;
  logger: Logger;
  port: number;
}

export function createRoutes(site: Site): RequestListener {
  const headers = Object.entries(securityHeaders(site.port));
  // The interface is rebuilt in place, so the browser asks each time whether its copy is still good.
  const files = sirv(site.rendererDir, { dev: false, etag: true, dotfiles: false });
  return (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    void route(site, files, request, response).catch((error: unknown) => {
      site.logger.error({ error, url: request.url }, 'a request failed');
      if (!response.headersSent) refuse(response, 500, 'Something unexpected went wrong; see the log.');
      else response.destroy();
    });
  };
}

async function route(
  site: Site,
  files: ReturnType<typeof sirv>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = parseUrl(request.url);
  if (url === null) return refuse(response, 400, 'That is no address.');
  const isPage = url.pathname === '/' || url.pathname === '/index.html';
  if (!hasOwnHost(request, site.port)) return refuse(response, 421, 'This server answers on its own loopback address only.');
  if (!hasOwnOrigin(request, site.port, isPage)) return refuse(response, 403, 'Another page asked for this.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET and HEAD are answered.');
  const token = url.searchParams.get('token');
  if (isPage && token !== null && request.method === 'GET') return exchangeToken(site.session, request, response, token);
  if (!site.session.owns(request.headers.cookie)) {
    return refuse(response, 401, 'Open Stemscape with the address printed where it was started: it works once, in one browser.');
  }
  if (url.pathname.startsWith(MEDIA_PREFIX)) return answerMedia(site.engine, request, response, url.pathname);
  files(request, response, () => refuse(response, 404, 'There is nothing at this address.'));
}

/** The clean address hides the token from history and from whoever looks at the screen. */
function exchangeToken(session: Session, request: IncomingMessage, response: ServerResponse, token: string): void {
  const cookie = session.redeem(token);
  if (cookie !== null) response.setHeader('set-cookie', cookie);
  else if (!session.owns(request.headers.cookie)) {
    refuse(response, 401, 'This address was used already, or is not from this run. Start Stemscape again for a new one.');
    return;
  }
  response.writeHead(303, { location: '/', 'cache-control': 'no-store' }).end();
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(`${sentence}\n`);
}

function parseUrl(path: string | undefined): URL | null {
  return URL.parse(path ?? '/', 'http://localhost');
}
