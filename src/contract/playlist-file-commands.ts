// Commands about playlists as files of other programs: export, a folder of links or copies, import.
import { z } from 'zod';
import { PATH_STYLES } from '../core/domain/playlist.ts';
import {
  exportChoiceSchema,
  type FolderProgress,
  type LeftOut,
  LINK_KINDS,
  PLAYLIST_ENCODINGS,
} from '../core/domain/playlist-files.ts';

const nothing = z.object({}).strict();
const count = z.number().int();
const leftOut = z.array(z.object({ path: z.string(), reason: z.string() }) satisfies z.ZodType<LeftOut>);

export const folderProgressSchema = z.object({ done: count, total: count }) satisfies z.ZodType<FolderProgress>;

export const playlistFileCommands = {
  'playlists.export': {
    input: exportChoiceSchema
      .extend({
        id: z.string(),
        /** Where to write; null lets the host ask, or hand the file to the browser as a download. */
        outPath: z.string().nullable().default(null),
      })
      .strict(),
    output: z.object({
      /** The file written, or null when its bytes are returned for a download or the person closed the dialog. */
      path: z.string().nullable(),
      fileName: z.string(),
      mediaType: z.string(),
      /** Several files below a folder; a download has them in one ZIP. */
      isTree: z.boolean(),
      base64: z.string().nullable(),
      nTracks: count,
      leftOut,
      /** Sentences on what the format loses. */
      notes: z.array(z.string()),
    }),
  },
  /** Links or copies in a new folder named after the playlist; progress comes as `playlists.folderProgress`. */
  'playlists.fillFolder': {
    input: z
      .object({
        id: z.string(),
        kind: z.enum(LINK_KINDS),
        /** How symbolic links name their targets. */
        pathStyle: z.enum(PATH_STYLES).default('relative'),
        withPlaylist: z.boolean().default(true),
        /** The folder it goes into; null lets the host ask. */
        parent: z.string().nullable().default(null),
      })
      .strict(),
    /** Null folder: the person closed the dialog. */
    output: z.object({ folder: z.string().nullable(), nTracks: count, leftOut }),
  },
  'playlists.cancelFill': { input: nothing, output: nothing },
  /** M3U, M3U8, PLS, XSPF, JSPF, or every playlist of an iTunes library. */
  'playlists.import': {
    input: z
      .object({
        file: z.object({ name: z.string().max(1000), base64: z.base64() }).strict(),
        /** Instead of the file's own name. */
        name: z.string().nullable().default(null),
        /** For files that are not UTF-8; null = as Windows wrote them. */
        encoding: z.enum(PLAYLIST_ENCODINGS).nullable().default(null),
        /** Only tell what would be found. */
        isTrial: z.boolean().default(false),
      })
      .strict(),
    output: z.object({
      playlists: z.array(
        z.object({
          name: z.string(),
          id: z.string().nullable(),
          nMatched: count,
          nUnmatched: count,
          /** The first of those that were not found. */
          unmatched: z.array(z.object({ location: z.string(), label: z.string().nullable(), reason: z.string() })),
        }),
      ),
    }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
