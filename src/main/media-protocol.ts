// media://app/...: audio, stems, covers and pictures by track id, with byte ranges, answered by the engine.
import { Readable } from 'node:stream';
import type { Session } from 'electron';
import { parseMediaPath } from '../contract/index.ts';
import type { Logger } from '../core/logger.ts';
import type { Engine } from '../engine/engine.ts';
import { type MediaReply, mediaResponse } from '../engine/media-response.ts';
import { APP_HOST, MEDIA_SCHEME } from './schemes.ts';

export interface MediaSite {
  engine: Pick<Engine, 'media'>;
  /** The page's origin: it draws and mixes what it plays, which the browser allows only when told. */
  pageOrigin: string;
  logger: Logger;
}

export function setupMediaProtocol(session: Session, site: MediaSite): void {
  session.protocol.handle(MEDIA_SCHEME, (request) => answerMedia(request, site));
}

export async function answerMedia(request: Request, site: MediaSite): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight(site.pageOrigin);
  try {
    const url = URL.parse(request.url);
    const resource = url?.host === APP_HOST ? parseMediaPath(url.pathname.slice(1)) : null;
    const answer = resource === null ? null : await site.engine.media(resource);
    return toWebResponse(await mediaResponse(answer, request.headers.get('range'), request.method), site.pageOrigin);
  } catch (error) {
    site.logger.error({ error, url: request.url }, 'a media request failed');
    return new Response(null, { status: 500 });
  }
}

/** The page reads stems by ranges, and a range may make the browser ask first. */
function preflight(pageOrigin: string): Response {
  const headers = {
    'access-control-allow-origin': pageOrigin,
    'access-control-allow-methods': 'GET, HEAD',
    'access-control-allow-headers': 'range',
  };
  return new Response(null, { status: 204, headers });
}

function toWebResponse(reply: MediaReply, pageOrigin: string): Response {
  const headers = {
    ...reply.headers,
    'access-control-allow-origin': pageOrigin,
    'access-control-expose-headers': 'accept-ranges, content-length, content-range, x-frames, x-mels',
  };
  const { status, body } = reply;
  if (body instanceof Readable) return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { status, headers });
  return new Response(body === null ? null : new Uint8Array(body), { status, headers });
}
