// Every question the window may put to the engine, by name: the schema of what it says and of what it gets back.
// A handler in src/engine answers each; the compiler holds both sides to this table.
import { z } from 'zod';
import { settingsSchema } from '../core/config/settings.ts';
import { REANALYSE } from '../core/domain/scan.ts';
import { TRACK_SORTS, TRACK_STATUSES } from '../core/domain/track.ts';
import { browseCommands, facetChoiceSchema, rangeChoiceSchema } from './browse-commands.ts';
import { explainCommands } from './explain-commands.ts';
import { labelCommands } from './label-commands.ts';
import { mapCommands } from './map-commands.ts';
import { neighbourCommands } from './neighbour-commands.ts';
import { playlistCommands } from './playlist-commands.ts';
import { playlistFileCommands } from './playlist-file-commands.ts';
import { listedTrackSchema, scanProgressSchema, scanSummarySchema, skippedFileSchema, trackDetailSchema } from './shapes.ts';
import { storageCommands } from './storage-commands.ts';
import { tagCommands } from './tag-commands.ts';
import { trainingCommands } from './training-commands.ts';

const nothing = z.object({}).strict();
const trackId = z.object({ id: z.number().int().positive() }).strict();

export const trackQuerySchema = z
  .object({
    /** Matched against title, artist, album, genre and path, word prefixes, any order. */
    search: z.string().max(500).default(''),
    genre: z.string().nullable().default(null),
    status: z.enum(TRACK_STATUSES).nullable().default(null),
    playlistId: z.string().nullable().default(null),
    facets: facetChoiceSchema.default({}),
    ranges: rangeChoiceSchema.default({}),
    /** Only these; in this order with the sort `position`. */
    ids: z.array(z.number().int().positive()).max(1000).nullable().default(null),
    sort: z.enum(TRACK_SORTS).default('artist'),
    descending: z.boolean().default(false),
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(1000).default(200),
  })
  .strict();

const rootSchema = z.object({ path: z.string(), online: z.boolean(), nTracks: z.number().int() });

export const commands = {
  'library.summary': {
    input: nothing,
    output: z.object({
      libraryDir: z.string(),
      roots: z.array(rootSchema),
      counts: z.object({ analysed: z.number(), failed: z.number(), missing: z.number(), pending: z.number() }),
      /** Tracks analysed by an older model or profile. */
      outdated: z.number(),
      durationSec: z.number(),
      genres: z.array(z.object({ name: z.string(), nTracks: z.number() })),
    }),
  },
  'library.skipped': { input: nothing, output: z.array(skippedFileSchema) },
  'library.removeRoot': { input: z.object({ path: z.string() }).strict(), output: nothing },

  /** Asks the host (a native dialog) for a folder; null when the person closed it. `host.unavailable` in a browser. */
  'host.chooseFolder': { input: nothing, output: z.object({ path: z.string().nullable() }) },
  /** Folders below a folder, for the in-page chooser where there is no native dialog. */
  'host.listFolders': {
    input: z.object({ path: z.string().nullable() }).strict(),
    output: z.object({ path: z.string(), parent: z.string().nullable(), folders: z.array(z.string()) }),
  },
  'host.capabilities': {
    input: nothing,
    output: z.object({
      kind: z.enum(['desktop', 'browser']),
      nativeDialogs: z.boolean(),
      demoAvailable: z.boolean(),
      version: z.string(),
    }),
  },

  'scan.start': {
    /** Folders to add and scan; empty = every known root. `reanalyse`: 'outdated' or 'failed' tracks are done again. */
    input: z
      .object({
        folders: z.array(z.string()).default([]),
        reanalyse: z.enum(REANALYSE).default('none'),
      })
      .strict(),
    output: nothing,
  },
  'scan.demo': { input: nothing, output: nothing },
  'scan.cancel': { input: nothing, output: nothing },
  'scan.status': {
    input: nothing,
    output: z.object({ running: z.boolean(), progress: scanProgressSchema.nullable(), last: scanSummarySchema.nullable() }),
  },

  'tracks.list': { input: trackQuerySchema, output: z.object({ total: z.number().int(), tracks: z.array(listedTrackSchema) }) },
  /** Ids of all that a list holds, in its order: what is played next and after. */
  'tracks.ids': {
    input: trackQuerySchema.omit({ offset: true, limit: true }),
    output: z.object({ ids: z.array(z.number().int()) }),
  },
  'tracks.get': { input: trackId, output: trackDetailSchema },
  /** Analyse these again now (a failed file's retry); answers when they are queued. */
  'tracks.retry': { input: z.object({ ids: z.array(z.number().int().positive()).min(1).max(10_000) }).strict(), output: nothing },

  /** Separates the whole track for listening; progress comes as `stems.progress`, the end as `stems.ready`. */
  'stems.prepare': { input: trackId, output: z.object({ ready: z.boolean() }) },
  'stems.cancel': { input: trackId, output: nothing },
  /** Whether the stems are there already, or being made. */
  'stems.status': { input: trackId, output: z.object({ state: z.enum(['none', 'running', 'ready']) }) },

  ...browseCommands,
  ...labelCommands,
  ...playlistCommands,
  ...playlistFileCommands,
  ...tagCommands,
  ...storageCommands,
  ...trainingCommands,
  ...mapCommands,
  ...neighbourCommands,
  ...explainCommands,

  'settings.get': { input: nothing, output: settingsSchema },
  'settings.set': { input: settingsSchema.partial().strict(), output: settingsSchema },

  'system.doctor': {
    input: nothing,
    output: z.object({
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), card: z.array(z.string()).optional() })),
    }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type CommandName = keyof typeof commands;
/** What a caller writes: defaulted fields may be left out. */
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]['input']>;
/** What a handler receives after parsing. */
export type CommandParsed<N extends CommandName> = z.output<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.output<(typeof commands)[N]['output']>;
