// WAV and AIFF: the ID3v2 tag in a chunk of its own, and in a WAV the genre text of its LIST/INFO chunk, which follows it.
// Sources: Multimedia Programming Interface 1.0 (RIFF), AIFF-C draft 1991; the chunk is "id3 " or "ID3 " by convention.
import { type FileHandle, open } from 'node:fs/promises';
import { StemscapeError } from '../domain/errors.ts';
import { editedId3 } from './id3-edit.ts';
import { readId3Fields } from './id3v2-fields.ts';
import { ID3_HEADER_BYTES, type Id3Tag, id3SizeBytes, parseId3 } from './id3v2-tag.ts';
import { infoGenreOf, withInfoGenre } from './info-chunk.ts';
import { copyInSegments, readRange, type Segment } from './segments.ts';
import type { TagCodec, TagEdit } from './tag-codec.ts';

interface Chunk {
  id: string;
  /** Of the chunk's header. */
  start: number;
  bodyBytes: number;
}

interface ChunkTags {
  tag: Id3Tag | null;
  info: Buffer | null;
  infoStart: number;
}

interface Chunks {
  isLittleEndian: boolean;
  chunks: Chunk[];
  /** Where the outermost chunk ends, as its header states. */
  end: number;
}

const HEAD_BYTES = 8;
const FORM_BYTES = 12;
const MAX_BYTES = 0xffff_ffff;

function unsupported(detail: string): StemscapeError {
  return new StemscapeError('tags.unsupported', detail);
}

export const chunkCodec: TagCodec = {
  async read(path) {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const { tag, info } = await readTags(file, await readChunks(file, size));
      const { values, raw } = readId3Fields(tag);
      const infoGenre = info && infoGenreOf(info);
      if (values.genre.length === 0 && infoGenre) values.genre = textOf(infoGenre).split(';').map(trimmed).filter(Boolean);
      const stored = { version: tag?.version ?? 0, frames: raw, sizeBytes: tag?.sizeBytes ?? 0 };
      return { values, raw: { ...stored, infoGenre: infoGenre?.toString('base64') ?? null } };
    } finally {
      await file.close();
    }
  },
  writeCopy: (path, copy, edit) =>
    copyInSegments(path, copy, async (source, sizeBytes) => {
      const chunks = await readChunks(source, sizeBytes);
      return segmentsOf(chunks, sizeBytes, await readTags(source, chunks), edit, await readRange(source, 0, FORM_BYTES));
    }),
};

const trimmed = (text: string): string => text.trim();

/** INFO text has no stated encoding: UTF-8 where it is that, else Latin-1. */
function textOf(bytes: Buffer): string {
  const body = bytes.subarray(0, bytes.includes(0) ? bytes.indexOf(0) : bytes.length);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return body.toString('latin1');
  }
}

async function readChunks(file: FileHandle, sizeBytes: number): Promise<Chunks> {
  const head = await readRange(file, 0, FORM_BYTES);
  const magic = head.toString('latin1', 0, 4);
  if (magic !== 'RIFF' && magic !== 'FORM') throw unsupported('Tags are not written into this kind of WAV or AIFF file.');
  const isLittleEndian = magic === 'RIFF';
  const end = HEAD_BYTES + sizeAt(head, isLittleEndian);
  if (end > sizeBytes) throw unsupported('The file is damaged: it is shorter than its header says.');
  const chunks: Chunk[] = [];
  for (let at = FORM_BYTES; at + HEAD_BYTES <= end; ) {
    const header = await readRange(file, at, HEAD_BYTES);
    const bodyBytes = sizeAt(header, isLittleEndian);
    if (at + HEAD_BYTES + bodyBytes > end) throw unsupported('The file is damaged: its chunks do not fit into it.');
    chunks.push({ id: header.toString('latin1', 0, 4), start: at, bodyBytes });
    at += HEAD_BYTES + bodyBytes + (bodyBytes % 2);
  }
  return { isLittleEndian, chunks, end };
}

