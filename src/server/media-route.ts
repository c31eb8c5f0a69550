// /media/...: audio, stems, covers and pictures by track id, with byte ranges.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { parseMediaPath } from '../contract/index.ts';
import type { Engine } from '../engine/engine.ts';
import { mediaResponse } from '../engine/media-response.ts';

export const MEDIA_PREFIX = '/media/';

export async function answerMedia(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const resource = parseMediaPath(path.slice(MEDIA_PREFIX.length));
  const answer = resource === null ? null : await engine.media(resource);
  const reply = await mediaResponse(answer, request.headers.range ?? null, request.method ?? 'GET');
  response.writeHead(reply.status, reply.headers);
  if (reply.body === null || reply.body instanceof Uint8Array) {
    response.end(reply.body ?? undefined);
    return;
  }
  // A player that seeks drops its request: the stream then closes its file, and there is nobody left to tell.
  await pipeline(reply.body, response).catch(() => response.destroy());
}
