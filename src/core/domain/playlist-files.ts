// Playlists as files of other programs: how they are written, what could not be, and what reading one gave.
import { z } from 'zod';
import { PATH_STYLES, PLAYLIST_FORMATS, type PlaylistFormat } from './playlist.ts';

/** Formats of several files below a chosen folder; every other one is one file. */
export const TREE_FORMATS = ['serato'] as const satisfies readonly PlaylistFormat[];
export type TreeFormat = (typeof TREE_FORMATS)[number];
export type FileFormat = Exclude<PlaylistFormat, TreeFormat>;

export function isTreeFormat(format: PlaylistFormat): format is TreeFormat {
  return (TREE_FORMATS as readonly string[]).includes(format);
}

/** 'native': as on this machine, or as the rewritten root has them. */
export const PATH_SEPARATORS = ['native', 'slash', 'backslash'] as const;
export type PathSeparators = (typeof PATH_SEPARATORS)[number];

/** What `.m3u` files are found in; the first is what a player without a setting expects. */
export const PLAYLIST_ENCODINGS = [
  'windows-1252',
  'utf-8',
  'iso-8859-1',
  'windows-1250',
  'windows-1251',
  'shift_jis',
  'gbk',
  'big5',
  'euc-kr',
] as const;
export type PlaylistEncoding = (typeof PLAYLIST_ENCODINGS)[number];

const MAX_PATH = 4096;
const ABSOLUTE = /^(\/|\\\\|[A-Za-z]:([\\/]|$))/;

/** A folder here, and what the same folder is called on the device that reads the playlist. */
export const pathRewriteSchema = z
  .object({
    from: z.string().min(1).max(MAX_PATH),
    to: z.string().min(1).max(MAX_PATH).regex(ABSOLUTE, 'A rewritten folder is absolute, such as /mnt/sd/Music or E:\\Music.'),
  })
  .strict();
export type PathRewrite = z.output<typeof pathRewriteSchema>;
export const pathRewritesSchema = z.array(pathRewriteSchema).max(50);

export const exportChoiceSchema = z
  .object({
    format: z.enum(PLAYLIST_FORMATS).default('m3u8'),
    pathStyle: z.enum(PATH_STYLES).default('relative'),
    rewrites: pathRewritesSchema.default([]),
    separators: z.enum(PATH_SEPARATORS).default('native'),
    /** Old players read UTF-8 only after a byte order mark. */
    bom: z.boolean().default(false),
    /** For M3U only; null = the first of the list. */
    encoding: z.enum(PLAYLIST_ENCODINGS).nullable().default(null),
  })
  .strict();
export type ExportChoice = z.output<typeof exportChoiceSchema>;

export interface LeftOut {
  path: string;
  /** A sentence. */
  reason: string;
}

export const LINK_KINDS = ['symlink', 'hardlink', 'copy'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export interface FolderProgress {
  done: number;
  total: number;
}

/** How an entry of a read playlist was found: its path, its last folders, or its artist and title. */
export const MATCHED_BY = ['path', 'folders', 'tags'] as const;
export type MatchedBy = (typeof MATCHED_BY)[number];

export interface ImportedEntry {
  /** As the file has it. */
  location: string;
  /** "Artist - Title" where the file says it. */
  label: string | null;
}

export interface ImportedPlaylist {
  name: string;
  /** Null when nothing was kept: a trial, or no entry was found. */
  id: string | null;
  matched: (ImportedEntry & { trackId: number; path: string; by: MatchedBy })[];
  unmatched: (ImportedEntry & { reason: string })[];
}
