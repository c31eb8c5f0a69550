// How a track's path is written in an exported playlist: relative to the playlist's folder or absolute. Characters are
// never replaced; separators only become '/' where asked.
import { posix, win32 } from 'node:path';
import type { PathStyle } from '../domain/playlist.ts';

export interface PathWriting {
  style: PathStyle;
  /** Folder of the playlist file. */
  folder: string;
  /** Write '/' instead of '\' (Windows paths only: elsewhere '\' is part of a name). */
  forceSlash?: boolean;
  /** For tests; the running system otherwise. */
  platform?: NodeJS.Platform;
}

/** Absolute where no relative path exists: on another drive or another share. */
export function writePath(trackPath: string, writing: PathWriting): string {
  const isWindows = (writing.platform ?? process.platform) === 'win32';
  const rules = isWindows ? win32 : posix;
  const path = writing.style === 'absolute' ? trackPath : relativeIfPossible(trackPath, writing.folder, rules);
  return isWindows && writing.forceSlash ? path.replaceAll('\\', '/') : path;
}

function relativeIfPossible(trackPath: string, folder: string, rules: typeof posix): string {
  const sameRoot = rules.parse(trackPath).root.toLowerCase() === rules.parse(folder).root.toLowerCase();
  return sameRoot ? rules.relative(folder, trackPath) : trackPath;
}
