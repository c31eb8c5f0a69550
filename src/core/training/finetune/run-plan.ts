// What one gradient training does, as plan.json in its folder: the genres, the tracks with their part in it, and every number of
// the recipe. The same plan on the same backend gives the same model.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StemscapeError } from '../../domain/errors.ts';

export const PARTS = ['train', 'validation', 'test'] as const;
export type Part = (typeof PARTS)[number];

const recipeSchema = z
  .object({
    /** Windows in a step, and mel frames of each that are cut out at random. */
    batchSize: z.number().int().positive(),
    cropFrames: z.number().int().positive(),
    peakRate: z.number().positive(),
    /** The new classification layer learns faster by this factor. */
    headRateFactor: z.number().positive(),
    weightDecay: z.number().min(0),
    labelSmoothing: z.number().min(0).max(1),
    /** Augmentation: deviation of the random tone in dB (0 = none), and how often a band and a span of time are left out. */
    toneDb: z.number().min(0),
    maskProbability: z.number().min(0).max(1),
    warmupEpochs: z.number().min(0),
    maxEpochs: z.number().int().positive(),
    /** Ends after so many epochs without a lower validation loss. */
    patience: z.number().int().positive(),
    /** An epoch of a large collection ends after so many steps, so that it is validated and saved in time. */
    maxSteps: z.number().int().positive(),
  })
  .strict();
export type Recipe = z.output<typeof recipeSchema>;

export const RECIPES: Record<'finetune' | 'scratch', Recipe> = {
  finetune: {
    batchSize: 16,
    cropFrames: 200,
    peakRate: 3e-4,
    headRateFactor: 10,
    weightDecay: 0.05,
    labelSmoothing: 0.1,
    toneDb: 2,
    maskProbability: 0.6,
    warmupEpochs: 1,
    maxEpochs: 30,
    patience: 6,
    maxSteps: 250,
  },
  scratch: {
    batchSize: 32,
    cropFrames: 200,
    peakRate: 2e-3,
    headRateFactor: 1,
    weightDecay: 0.02,
    labelSmoothing: 0.1,
    toneDb: 4,
    maskProbability: 0.6,
    warmupEpochs: 1,
    maxEpochs: 60,
    patience: 10,
    maxSteps: 250,
  },
};

const windowSchema = z
  .object({
    startSec: z.number().min(0),
    lengthSec: z.number().positive(),
    nFrames: z.number().int().positive(),
    /** Its first byte in windows.u8. */
    offset: z.number().int().min(0),
  })
  .strict();
export type RunWindow = z.output<typeof windowSchema>;

const trackSchema = z
  .object({
    trackId: z.number().int(),
    /** Its genre's place in `genres`. */
    class: z.number().int().min(0),
    part: z.enum(PARTS),
    windows: z.array(windowSchema).min(1),
  })
  .strict();
export type RunTrack = z.output<typeof trackSchema>;

const planSchema = z
  .object({
    format: z.literal(1),
    mode: z.enum(['finetune', 'scratch']),
    seed: z.number().int(),
    genres: z.array(z.string().min(1)).min(2),
    /** Folder of the network that the training starts from. */
    baseDir: z.string().min(1),
    /** What the new network will call itself. */
    encoder: z.object({ name: z.string().min(1), version: z.string().min(1) }).strict(),
    recipe: recipeSchema,
    tracks: z.array(trackSchema),
  })
  .strict()
  .refine(({ tracks, genres }) => tracks.every((track) => track.class < genres.length), 'a track has a genre that is not named');
export type RunPlan = z.output<typeof planSchema>;

export const PLAN_FILE = 'plan.json';

/** @returns the plan and the text it was read from @throws StemscapeError file.missing | input.invalid */
export async function readPlan(runDir: string): Promise<{ plan: RunPlan; text: string }> {
  const path = join(runDir, PLAN_FILE);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StemscapeError('file.missing', `There is no training in ${runDir}.`, { cause });
  });
  try {
    return { plan: planSchema.parse(JSON.parse(text)), text };
  } catch (cause) {
    throw new StemscapeError('input.invalid', `The plan of a training, ${path}, cannot be read.`, { cause });
  }
}

/** @throws StemscapeError training.tooFewLabels when a genre has nothing to learn from, or nothing is left to validate on. */
export function checkPlan({ tracks, genres }: RunPlan): void {
  for (const [i, genre] of genres.entries()) {
    if (tracks.some((track) => track.class === i && track.part === 'train')) continue;
    throw new StemscapeError('training.tooFewLabels', `No track of ${genre} is left to learn from.`);
  }
  if (!tracks.some(({ part }) => part === 'validation'))
    throw new StemscapeError('training.tooFewLabels', 'No track is left to check the training with.');
}
