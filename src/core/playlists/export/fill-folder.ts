// A folder with a playlist's files in its order: links to them, or copies. Names are safe on every file system; nothing that
// is there is overwritten, and nothing is written into the music folders.
import { constants } from 'node:fs';
import { copyFile, link, mkdir, realpath, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, parse, relative, resolve, sep } from 'node:path';
import { StemscapeError } from '../../domain/errors.ts';
import type { PathStyle } from '../../domain/playlist.ts';
import type { FolderProgress, LeftOut, LinkKind } from '../../domain/playlist-files.ts';
import { exportFailure } from '../export-playlist.ts';
import { fileNameOf, safeName } from './file-name.ts';
import { M3U8 } from './m3u8.ts';
import type { ExportTrack } from './playlist-format.ts';

export interface FolderRequest {
  folder: string;
  kind: LinkKind;
  /** How symbolic links name their targets. */
  style: PathStyle;
  /** An M3U8 beside the files. */
  withPlaylist: boolean;
  /** Folders that nothing is written into. */
  roots: readonly string[];
}

export interface FolderListeners {
  signal?: AbortSignal | undefined;
  onProgress?: (progress: FolderProgress) => void;
}

export interface FilledFolder {
  folder: string;
  nTracks: number;
  leftOut: LeftOut[];
}

const MAX_NAME = 180;
const MAX_EXTENSION = 12;
const MAX_TWINS = 10_000;

/**
 * What is complete stays when it is cancelled or the disk is full.
 * @throws StemscapeError input.invalid | export.failed | disk.full | cancelled
 */
export async function fillFolder(
  name: string,
  tracks: readonly ExportTrack[],
  request: FolderRequest,
  { signal, onProgress }: FolderListeners = {},
): Promise<FilledFolder> {
  const folder = resolve(request.folder);
  await refuseMusicFolder(folder, request.roots);
  const isNew = await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw exportFailure(folder, error);
  });
  const made: ExportTrack[] = [];
  const leftOut: LeftOut[] = [];
  const reach = () => `${made.length} of ${tracks.length} tracks are in ${folder}`;
  for (const [i, track] of tracks.entries()) {
    if (signal?.aborted) throw new StemscapeError('cancelled', `Stopped: ${reach()}.`);
    try {
      const fileName = await putFree(folder, numberedName(track, i, tracks.length), (path) => put(track, path, request));
      made.push({ ...track, path: fileName });
    } catch (error) {
      if (isDiskFull(error)) throw new StemscapeError('disk.full', `The disk is full: ${reach()}.`, { cause: error });
      leftOut.push({ path: track.absolutePath, reason: reasonOf(error, request.kind) });
    }
    onProgress?.({ done: i + 1, total: tracks.length });
  }
  if (made.length === 0) {
    if (isNew !== undefined) await rmdir(folder).catch(() => {});
    throw new StemscapeError('export.failed', `Nothing was put into ${folder}. ${leftOut[0]?.reason ?? 'There are no tracks.'}`);
  }
  if (request.withPlaylist) await writePlaylist(folder, name, made);
  return { folder, nTracks: made.length, leftOut };
}

/** "001 Artist - Title.mp3" */
export function numberedName(track: Pick<ExportTrack, 'artist' | 'title' | 'absolutePath'>, i: number, n: number): string {
  const { name, ext } = parse(track.absolutePath);
  const extension = ext.length <= MAX_EXTENSION ? safeName(ext) : '';
  const label = track.title === null ? name : track.artist === null ? track.title : `${track.artist} - ${track.title}`;
  const number = String(i + 1).padStart(Math.max(3, String(n).length), '0');
  return `${safeName(`${number} ${label}`, MAX_NAME)}${extension}`;
}

/** The name it got: with a number where there is one already. */
async function putFree(folder: string, wanted: string, write: (path: string) => Promise<void>): Promise<string> {
  const { name, ext } = parse(wanted);
  for (let twin = 1; twin <= MAX_TWINS; twin++) {
    const free = twin === 1 ? wanted : `${name} (${twin})${ext}`;
    try {
      await write(join(folder, free));
      return free;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  throw new Error('there are too many files of its name');
}

async function put({ absolutePath }: ExportTrack, path: string, { kind, style }: FolderRequest): Promise<void> {
  // A link to nothing would be made without a word.
  const source = await realpath(absolutePath);
  if (kind === 'hardlink') return link(source, path);
  if (kind === 'symlink') {
    return symlink(style === 'relative' ? relative(await realpath(dirname(path)), source) : absolutePath, path);
  }
  try {
    await copyFile(source, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') await rm(path, { force: true });
    throw error;
  }
}

async function writePlaylist(folder: string, name: string, tracks: readonly ExportTrack[]): Promise<void> {
  const text = M3U8.write({ name, tracks });
  await putFree(folder, fileNameOf(name) + M3U8.extension, (path) => writeFile(path, text, { flag: 'wx' })).catch(
    (error: unknown) => {
      throw exportFailure(folder, error);
    },
  );
}

async function refuseMusicFolder(folder: string, roots: readonly string[]): Promise<void> {
  const target = await realFolder(folder);
  for (const root of roots) {
    const real = await realFolder(root);
    if (target !== real && !target.startsWith(real.endsWith(sep) ? real : real + sep)) continue;
    const sentence = `${folder} lies in your music folder ${root}, where the next scan would find every track twice. Choose another.`;
    throw new StemscapeError('input.invalid', sentence);
  }
}

/** What the nearest folder that exists really is, and the rest of the path. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realFolder(parent), path.slice(parent.length));
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function isDiskFull(error: unknown): boolean {
  return codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';
}

function reasonOf(error: unknown, kind: LinkKind): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return 'Its file is missing.';
    case 'EACCES':
      return 'Its file may not be read, or the folder not be written, by this user.';
    case 'EXDEV':
      return 'It lies on another drive, where a hard link cannot lead. Copies can.';
    case 'EPERM':
    case 'ENOTSUP':
    case 'EOPNOTSUPP':
    case 'ENOSYS':
      return kind === 'copy' ? 'This user may not write there.' : 'The folder takes no such links. Copies work everywhere.';
    case 'EMLINK':
      return 'Its file has as many links as its disk allows.';
    default:
      return `It could not be written: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
