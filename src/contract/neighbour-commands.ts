// Commands about tracks that sound alike, and about the same recording in several files.
import { z } from 'zod';
import { duplicateReportSchema, neighbourSchema, soundWeightsSchema } from './neighbour-shapes.ts';

const nothing = z.object({}).strict();
const trackIds = z.array(z.number().int().positive());

export const neighbourCommands = {
  /** Nearest first. `diversity` 0 = nearest only, 1 = as different from each other as possible. */
  'neighbours.similar': {
    input: z
      .object({
        trackIds: trackIds.min(1).max(1000),
        /** Empty = by the whole sound. */
        weights: soundWeightsSchema.default({}),
        limit: z.number().int().min(1).max(1000).default(20),
        diversity: z.number().min(0).max(1).default(0),
        exclude: trackIds.max(100_000).default([]),
      })
      .strict(),
    output: z.object({ neighbours: z.array(neighbourSchema) }),
  },
  /** Answers when the library has been searched; `duplicates.progress` follows meanwhile. */
  'duplicates.find': { input: nothing, output: duplicateReportSchema },
  'duplicates.cancel': { input: nothing, output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
