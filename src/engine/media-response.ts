// Turns a media answer into a reply with byte ranges, for the desktop's media: scheme and for `serve` alike. A player
// seeks by ranges, and Electron's own file fetch ignores them.
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { MediaAnswer } from './engine.ts';

export interface MediaReply {
  status: number;
  headers: Record<string, string>;
  /** A stream that reads at most CHUNK_BYTES ahead and closes its file when it ends or is destroyed. */
  body: Readable | Uint8Array | null;
}

type Span = { start: number; end: number };

const CHUNK_BYTES = 256 * 1024;

const COMMON_HEADERS = {
  'accept-ranges': 'bytes',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
};

/** The bytes a Range header asks for, both ends included; null = everything, as for a header that names no single range. */
export function parseRange(header: string | null, size: number): Span | 'unsatisfiable' | null {
  const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '');
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) return 'unsatisfiable';
  return end < start ? null : { start, end };
}

/** 200, 206, 404 or 416 for an answer; HEAD has the headers of the whole resource and no body. */
export async function mediaResponse(answer: MediaAnswer | null, rangeHeader: string | null, method: string): Promise<MediaReply> {
  if (answer === null) return notFound();
  if (answer.kind === 'bytes') {
    const { bytes } = answer;
    const read = (span: Span): Uint8Array => bytes.subarray(span.start, span.end + 1);
    return reply({ mediaType: answer.mediaType, ...answer.headers }, bytes.byteLength, rangeHeader, method, read);
  }
  const file = await openFile(answer.path);
  if (file === null) return notFound();
  const read = (span: Span): Readable => file.handle.createReadStream({ ...span, highWaterMark: CHUNK_BYTES });
  const answered = reply({ mediaType: answer.mediaType }, file.size, rangeHeader, method, read);
  if (answered.body === null) await file.handle.close();
  return answered;
}

function reply(
  described: Record<string, string> & { mediaType: string },
  size: number,
  rangeHeader: string | null,
  method: string,
  read: (span: Span) => Readable | Uint8Array,
): MediaReply {
  const { mediaType, ...extra } = described;
  const headers = { ...COMMON_HEADERS, ...extra, 'content-type': mediaType };
  const range = method === 'HEAD' ? null : parseRange(rangeHeader, size);
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'content-length': '0', 'content-range': `bytes */${size}` }, body: null };
  }
  const span = range ?? { start: 0, end: size - 1 };
  const length = span.end - span.start + 1;
  const body = method === 'HEAD' || length === 0 ? null : read(span);
  const sized = { ...headers, 'content-length': String(length) };
  if (range === null) return { status: 200, headers: sized, body };
  return { status: 206, headers: { ...sized, 'content-range': `bytes ${span.start}-${span.end}/${size}` }, body };
}

function notFound(): MediaReply {
  return { status: 404, headers: { ...COMMON_HEADERS, 'content-length': '0' }, body: null };
}

async function openFile(path: string): Promise<{ handle: FileHandle; size: number } | null> {
  try {
    const handle = await open(path, 'r');
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, size: stats.size };
    await handle.close();
    return null;
  } catch {
    return null;
  }
}
