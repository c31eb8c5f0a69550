// Folders below a folder, for choosing one in a browser: hidden and unreadable ones are left out.
import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { CommandOutput } from '../contract/index.ts';
import { StemscapeError } from '../core/domain/errors.ts';

/** `path` null is the home folder. Folders are absolute paths, sorted by name. */
export async function listFolders(path: string | null, homeDir: string): Promise<CommandOutput<'host.listFolders'>> {
  const folder = normalize(path ?? homeDir);
  if (!isAbsolute(folder)) throw new StemscapeError('input.invalid', `"${folder}" is not an absolute path.`);
  const names = await folderNames(folder);
  const visible = names.filter((name) => !name.startsWith('.') && !name.startsWith('$')).sort((a, b) => a.localeCompare(b));
  const readable = await Promise.all(visible.map((name) => isReadableFolder(join(folder, name))));
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders: visible.filter((_, index) => readable[index]).map((name) => join(folder, name)),
  };
}

async function folderNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map((entry) => entry.name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new StemscapeError('folder.missing', `There is no folder "${folder}".`, { cause: error });
    }
    throw new StemscapeError('folder.unreadable', `The folder "${folder}" cannot be read.`, { cause: error });
  }
}

async function isReadableFolder(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isDirectory()) return false;
    await access(path, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
