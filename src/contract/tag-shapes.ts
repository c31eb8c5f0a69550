// Schemas of tags written into files; each is checked at compile time against its domain type.
import { z } from 'zod';
import {
  type PastTagWrite,
  TAG_FIELDS,
  type TagChange,
  type TagPreview,
  type TagProgress,
  type TagRefusal,
  type TagWriteResult,
} from '../core/domain/tag-write.ts';
import { failureSchema } from './shapes.ts';

export const tagFieldSchema = z.enum(TAG_FIELDS);
const kind = z.enum(['write', 'undo']);

export const tagChangeSchema = z.object({
  trackId: z.number().int(),
  path: z.string(),
  field: tagFieldSchema,
  before: z.array(z.string()),
  after: z.array(z.string()),
}) satisfies z.ZodType<TagChange>;

export const tagRefusalSchema = z.object({
  trackId: z.number().int().nullable(),
  path: z.string(),
  field: tagFieldSchema.nullable(),
  reason: failureSchema,
}) satisfies z.ZodType<TagRefusal>;

export const tagPreviewSchema = z.object({
  planId: z.string(),
  nFiles: z.number().int(),
  nChanges: z.number().int(),
  nUnchanged: z.number().int(),
  nRefused: z.number().int(),
  changes: z.array(tagChangeSchema),
  refused: z.array(tagRefusalSchema),
}) satisfies z.ZodType<TagPreview>;

export const tagProgressSchema = z.object({
  kind: z.enum(['preview', 'write', 'undo']),
  writeId: z.number().int().nullable(),
  done: z.number().int(),
  total: z.number().int(),
  nFailed: z.number().int(),
}) satisfies z.ZodType<TagProgress>;

export const tagWriteResultSchema = z.object({
  kind,
  writeId: z.number().int(),
  nDone: z.number().int(),
  nFailed: z.number().int(),
  failed: z.array(tagRefusalSchema),
  isCancelled: z.boolean(),
}) satisfies z.ZodType<TagWriteResult>;

export const pastTagWriteSchema = z.object({
  id: z.number().int(),
  atMs: z.number(),
  sentence: z.string(),
  nFiles: z.number().int(),
  nWritten: z.number().int(),
  nUndone: z.number().int(),
  nFailed: z.number().int(),
}) satisfies z.ZodType<PastTagWrite>;
