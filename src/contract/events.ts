// What the engine says without being asked.
import { z } from 'zod';
import { labelHistorySchema } from './label-shapes.ts';
import { mapFrameSchema, mapProgressSchema } from './map-shapes.ts';
import { folderProgressSchema } from './playlist-file-commands.ts';
import { playlistHistorySchema } from './playlist-shapes.ts';
import { failureSchema, scanProgressSchema, scanSummarySchema } from './shapes.ts';
import { tagProgressSchema, tagWriteResultSchema } from './tag-shapes.ts';
import { activationProgressSchema, trainProgressSchema } from './training-shapes.ts';

export const events = {
  'scan.progress': scanProgressSchema,
  'scan.ended': z.object({ summary: scanSummarySchema.nullable(), failure: failureSchema.nullable() }),
  /** Tracks whose rows changed; null = too many to name, read the view again. */
  'tracks.changed': z.object({ ids: z.array(z.number().int()).nullable() }),
  'stems.progress': z.object({ id: z.number().int(), fraction: z.number().nullable() }),
  'stems.ready': z.object({ id: z.number().int(), failure: failureSchema.nullable() }),
  /** Labels or genres changed, by whomever; `tracks.changed` names the tracks. */
  'labels.changed': labelHistorySchema,
  'training.progress': trainProgressSchema,
  'training.ended': z.object({ modelId: z.string().nullable(), failure: failureSchema.nullable() }),
  /** A version was added, renamed, removed or taken into use. */
  'models.changed': z.object({}),
  'models.activating': activationProgressSchema,
  'map.progress': mapProgressSchema,
  /** The points as they stand; those of 100,000 tracks come twice a second. */
  'map.frame': mapFrameSchema,
  'map.ended': z.object({ mapId: z.number().int().nullable(), failure: failureSchema.nullable() }),
  /** A map was added, or tracks were placed on one. */
  'map.changed': z.object({ mapId: z.number().int() }),
  'tags.progress': tagProgressSchema,
  'tags.ended': z.object({ result: tagWriteResultSchema.nullable(), failure: failureSchema.nullable() }),
  'duplicates.progress': z.object({ fraction: z.number().nullable() }),
  /** A kept playlist changed, or something was played: lists made by rules may be others now. */
  'playlists.changed': playlistHistorySchema,
  /** How many files of a folder of links or copies are done. */
  'playlists.folderProgress': folderProgressSchema,
  'settings.changed': z.object({}),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
