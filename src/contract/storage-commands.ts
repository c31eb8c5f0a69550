// Commands about the room that the library takes.
import { z } from 'zod';
import { FREEABLE_PARTS, STORAGE_PARTS, type StorageSummary } from '../core/domain/storage.ts';

const storageSummarySchema = z.object({
  parts: z.array(
    z.object({
      part: z.enum(STORAGE_PARTS),
      bytes: z.number(),
      freeableBytes: z.number(),
      path: z.string().nullable(),
    }),
  ),
  bytes: z.number(),
  diskFreeBytes: z.number().nullable(),
  hasInterruptedTraining: z.boolean(),
}) satisfies z.ZodType<StorageSummary>;

export const storageCommands = {
  'storage.summary': { input: z.object({}).strict(), output: storageSummarySchema },
  /** Frees what may go of these parts, and tells what is left. */
  'storage.free': { input: z.object({ parts: z.array(z.enum(FREEABLE_PARTS)).min(1) }).strict(), output: storageSummarySchema },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
