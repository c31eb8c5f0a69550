// What the engine says without being asked.
import { z } from 'zod';
import { failureSchema, scanProgressSchema, scanSummarySchema } from './shapes.ts';

export const events = {
  'scan.progress': scanProgressSchema,
  'scan.ended': z.object({ summary: scanSummarySchema.nullable(), failure: failureSchema.nullable() }),
  /** Tracks whose rows changed; null = too many to name, read the view again. */
  'tracks.changed': z.object({ ids: z.array(z.number().int()).nullable() }),
  'stems.progress': z.object({ id: z.number().int(), fraction: z.number().nullable() }),
  'stems.ready': z.object({ id: z.number().int(), failure: failureSchema.nullable() }),
  'settings.changed': z.object({}),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