function sizeAt(header: Buffer, isLittleEndian: boolean): number {
  return isLittleEndian ? header.readUInt32LE(4) : header.readUInt32BE(4);
}

async function readTags(file: FileHandle, { chunks }: Chunks): Promise<ChunkTags> {
  const id3 = chunks.find(isId3);
  const body = id3 ? await readRange(file, id3.start + HEAD_BYTES, id3.bodyBytes) : Buffer.alloc(0);
  const size = id3SizeBytes(body.subarray(0, ID3_HEADER_BYTES));
  if (id3 && (size === 0 || size > body.length)) throw unsupported('The tags in this file are damaged.');
  let info: Buffer | null = null;
  let infoStart = 0;
  for (const { id, start, bodyBytes } of chunks) {
    if (id !== 'LIST' || info) continue;
    const list = await readRange(file, start + HEAD_BYTES, bodyBytes);
    if (list.toString('latin1', 0, 4) === 'INFO') [info, infoStart] = [list, start];
  }
  // The chunk's whole body belongs to the tag, zeros behind it included.
  return { tag: size === 0 ? null : { ...parseId3(body.subarray(0, size)), sizeBytes: body.length }, info, infoStart };
}

function isId3({ id }: Chunk): boolean {
  return id.toLowerCase() === 'id3 ';
}

function segmentsOf(
  { isLittleEndian, chunks, end }: Chunks,
  sizeBytes: number,
  { tag, info, infoStart }: ChunkTags,
  edit: TagEdit,
  form: Buffer,
): Segment[] {
  const parts: Segment[] = [];
  const id3Body = editedId3(tag, edit);
  const infoBody = info && edit.values.genre ? withInfoGenre(info, edit.values.genre, edit.raw?.infoGenre ?? null) : info;
  for (const chunk of chunks) {
    const next = chunk.start + HEAD_BYTES + chunk.bodyBytes + (chunk.bodyBytes % 2);
    if (isId3(chunk)) parts.push(...chunkSegments('id3 ', id3Body, isLittleEndian, chunk.id));
    else if (infoBody && infoBody !== info && chunk.start === infoStart)
      parts.push(...chunkSegments('LIST', infoBody, isLittleEndian));
    else parts.push({ start: chunk.start, end: Math.min(next, end) });
  }
  // A last chunk of odd size may lack its fill byte; the tag's chunk must begin at an even place.
  const last = chunks.at(-1);
  if (last && last.bodyBytes % 2 === 1 && last.start + HEAD_BYTES + last.bodyBytes === end && !chunks.some(isId3)) {
    parts.push({ bytes: Buffer.alloc(1) });
  }
  if (!chunks.some(isId3)) parts.push(...chunkSegments(isLittleEndian ? 'id3 ' : 'ID3 ', id3Body, isLittleEndian));
  const length = FORM_BYTES + parts.reduce((sum, part) => sum + ('bytes' in part ? part.bytes.length : part.end - part.start), 0);
  if (length - HEAD_BYTES > MAX_BYTES) throw unsupported('The file has no room left for tags: it would pass 4 GB.');
  const head = Buffer.from(form);
  if (isLittleEndian) head.writeUInt32LE(length - HEAD_BYTES, 4);
  else head.writeUInt32BE(length - HEAD_BYTES, 4);
  return [{ bytes: head }, ...parts, { start: end, end: sizeBytes }];
}

/** Nothing for an empty tag: its chunk goes with it. */
function chunkSegments(id: string, body: Buffer, isLittleEndian: boolean, formerId = id): Segment[] {
  if (body.length === 0) return [];
  const header = Buffer.alloc(HEAD_BYTES);
  header.write(formerId, 0, 'latin1');
  if (isLittleEndian) header.writeUInt32LE(body.length, 4);
  else header.writeUInt32BE(body.length, 4);
  return [{ bytes: header }, { bytes: body }, { bytes: Buffer.alloc(body.length % 2) }];
}
