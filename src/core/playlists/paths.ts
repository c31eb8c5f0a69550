// How a track's path is written in an exported playlist: relative to the playlist's folder or absolute, here or on another
// device. Characters are never replaced; separators only change where asked, or where the device has others.
import { posix, win32 } from 'node:path';
import type { PathStyle } from '../domain/playlist.ts';
import type { PathRewrite, PathSeparators } from '../domain/playlist-files.ts';

export interface PathWriting {
  style: PathStyle;
  /** Folder of the playlist file. */
  folder: string;
  /** The same folders on the device that reads the playlist; the longest that fits counts. */
  rewrites?: readonly PathRewrite[];
  separators?: PathSeparators;
  /** For tests; the running system otherwise. */
  platform?: NodeJS.Platform;
}

export interface WrittenPath {
  /** In the asked style. */
  path: string;
  /** Absolute, on the device if its root is rewritten. */
  absolutePath: string;
  isRewritten: boolean;
  /** Why it cannot be written; null when it can. */
  obstacle: string | null;
}

interface Place {
  path: string;
  isWindows: boolean;
  isRewritten: boolean;
}

/** Absolute where no relative path exists: on another drive, another share, or on the device while the playlist is not. */
export function writePath(trackPath: string, writing: PathWriting): WrittenPath {
  const isWindowsHere = (writing.platform ?? process.platform) === 'win32';
  const place = (path: string) => rewrite(path, writing.rewrites ?? [], isWindowsHere);
  const track = place(trackPath);
  const relative = writing.style === 'relative' ? relativeIfPossible(track, place(writing.folder)) : track.path;
  const separators = writing.separators ?? 'native';
  const becomesWindows = separators === 'backslash' || (track.isWindows && separators === 'native');
  const obstacle =
    !isWindowsHere && becomesWindows && trackPath.includes('\\')
      ? 'A backslash in its name would be read as a folder on Windows.'
      : null;
  const written = (path: string) => separate(path, separators, track.isWindows);
  return { path: written(relative), absolutePath: written(track.path), isRewritten: track.isRewritten, obstacle };
}

function separate(path: string, separators: PathSeparators, isWindows: boolean): string {
  if (separators === 'backslash') return path.replaceAll('/', '\\');
  // On other systems '\' is part of a name.
  return separators === 'slash' && isWindows ? path.replaceAll('\\', '/') : path;
}

function relativeIfPossible(track: Place, folder: Place): string {
  const rules = track.isWindows ? win32 : posix;
  const sameSystem = track.isRewritten === folder.isRewritten && track.isWindows === folder.isWindows;
  const sameRoot = rules.parse(track.path).root.toLowerCase() === rules.parse(folder.path).root.toLowerCase();
  if (!sameSystem || !sameRoot) return track.path;
  const path = rules.relative(folder.path, track.path);
  // A name such as "file:a" or "\\a" must not look like an address, a drive or a share.
  return /^([A-Za-z][\w+.-]*:|\\)/.test(path) && !track.isWindows ? `./${path}` : path;
}

function rewrite(path: string, rewrites: readonly PathRewrite[], isWindowsHere: boolean): Place {
  const split = (text: string) => text.split(isWindowsHere ? /[\\/]/ : '/');
  const key = (part: string) => (isWindowsHere ? part.normalize('NFC').toLowerCase() : part.normalize('NFC'));
  const parts = split(path);
  let best: { to: string; n: number } | null = null;
  for (const { from, to } of rewrites) {
    const root = split(from);
    while (root.length > 1 && root.at(-1) === '') root.pop();
    const fits = root.length < parts.length && root.every((part, i) => key(part) === key(parts[i]!));
    if (fits && (best === null || root.length > best.n)) best = { to, n: root.length };
  }
  if (best === null) return { path, isWindows: isWindowsHere, isRewritten: false };
  const isWindows = /^([A-Za-z]:|\\\\)/.test(best.to);
  const separator = isWindows ? '\\' : '/';
  const root = isWindows ? best.to.replaceAll('/', '\\').replace(/\\+$/, '') : best.to.replace(/\/+$/, '');
  return { path: [root, ...parts.slice(best.n)].join(separator), isWindows, isRewritten: true };
}
