// Writes a playlist to its files, each whole or not at all.
import { randomBytes } from 'node:crypto';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StemscapeError } from '../domain/errors.ts';
import { type ExportChoice, isTreeFormat } from '../domain/playlist-files.ts';
import { type ExportLibrary, type RenderedPlaylist, renderPlaylist } from './export/render-playlist.ts';

export interface ExportTarget {
  /** The file, or for a format of several files the folder they go below. */
  outPath: string;
  /** Without it an existing file is refused with `export.exists`. */
  overwrite: boolean;
}

export interface ExportedPlaylist extends RenderedPlaylist {
  /** What was written, absolute. */
  paths: string[];
}

/** @throws StemscapeError playlist.* | input.invalid | export.exists | export.failed | disk.full */
export async function exportPlaylist(
  library: ExportLibrary,
  id: string,
  choice: ExportChoice,
  { outPath, overwrite }: ExportTarget,
): Promise<ExportedPlaylist> {
  const target = resolve(outPath);
  const isTree = isTreeFormat(choice.format);
  const rendered = renderPlaylist(library, id, choice, isTree ? target : dirname(target));
  const paths = isTree ? rendered.files.map((file) => treePath(target, file.path)) : [target];
  if (!overwrite) for (const path of paths) await refuseExisting(path);
  for (const [i, path] of paths.entries()) {
    if (isTree) await makeFolder(dirname(path));
    await writeWhole(path, rendered.files[i]!.bytes);
  }
  return { ...rendered, paths };
}

/** A person may choose the folder itself that the files belong in. */
function treePath(folder: string, path: string): string {
  const [first, ...rest] = path.split('/');
  return first === basename(folder) ? join(folder, ...rest) : join(folder, ...path.split('/'));
}

async function refuseExisting(path: string): Promise<void> {
  if (!(await exists(path))) return;
  throw new StemscapeError('export.exists', `${path} exists already. Choose another name or allow it to be replaced.`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw exportFailure(path, error);
  }
}

/** Temporary file in the same folder, fsync, rename: a reader sees the old file or the new one. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.stemscape-part`);
  try {
    if ((await exists(path)) && (await stat(path)).isDirectory()) throw new Error('it is a folder');
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw exportFailure(path, error);
  }
}

export function exportFailure(path: string, error: unknown): StemscapeError {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StemscapeError('disk.full', `The disk is full: ${path} was not written.`, { cause: error });
  }
  const why =
    code === 'ENOENT'
      ? 'its folder does not exist'
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? 'its folder may not be written by this user'
        : error instanceof Error
          ? error.message
          : String(error);
  return new StemscapeError('export.failed', `The playlist could not be written to ${path}: ${why}.`, { cause: error });
}
