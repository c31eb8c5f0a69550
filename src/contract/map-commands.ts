// Commands about maps of the library.
import { z } from 'zod';
import { DEFAULT_PERPLEXITY } from '../core/domain/map.ts';
import {
  mapColourSchema,
  mapFrameSchema,
  mapPointsSchema,
  mapProgressSchema,
  mapSourceSchema,
  mapSummarySchema,
  mapValuesSchema,
} from './map-shapes.ts';
import { failureSchema } from './shapes.ts';

const nothing = z.object({}).strict();
const mapId = z.object({ id: z.number().int().positive() }).strict();

export const mapCommands = {
  'map.status': {
    input: nothing,
    output: z.object({
      /** The newest map of each source that has one. */
      maps: z.array(mapSummarySchema),
      progress: mapProgressSchema.nullable(),
      frame: mapFrameSchema.nullable(),
      last: z.object({ mapId: z.number().int().nullable(), failure: failureSchema.nullable() }).nullable(),
    }),
  },
  /** Starts in the background; `map.progress` and `map.frame` follow, then `map.ended`. */
  'map.draw': {
    input: z
      .object({
        source: mapSourceSchema.default('sound'),
        seed: z.number().int().min(0).max(0xffff_ffff).default(1),
        perplexity: z.number().min(2).max(200).default(DEFAULT_PERPLEXITY),
      })
      .strict(),
    output: nothing,
  },
  'map.cancel': { input: nothing, output: nothing },
  /** Maps of a source, newest first: how the map changed. */
  'map.list': { input: z.object({ source: mapSourceSchema }).strict(), output: z.object({ maps: z.array(mapSummarySchema) }) },
  /** The newest map of a source takes up tracks that came since, without moving any. */
  'map.points': { input: mapId, output: mapPointsSchema },
  /** What to colour the points by, in their order. */
  'map.values': { input: mapId.extend({ by: mapColourSchema }), output: mapValuesSchema },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
