// Files that are whole or not there: written beside their place, forced to the disk, then renamed.
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** @throws Error of the file system */
export async function writeDurably(path: string, parts: readonly (string | Uint8Array)[]): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  try {
    for (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
  await syncFolder(dirname(path));
}

/** Forces a folder's entries to the disk, where the system has a way to. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
