// Neighbours and duplicates as they cross the contract.
import { z } from 'zod';
import { DUPLICATE_KINDS, type DuplicateFile, type DuplicateReport } from '../core/domain/duplicate.ts';
import { SOURCES } from '../core/domain/stem.ts';
import { trackSchema } from './shapes.ts';

/** How much each source counts, -1 (unlike it) .. 1. */
export const soundWeightsSchema = z.partialRecord(z.enum(SOURCES), z.number().min(-1).max(1));

export const neighbourSchema = z.object({
  track: trackSchema,
  /** Cosine distance 0..2, joined over sources by their weights. */
  distance: z.number(),
  /** Cosine distance of each weighted source; 1 where a stem is silent. */
  bySource: z.partialRecord(z.enum(SOURCES), z.number()),
});

const duplicateFileSchema = z.object({
  trackId: z.number().int(),
  path: z.string(),
  title: z.string().nullable(),
  artist: z.string().nullable(),
  codec: z.string().nullable(),
  isLossless: z.boolean(),
  bitRateBps: z.number().nullable(),
  sampleRateHz: z.number().nullable(),
  sizeBytes: z.number(),
  durationSec: z.number().nullable(),
}) satisfies z.ZodType<DuplicateFile>;

export const duplicateReportSchema = z.object({
  groups: z.array(
    z.object({
      kind: z.enum(DUPLICATE_KINDS),
      /** Best copy first. */
      files: z.array(duplicateFileSchema),
      reason: z.string(),
      agreement: z.number(),
    }),
  ),
  nTracks: z.number().int(),
  nNotCompared: z.number().int(),
}) satisfies z.ZodType<DuplicateReport>;
