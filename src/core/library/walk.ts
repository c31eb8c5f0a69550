// Finds the audio files below a folder. What is left out or cannot be read is reported, and the walk goes on.
import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isAudioPath } from '../config/media-types.ts';
import { type Failure, StemscapeError } from '../domain/errors.ts';

export type WalkEvent =
  | { type: 'file'; path: string }
  /** `isFolder`: everything below it is unknown, not gone. */
  | { type: 'skipped'; path: string; isFolder: boolean; reason: Failure };

export interface WalkOptions {
  signal?: AbortSignal;
  /** Real paths of folders already walked; share it between roots that may overlap. */
  seen?: Set<string>;
}

const SYSTEM_FOLDERS = new Set(['$recycle.bin', 'system volume information', '@eadir', 'lost+found']);
const PSEUDO_FILE_SYSTEMS = new Set(['/proc', '/sys', '/dev', '/run']);

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What stands at a path a person gave; throws `folder.missing` or `folder.unreadable`. */
export async function inspectStart(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') {
      throw new StemscapeError('folder.missing', `There is no folder or file at ${path}. Is its drive connected?`, {
        cause: error,
      });
    }
    throw unreadableFolder(path, error);
  }
}

function unreadableFolder(path: string, error: unknown): StemscapeError {
  const why = ['EACCES', 'EPERM'].includes(errnoOf(error)) ? 'it may not be read by this user' : `it answers ${errnoOf(error)}`;
  return new StemscapeError('folder.unreadable', `The folder ${path} cannot be opened: ${why}.`, { cause: error });
}

/** `start` is a folder or one file. Throws only for `start` itself; folders below it are reported as skipped. */
export async function* walk(start: string, options: WalkOptions = {}): AsyncGenerator<WalkEvent> {
  const root = resolve(start);
  const facts = await inspectStart(root);
  if (!facts.isDirectory()) {
    yield isAudioPath(root) ? { type: 'file', path: root } : leftOut(root, 'Its name does not end like that of an audio file.');
    return;
  }
  const seen = options.seen ?? new Set<string>();
  // Linked folders wait until the rest is walked: a folder reachable both ways keeps its real path.
  const folders = [root];
  const linked: string[] = [];
  for (let folder = folders.pop() ?? linked.shift(); folder !== undefined; folder = folders.pop() ?? linked.shift()) {
    options.signal?.throwIfAborted();
    const entries = await openFolder(folder, root, seen);
    if (!Array.isArray(entries)) {
      if (entries) yield entries;
      continue;
    }
    const inner: string[] = [];
    for (const entry of entries) yield* visit(entry, join(folder, entry.name), inner, linked);
    folders.push(...inner.reverse());
  }
}

/** The folder's entries by name; null when it was walked before; a skipped event when it cannot be read. */
async function openFolder(folder: string, root: string, seen: Set<string>): Promise<Dirent[] | WalkEvent | null> {
  try {
    const real = await realpath(folder);
    if (seen.has(real) || isPseudo(real)) return null;
    seen.add(real);
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const failure = unreadableFolder(folder, error);
    if (folder === root) throw failure;
    return { type: 'skipped', path: folder, isFolder: true, reason: { code: failure.code, message: failure.message } };
  }
}

function isPseudo(realPath: string): boolean {
  return process.platform !== 'win32' && PSEUDO_FILE_SYSTEMS.has(realPath);
}

async function* visit(entry: Dirent, path: string, inner: string[], linked: string[]): AsyncGenerator<WalkEvent> {
  const target = entry.isSymbolicLink() ? await targetOf(path) : entry;
  if (target === null) {
    if (isAudioPath(path)) yield leftOut(path, 'A link whose target does not exist.');
  } else if (target.isDirectory()) {
    if (isSystemFolder(entry.name)) return;
    (entry.isSymbolicLink() ? linked : inner).push(path);
  } else if (target.isFile() && isAudioPath(path)) {
    const reason = reasonToLeaveOut(entry.name);
    yield reason === null ? { type: 'file', path } : leftOut(path, reason);
  }
}

async function targetOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch {
    return null;
  }
}

function isSystemFolder(name: string): boolean {
  return name.startsWith('.') || SYSTEM_FOLDERS.has(name.toLowerCase());
}

function reasonToLeaveOut(name: string): string | null {
  if (name.startsWith('._')) return 'Information macOS keeps beside a file, not music.';
  return name.startsWith('.') ? 'A hidden file.' : null;
}

function leftOut(path: string, message: string): WalkEvent {
  return { type: 'skipped', path, isFolder: false, reason: { code: 'decode.notAudio', message } };
}

/** Whether `path` is `folder` or lies below it; both absolute. */
export function isUnder(path: string, folder: string): boolean {
  const base = folder.replace(/[/\\]+$/, '');
  return path === base || path.startsWith(`${base}/`) || path.startsWith(`${base}\\`);
}

/** True when nothing stands at the path; a folder that may not be entered does not count as gone. */
export async function isGone(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    return errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR';
  }
}

/** The folder that holds a file given on its own: when even that is gone, its drive is offline. */
export function isParentGone(path: string): Promise<boolean> {
  return isGone(dirname(path));
}
