// Commands about training and the registry of models.
import { z } from 'zod';
import { LABEL_ORIGINS } from '../core/domain/label.ts';
import { JOIN_RULES, TRAIN_MODES } from '../core/domain/training.ts';
import { failureSchema } from './shapes.ts';
import {
  interruptedTrainingSchema,
  modelComparisonSchema,
  modelDetailSchema,
  modelSummarySchema,
  trainPlanSchema,
  trainProgressSchema,
} from './training-shapes.ts';

const nothing = z.object({}).strict();
const modelId = z.object({ id: z.string().min(1).max(100) }).strict();
const modelName = z.string().trim().min(1).max(100);

export const trainRequestSchema = z
  .object({
    mode: z.enum(TRAIN_MODES).default('quick'),
    name: modelName.nullable().default(null),
    genres: z.array(z.string()).min(2).max(500).nullable().default(null),
    origins: z.array(z.enum(LABEL_ORIGINS)).min(1).default(['hand', 'import']),
    seed: z.number().int().min(0).max(0xffff_ffff).default(1),
    join: z.enum(['auto', ...JOIN_RULES]).default('auto'),
  })
  .strict();

export const trainingCommands = {
  /** What a training would learn from and what is missing. */
  'training.plan': { input: trainRequestSchema, output: trainPlanSchema },
  /** Starts in the background; `training.progress` follows, then `training.ended`. The new model is not yet in use. */
  'training.start': { input: trainRequestSchema, output: nothing },
  /** A gradient training makes a model of the best it has so far; others end without one. */
  'training.cancel': { input: nothing, output: nothing },
  'training.status': {
    input: nothing,
    output: z.object({
      progress: trainProgressSchema.nullable(),
      interrupted: interruptedTrainingSchema.nullable(),
      last: z.object({ modelId: z.string().nullable(), failure: failureSchema.nullable() }).nullable(),
    }),
  },
  /** Goes on with the interrupted training from its last epoch. */
  'training.resume': { input: nothing, output: nothing },
  'training.discard': { input: nothing, output: nothing },

  /** Newest first, the bundled model last. */
  'models.list': { input: nothing, output: z.object({ models: z.array(modelSummarySchema) }) },
  'models.get': { input: modelId, output: modelDetailSchema },
  /** Scores the library with it and makes it the one in use, in one transaction; answers when that is done. */
  'models.use': { input: modelId, output: z.object({ nTracks: z.number().int(), seconds: z.number() }) },
  /** Ends the hearing that goes before the use of an own network. */
  'models.cancelUse': { input: nothing, output: nothing },
  /** Back to the model that was in use before. */
  'models.rollback': { input: nothing, output: z.object({ id: z.string() }) },
  'models.rename': { input: modelId.extend({ name: modelName }), output: modelSummarySchema },
  'models.remove': { input: modelId, output: nothing },
  'models.compare': { input: z.object({ a: z.string(), b: z.string() }).strict(), output: modelComparisonSchema },
  /** Labelled tracks of one cell of the confusion matrix. */
  'models.confused': {
    input: modelId.extend({ label: z.string(), guess: z.string() }),
    output: z.object({ trackIds: z.array(z.number().int()) }),
  },
  /** The model as one file, base64; the window offers it as a download. */
  'models.export': { input: modelId, output: z.object({ fileName: z.string(), base64: z.string() }) },
  'models.import': { input: z.object({ base64: z.string().max(400_000_000) }).strict(), output: modelSummarySchema },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
