// Which track a path in a label file means: absolute, relative to the file, or relative to a folder of the library; written on
// any platform.
import { join } from 'node:path';
import type { LibraryDb } from '../db/open.ts';

/** @param folders where relative paths may start, tried in order */
export function createPathFinder(db: LibraryDb, folders: readonly string[]): (path: string) => number | null {
  const starts = [...folders, ...db.roots.all().map((root) => root.path)];
  return (path) => {
    for (const spelling of spellings(path)) {
      for (const candidate of [spelling, ...starts.map((start) => join(start, spelling))]) {
        const row = db.tracks.byPath(candidate);
        if (row) return row.id;
      }
    }
    return null;
  };
}

function spellings(path: string): string[] {
  const plain = path.startsWith('file://') ? decodeFileUrl(path) : path;
  return plain.includes('\\') ? [plain, plain.replaceAll('\\', '/')] : [plain];
}

function decodeFileUrl(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname).replace(/^\/(?=[A-Za-z]:)/, '');
  } catch {
    return url;
  }
}
