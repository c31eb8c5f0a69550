// Looks at a file before FFmpeg does, so that each way of being unreadable gets its own clear sentence.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { StemscapeError } from '../domain/errors.ts';

/** First bytes of the containers read here, as Latin-1 text at an offset. */
const SIGNATURES: readonly (readonly [offset: number, magic: string])[] = [
  [0, 'ID3'],
  [0, 'fLaC'],
  [0, 'OggS'],
  [4, 'ftyp'],
  [0, 'RIFF'],
  [0, 'RF64'],
  [0, 'FORM'],
  [0, 'wvpk'],
  [0, 'MAC '],
  [0, 'MPCK'],
  [0, 'MP+'],
  [0, 'DSD '],
  [0, 'FRM8'],
  [0, '\x1aE\xdf\xa3'],
  [0, '\x30\x26\xb2\x75'],
];
const HEAD_BYTES = 16;

function missing(path: string, cause: unknown): StemscapeError {
  return new StemscapeError('file.missing', `There is no file at ${path}.`, { cause });
}

/** Turns a failed file-system call into the sentence for a person. */
function accessError(path: string, error: unknown): StemscapeError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return missing(path, error);
  if (code === 'EACCES' || code === 'EPERM') {
    return new StemscapeError('file.unreadable', `This account is not allowed to read ${path}.`, { cause: error });
  }
  return new StemscapeError('file.unreadable', `The system could not read ${path} (${code ?? 'unknown reason'}).`, {
    cause: error,
  });
}

function readHead(path: string): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  const handle = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(handle, head, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(handle);
  }
}

/** RIFF and IFF sizes from here on mean that the writer did not know: it wrote to a pipe. */
const UNKNOWN_SIZE = 0x7fff_0000;

/** True when a RIFF or IFF file is shorter than the size in its header. */
function isCutShort(head: Buffer, sizeBytes: number): boolean {
  const magic = head.toString('latin1', 0, 4);
  if (head.length < 8 || (magic !== 'RIFF' && magic !== 'FORM')) return false;
  const statedBytes = magic === 'RIFF' ? head.readUInt32LE(4) : head.readUInt32BE(4);
  return statedBytes < UNKNOWN_SIZE && statedBytes + 8 > sizeBytes;
}

export interface FileCheck {
  /** The first bytes are those of an audio container. */
  looksLikeAudio: boolean;
  /** The header states more bytes than there are. */
  isCutShort: boolean;
}

/**
 * Makes sure that a path names a readable, non-empty, regular file.
 * @throws StemscapeError file.missing, file.unreadable, file.empty
 */
export function checkFile(path: string): FileCheck {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new StemscapeError('file.unreadable', `${path} is not a file.`);
    if (stat.size === 0) throw new StemscapeError('file.empty', 'The file is empty.');
    const head = readHead(path);
    const text = head.toString('latin1');
    return {
      looksLikeAudio: SIGNATURES.some(([offset, magic]) => text.startsWith(magic, offset)),
      isCutShort: isCutShort(head, stat.size),
    };
  } catch (error) {
    throw error instanceof StemscapeError ? error : accessError(path, error);
  }
}
