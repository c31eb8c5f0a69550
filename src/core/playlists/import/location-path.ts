// Where an entry of a playlist may lie: its path as it stands there, and what other programs and systems may have meant by it.
import { isAbsolute, resolve } from 'node:path';
import type { PlaylistEntry } from './playlist-entry.ts';

const WINDOWS = /^([A-Za-z]:[\\/]|\\\\)/;

/**
 * Paths, likeliest first; empty for a stream on the net.
 * @param folders that a relative path may start from; without any it stays relative
 */
export function pathsOf({ locations, areUris }: PlaylistEntry, folders: readonly string[]): string[] {
  const paths = locations.flatMap((location) => {
    if (/^file:/i.test(location)) return pathOfUri(location);
    if (isStream(location)) return [];
    return areUris ? [percentDecoded(location), location] : readings(location);
  });
  return [...new Set(paths.flatMap((path) => placed(path, folders)))];
}

export function isStream(location: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(location) && !/^file:/i.test(location);
}

/** A plain path may also be percent-encoded, have blanks around it, or the separators of Windows. */
function readings(path: string): string[] {
  const readings = [path, path.trim()];
  if (path.includes('%')) readings.push(percentDecoded(path));
  if (path.includes('\\') && !WINDOWS.test(path)) readings.push(path.replaceAll('\\', '/'));
  return readings;
}

/** "file:///C:/a", "file://localhost/a", "file://host/share/a", "file:/a". */
function pathOfUri(uri: string): string[] {
  const rest = uri.slice('file:'.length);
  const [, host = '', path = rest] = /^\/\/([^/]*)(\/.*)?$/s.exec(rest) ?? [];
  const decoded = percentDecoded(path);
  if (/^[A-Za-z]:$/.test(host)) return [windowsPath(host + decoded)];
  if (host !== '' && host.toLowerCase() !== 'localhost') return [windowsPath(`\\\\${percentDecoded(host)}${decoded}`)];
  if (!/^\/[A-Za-z]:(\/|$)/.test(decoded)) return [decoded, path];
  // A colon that is encoded is likelier part of a name than a drive's.
  const onDrive = windowsPath(decoded.slice(1));
  return path[2] === ':' ? [onDrive] : [decoded, onDrive];
}

function windowsPath(path: string): string {
  return path.replaceAll('/', '\\');
}

/** As it is where it is not percent-encoded UTF-8. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function placed(path: string, folders: readonly string[]): string[] {
  if (WINDOWS.test(path) || isAbsolute(path) || folders.length === 0) return [path];
  return folders.map((folder) => resolve(folder, path));
}
