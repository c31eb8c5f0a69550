// Replaces a file by a changed copy so that at every moment the old or the new one is there whole: the copy is written beside
// it, checked, forced onto the disk and renamed over it.
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { audioHash } from '../audio/audio-hash.ts';
import { type ErrorCode, StemscapeError } from '../domain/errors.ts';
import { sameValues, TAG_FIELDS, type TagField } from '../domain/tag-write.ts';
import { codecOf } from './codec-of.ts';
import { checkReplaceable, type FileState, fileState, sameState } from './file-state.ts';
import { otherTagsHash, readMetadata } from './other-tags.ts';
import type { TagEdit } from './tag-codec.ts';

/** Places at which a test lets the process die. */
export const REPLACE_STEPS = ['copied', 'checked', 'synced', 'renamed'] as const;
export type ReplaceStep = (typeof REPLACE_STEPS)[number];

export interface Replacement {
  path: string;
  /** Name of the copy, in the same folder. */
  temporaryName: string;
  /** The file as it was looked at. */
  expected: FileState;
  edit: TagEdit;
  audioHash: string;
  onStep?: ((step: ReplaceStep) => void) | undefined;
}

/** Codes with which a system says that somebody (a virus scanner, a player) holds the file for a moment. */
const HELD: ReadonlySet<string> = new Set(['EBUSY', 'EPERM', 'EACCES', 'ETXTBSY']);
const RETRY_AFTER_MS = [50, 200, 500, 1000, 2000];

/**
 * The modification time becomes the present: backups and other players must see that the file changed.
 * @returns the new file @throws StemscapeError tags.* | file.* | decode.* | disk.full; the file is then as it was
 */
export async function replaceFile(replacement: Replacement): Promise<FileState> {
  const { path, temporaryName, expected, edit, onStep } = replacement;
  const copy = join(dirname(path), temporaryName);
  await checkReplaceable(path);
  await refuseChanged(path, expected);
  let isOver = false;
  try {
    await codecOf(path).writeCopy(path, copy, edit);
    onStep?.('copied');
    await checkCopy(copy, replacement);
    onStep?.('checked');
    await finish(path, copy);
    onStep?.('synced');
    await refuseChanged(path, expected);
    await renameOver(copy, path);
    isOver = true;
    await syncFolder(dirname(path));
    onStep?.('renamed');
    return await fileState(path);
  } catch (error) {
    throw asRefusal(error);
  } finally {
    if (!isOver) await rm(copy, { force: true }).catch(() => {});
  }
}

async function refuseChanged(path: string, expected: FileState): Promise<void> {
  if (sameState(await fileState(path), expected)) return;
  throw new StemscapeError('tags.changed', 'The file was changed in the meantime; it is left alone.');
}

/** The copy must sound the same, say what was asked, and say everything else as before. */
async function checkCopy(copy: string, { path, edit, audioHash: audio }: Replacement): Promise<void> {
  const unsafe = (what: string) =>
    new StemscapeError('tags.unsafe', `${what} would have changed as well, so the file is left alone.`);
  if ((await audioHash(copy)) !== audio) throw unsafe('The sound');
  if (otherTagsHash(await readMetadata(copy)) !== otherTagsHash(await readMetadata(path))) throw unsafe('Other tags');
  const { values } = await codecOf(copy).read(copy);
  for (const field of TAG_FIELDS) {
    const wanted: readonly string[] | undefined = edit.values[field];
    if (wanted && !sayTheSame(field, values[field], wanted)) {
      throw new StemscapeError('tags.unsafe', `This kind of file cannot hold ${wanted.join(', ')}; it is left alone.`);
    }
  }
}

/** WMA hands several genres back in any order. */
function sayTheSame(field: TagField, found: readonly string[], wanted: readonly string[]): boolean {
  return sameValues(found, wanted) || (field === 'genre' && sameValues([...found].sort(), [...wanted].sort()));
}

/** Gives the copy the file's mode and, where this user may, its owner; then forces it onto the disk. */
async function finish(path: string, copy: string): Promise<void> {
  const { mode, uid, gid } = await stat(path);
  const file = await open(copy, 'r+');
  try {
    if (process.platform !== 'win32') await file.chown(uid, gid).catch(() => {});
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows has no such thing, and some network drives refuse it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

export async function renameOver(from: string, to: string): Promise<void> {
  for (const waitMs of [...RETRY_AFTER_MS, null]) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (waitMs === null || !HELD.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await setTimeout(waitMs);
    }
  }
}

const SYSTEM_CODES: Readonly<Record<string, [ErrorCode, string]>> = {
  ENOSPC: ['disk.full', 'There is no room beside the file for its changed copy.'],
  EDQUOT: ['disk.full', 'There is no room beside the file for its changed copy.'],
  EROFS: ['tags.readOnly', 'The drive is read-only.'],
  EBUSY: ['tags.readOnly', 'Another program holds the file.'],
  EPERM: ['tags.readOnly', 'Another program holds the file, or it may not be changed.'],
  EACCES: ['tags.readOnly', 'The file may not be changed by this user.'],
};

function asRefusal(error: unknown): unknown {
  const known = SYSTEM_CODES[(error as NodeJS.ErrnoException).code ?? ''];
  return known && !(error instanceof StemscapeError) ? new StemscapeError(known[0], known[1], { cause: error }) : error;
}
