// An ID3v2 tag taken apart into its frames and put together again, version kept. Frames that nobody asks to change keep their
// bytes, whatever is in them; a library that reads them into objects and writes those loses what it does not know.
// Sources: id3.org, ID3v2.2.0, ID3v2.3.0 section 3, ID3v2.4.0-structure section 3 and 4.
import { StemscapeError } from '../domain/errors.ts';

export type Id3Version = 2 | 3 | 4;

export interface Id3Frame {
  id: string;
  /** Header and body. */
  bytes: Buffer;
}

export interface Id3Tag {
  version: Id3Version;
  frames: Id3Frame[];
  /** Bytes the tag takes in the file, header, padding and footer included. */
  sizeBytes: number;
}

export const ID3_HEADER_BYTES = 10;
/** Room left behind a tag that had to grow, so that the next change need not move the audio. */
const PADDING_BYTES = 2048;
/** A tag's size is four times seven bits. */
const MAX_TAG_BYTES = 0x0fff_ffff;
const FLAG = { unsynchronised: 0x80, extended: 0x40, footer: 0x10 } as const;

function damaged(): StemscapeError {
  return new StemscapeError('tags.unsupported', 'The tags in this file are damaged, so nothing is written into it.');
}

/** Bytes of the whole tag that begins with this header; 0 when it is none. */
export function id3SizeBytes(header: Buffer): number {
  if (header.length < ID3_HEADER_BYTES || header.toString('latin1', 0, 3) !== 'ID3') return 0;
  const footer = header[3] === 4 && (header[5]! & FLAG.footer) !== 0 ? ID3_HEADER_BYTES : 0;
  return ID3_HEADER_BYTES + syncsafe(header, 6) + footer;
}

/** @param bytes the whole tag @throws StemscapeError tags.unsupported when its frames cannot be told apart */
export function parseId3(bytes: Buffer): Id3Tag {
  const version = bytes[3];
  const flags = bytes[5]!;
  if (version !== 2 && version !== 3 && version !== 4) throw damaged();
  // In ID3v2.2 this flag means a compression that was never defined.
  if (version === 2 && (flags & FLAG.extended) !== 0) throw damaged();
  let body = bytes.subarray(ID3_HEADER_BYTES, ID3_HEADER_BYTES + syncsafe(bytes, 6));
  // In ID3v2.4 each frame carries its own flag, and keeps it.
  if (version < 4 && (flags & FLAG.unsynchronised) !== 0) body = resynchronise(body);
  if ((flags & FLAG.extended) !== 0) body = body.subarray(extendedHeaderBytes(body, version));
  const frames = splitFrames(body, version, true) ?? (version === 4 ? splitFrames(body, version, false) : null);
  if (!frames) throw damaged();
  return { version, frames, sizeBytes: id3SizeBytes(bytes) };
}

/** Frames up to the padding; null when something else is there. Old programs wrote ID3v2.4 with sizes that are not syncsafe. */
function splitFrames(body: Buffer, version: Id3Version, isSyncsafe: boolean): Id3Frame[] | null {
  const [idBytes, headBytes] = version === 2 ? [3, 6] : [4, 10];
  const frames: Id3Frame[] = [];
  let at = 0;
  while (at + headBytes <= body.length && body[at] !== 0) {
    const id = body.toString('latin1', at, at + idBytes);
    if (!/^[A-Z0-9 ]+$/.test(id)) return null;
    const size = version === 2 ? body.readUIntBE(at + 3, 3) : sizeOf(body, at + 4, version === 4 && isSyncsafe);
    if (size === null || at + headBytes + size > body.length) return null;
    frames.push({ id, bytes: body.subarray(at, at + headBytes + size) });
    at += headBytes + size;
  }
  return body.subarray(at).some((byte) => byte !== 0) ? null : frames;
}

function sizeOf(body: Buffer, at: number, isSyncsafe: boolean): number | null {
  if (!isSyncsafe) return body.readUInt32BE(at);
  return body.subarray(at, at + 4).some((byte) => byte > 127) ? null : syncsafe(body, at);
}

function extendedHeaderBytes(body: Buffer, version: Id3Version): number {
  if (body.length < 6) throw damaged();
  return version === 4 ? syncsafe(body, 0) : 4 + body.readUInt32BE(0);
}

/** Takes out the zero bytes that keep players without ID3 from taking 0xFF for audio (section 5 of ID3v2.3.0). */
export function resynchronise(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    out[length++] = bytes[i]!;
    if (bytes[i] === 0xff && bytes[i + 1] === 0) i++;
  }
  return out.subarray(0, length);
}

function syncsafe(bytes: Buffer, at: number): number {
  return (bytes[at]! << 21) | (bytes[at + 1]! << 14) | (bytes[at + 2]! << 7) | bytes[at + 3]!;
}

function writeSyncsafe(bytes: Buffer, value: number, at: number): void {
  for (let i = 0; i < 4; i++) bytes[at + i] = (value >> (7 * (3 - i))) & 127;
}

/** A frame of this version around a body; no flags. */
export function frameOf(id: string, body: Buffer, version: Id3Version): Id3Frame {
  const header = Buffer.alloc(version === 2 ? 6 : 10);
  header.write(id, 0, 'latin1');
  if (version === 2) header.writeUIntBE(body.length, 3, 3);
  else if (version === 3) header.writeUInt32BE(body.length, 4);
  else writeSyncsafe(header, body.length, 4);
  return { id, bytes: Buffer.concat([header, body]) };
}

/**
 * The tag's bytes: in the former size as long as the frames fit, so that nothing behind it moves.
 * @param formerBytes the size it had; 0 for none. Without frames a tag that was not there is none again.
 */
export function renderId3(version: Id3Version, frames: readonly Id3Frame[], formerBytes: number): Buffer {
  const needed = ID3_HEADER_BYTES + frames.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (frames.length === 0 && formerBytes === 0) return Buffer.alloc(0);
  const size = needed <= formerBytes ? formerBytes : needed + PADDING_BYTES;
  if (size > MAX_TAG_BYTES) throw new StemscapeError('tags.unsupported', 'The tags in this file have no room left.');
  const tag = Buffer.alloc(size);
  tag.write('ID3', 0, 'latin1');
  tag[3] = version;
  writeSyncsafe(tag, size - ID3_HEADER_BYTES, 6);
  let at = ID3_HEADER_BYTES;
  for (const { bytes } of frames) at += bytes.copy(tag, at);
  return tag;
}
