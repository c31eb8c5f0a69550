// Takes a folder out of the library: its tracks go, the files stay, and labels wait for the same content to return.
import { resolve } from 'node:path';
import type { LibraryDb } from '../db/open.ts';
import { pathKeyOf } from '../db/sort-key.ts';
import { StemscapeError } from '../domain/errors.ts';

/** Throws `folder.missing` when it is no root, `library.locked` while a scan runs. */
export function removeRoot(db: LibraryDb, path: string): void {
  const lock = db.lockForScan();
  try {
    const keys = [pathKeyOf(path), pathKeyOf(resolve(path))];
    const root = db.roots.all().find((row) => keys.includes(row.path_key));
    if (!root) throw new StemscapeError('folder.missing', `The folder ${path} is not one of this library's folders.`);
    db.transaction(() => {
      for (const row of db.tracks.ofRoot(root.id)) db.tracks.remove(row.id);
      db.skipped.clearUnder(root.path);
      db.roots.remove(root.id);
    });
  } finally {
    lock.release();
  }
}
