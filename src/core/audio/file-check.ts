// Looks at a file before FFmpeg does, so that each way of being unreadable gets its own clear sentence.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { StemscapeError } from '../domain/errors.ts';

/** First bytes of the containers read here, as Latin-1 text at an offset. */
const SIGNATURES: readonly (readonly [offset: number, text: string])[] = [
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

function readHead(path: string): string {
  const head = Buffer.alloc(HEAD_BYTES);
  const handle = openSync(path, 'r');
  try {
    return head.toString('latin1', 0, readSync(handle, head, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(handle);
  }
}

/**
 * Makes sure that a path names a readable, non-empty, regular file.
 * @returns whether its first bytes are those of an audio container.
 * @throws StemscapeError file.missing, file.unreadable, file.empty
 */
export function checkFile(path: string): { looksLikeAudio: boolean } {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new StemscapeError('file.unreadable', `${path} is not a file.`);
    if (stat.size === 0) throw new StemscapeError('file.empty', 'The file is empty.');
    const head = readHead(path);
    return { looksLikeAudio: SIGNATURES.some(([offset, text]) => head.startsWith(text, offset)) };
  } catch (error) {
    throw error instanceof StemscapeError ? error : accessError(path, error);
  }
}
