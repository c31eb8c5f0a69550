// Which folders and files a scan looks at: those given become roots (or parts of one), none given means all.
import { resolve } from 'node:path';
import type { LibraryDb } from '../db/open.ts';
import type { RootRow } from '../db/root-store.ts';
import { pathKeyOf } from '../db/sort-key.ts';
import { StemscapeError, toFailure } from '../domain/errors.ts';
import { inspectStart, isParentGone, isUnder } from './walk.ts';

export interface ScanScope {
  path: string;
  pathKey: string;
  /** null for a file given on its own. */
  rootId: number | null;
  kind: 'folder' | 'file';
  /** False when it is missing or looks unmounted: nothing below it is touched. */
  online: boolean;
}

/** Throws `folder.missing` or `folder.unreadable` for a path that a person gave. */
export async function resolveScopes(db: LibraryDb, folders: readonly string[], atMs: number): Promise<ScanScope[]> {
  if (folders.length === 0) return allScopes(db);
  const given = [];
  for (const folder of folders) {
    const path = resolve(folder);
    given.push({ path, isFolder: (await inspectStart(path)).isDirectory() });
  }
  return given.map(({ path, isFolder }) => (isFolder ? folderScope(db, path, atMs) : fileScope(db, path)));
}

async function allScopes(db: LibraryDb): Promise<ScanScope[]> {
  const scopes: ScanScope[] = [];
  for (const root of db.roots.all()) {
    const online = await isReachable(root.path);
    if (!online) reportOffline(db, root.path);
    scopes.push({ path: root.path, pathKey: root.path_key, rootId: root.id, kind: 'folder', online });
  }
  for (const row of db.tracks.ofRoot(null)) {
    const online = !(await isParentGone(row.path));
    scopes.push({ path: row.path, pathKey: row.path_key, rootId: null, kind: 'file', online });
  }
  return scopes;
}

async function isReachable(path: string): Promise<boolean> {
  try {
    await inspectStart(path);
    return true;
  } catch (error) {
    if (error instanceof StemscapeError) return false;
    throw error;
  }
}

/** Says in the list of skipped paths that a root was left alone. */
export function reportOffline(db: LibraryDb, path: string): void {
  const sentence = `The folder ${path} is missing or empty, as if its drive were not connected. Its tracks are kept as they are.`;
  db.skipped.add({ path, reason: toFailure(new StemscapeError('folder.missing', sentence)) });
}

function rootAround(db: LibraryDb, pathKey: string): RootRow | undefined {
  return db.roots.all().find((root) => isUnder(pathKey, root.path_key));
}

function fileScope(db: LibraryDb, path: string): ScanScope {
  const pathKey = pathKeyOf(path);
  return { path, pathKey, rootId: rootAround(db, pathKey)?.id ?? null, kind: 'file', online: true };
}

/** A folder inside a root is scanned as part of it; a folder around roots takes them in. */
function folderScope(db: LibraryDb, path: string, atMs: number): ScanScope {
  const pathKey = pathKeyOf(path);
  const rootId = rootAround(db, pathKey)?.id ?? addRoot(db, path, atMs);
  return { path, pathKey, rootId, kind: 'folder', online: true };
}

function addRoot(db: LibraryDb, path: string, atMs: number): number {
  return db.transaction(() => {
    const inner = db.roots.all().filter((root) => isUnder(root.path_key, pathKeyOf(path)));
    const { id } = db.roots.add(path, atMs);
    for (const root of inner) db.roots.merge(root.id, id);
    return id;
  });
}
