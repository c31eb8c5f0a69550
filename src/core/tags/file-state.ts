// What a file was when it was looked at, and whether it may be replaced by a changed copy.
import { constants } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StemscapeError } from '../domain/errors.ts';

export interface FileState {
  sizeBytes: number;
  modifiedAtMs: number;
}

const MAY_BE_WRITTEN_BITS = 0o222;

/** @throws StemscapeError file.missing | file.unreadable */
export async function fileState(path: string): Promise<FileState> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { sizeBytes: size, modifiedAtMs: Math.trunc(mtimeMs) };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new StemscapeError('file.missing', 'The file is not there. Is its drive connected?', { cause });
    }
    throw new StemscapeError('file.unreadable', 'The file may not be read by this user.', { cause });
  }
}

export function sameState(a: FileState, b: FileState): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedAtMs === b.modifiedAtMs;
}

/**
 * A file that is a link stays alone: replacing it would leave the linked file as it is and end the link.
 * @throws StemscapeError file.missing | file.unreadable | tags.readOnly | tags.unsupported
 */
export async function checkReplaceable(path: string): Promise<void> {
  await fileState(path);
  const facts = await lstat(path);
  if (facts.isSymbolicLink()) {
    throw new StemscapeError('tags.unsupported', 'The file is a link to another one, which is left alone.');
  }
  if (!facts.isFile()) throw new StemscapeError('tags.unsupported', 'This is not a plain file.');
  // root may write anything: the file's own mark counts all the same.
  if ((facts.mode & MAY_BE_WRITTEN_BITS) === 0) throw readOnly('The file is read-only.');
  await access(path, constants.R_OK | constants.W_OK).catch((cause: unknown) => {
    throw readOnly('The file may not be changed by this user.', cause);
  });
  await access(dirname(path), constants.W_OK).catch((cause: unknown) => {
    throw readOnly('The folder may not be changed by this user.', cause);
  });
}

function readOnly(sentence: string, cause?: unknown): StemscapeError {
  return new StemscapeError('tags.readOnly', sentence, { cause });
}
