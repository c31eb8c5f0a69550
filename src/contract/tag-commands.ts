// Commands about tags written into files: preview, write, undo, history.
import { z } from 'zod';
import { TAG_MODES } from '../core/domain/tag-write.ts';
import { targetSchema } from './label-commands.ts';
import { pastTagWriteSchema, tagChangeSchema, tagFieldSchema, tagPreviewSchema, tagProgressSchema } from './tag-shapes.ts';

const nothing = z.object({}).strict();
const limit = z.number().int().min(1).max(1000).default(200);
const writeId = z.number().int().positive();

export const tagCommands = {
  /**
   * Works out every change and writes nothing; the first changes come along, the others with `tags.changes`. Progress as
   * `tags.progress`; `tags.cancel` ends it.
   */
  'tags.preview': {
    input: z
      .object({
        target: targetSchema,
        fields: z.array(tagFieldSchema).min(1),
        mode: z.enum(TAG_MODES).default('add'),
        /** Least confidence at which the model's guess stands in where there is no label; null = never. */
        guessFrom: z.number().min(0).max(1).nullable().default(null),
        limit,
      })
      .strict(),
    output: tagPreviewSchema,
  },
  'tags.changes': {
    input: z.object({ planId: z.string(), offset: z.number().int().min(0), limit }).strict(),
    output: z.object({ changes: z.array(tagChangeSchema) }),
  },
  /** Writes exactly what the preview showed, in the background; progress as `tags.progress`, the end as `tags.ended`. */
  'tags.write': { input: z.object({ planId: z.string() }).strict(), output: z.object({ writeId }) },
  /** Gives the former values back, in the background, except where a field was changed since. */
  'tags.undo': { input: z.object({ writeId }).strict(), output: z.object({ writeId }) },
  'tags.cancel': { input: nothing, output: nothing },
  'tags.status': {
    input: nothing,
    output: z.object({ running: z.boolean(), progress: tagProgressSchema.nullable() }),
  },
  'tags.history': { input: z.object({ limit }).strict(), output: z.object({ writes: z.array(pastTagWriteSchema) }) },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
