// Why a track has its genre.
import { z } from 'zod';
import type { Explanation } from '../core/domain/explanation.ts';
import { STEMS } from '../core/domain/stem.ts';

export const explanationSchema = z.object({
  genre: z.string(),
  probability: z.number(),
  windows: z.array(z.object({ startSec: z.number(), lengthSec: z.number(), probability: z.number() })),
  stems: z.array(
    z.object({
      stem: z.enum(STEMS),
      probabilityWithout: z.number(),
      contribution: z.number(),
      genreWithout: z.string(),
    }),
  ),
  sentence: z.string(),
}) satisfies z.ZodType<Explanation>;

export const explainCommands = {
  /** Hears the track's windows again, whole and without each stem: some seconds. */
  'tracks.explain': { input: z.object({ id: z.number().int().positive() }).strict(), output: explanationSchema },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
