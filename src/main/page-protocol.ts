// stemscape://app/...: the built interface, with its content security policy. It reads below one folder only.
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Session } from 'electron';
import { contentPolicy } from '../engine/content-policy.ts';
import { APP_HOST, MEDIA_SCHEME, PAGE_SCHEME } from './schemes.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

const MEDIA_SOURCE = `${MEDIA_SCHEME}:`;
const POLICY = contentPolicy({ media: MEDIA_SOURCE, connect: MEDIA_SOURCE });

export function setupPageProtocol(session: Session, rendererDir: string): void {
  session.protocol.handle(PAGE_SCHEME, (request) => answerPage(request, rendererDir));
}

export async function answerPage(request: Request, rendererDir: string): Promise<Response> {
  const path = filePath(request.url, rendererDir);
  const content = path === null || request.method !== 'GET' ? null : await readFile(path).catch(() => null);
  if (path === null || content === null) return new Response(null, { status: 404 });
  const headers = {
    'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
  };
  return new Response(new Uint8Array(content), { headers });
}

/** The file an address names below the folder, or null when it points elsewhere. */
function filePath(address: string, rendererDir: string): string | null {
  const url = URL.parse(address);
  if (url === null || url.host !== APP_HOST) return null;
  try {
    const path = join(rendererDir, decodeURIComponent(url.pathname));
    return path.startsWith(rendererDir + sep) && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}
