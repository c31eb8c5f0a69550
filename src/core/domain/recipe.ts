// Recipes: how a playlist is made. Filter, pick, length and order, with a seed: the same recipe on the same library makes the
// same list again.
import { z } from 'zod';
import { ruleGroupSchema, smartRulesSchema } from './smart-rules.ts';
import { STEMS } from './stem.ts';

const trackId = z.number().int().positive();
const share = z.number().min(0).max(1);

export const MAX_SEEDS = 100;
export const MAX_PATH_STEPS = 200;
export const MAX_CHOSEN = 5000;

const weightsSchema = z
  .object(Object.fromEntries(['mixture', ...STEMS].map((source) => [source, z.number().min(-1).max(1)])) as Weights)
  .partial()
  .strict();
type Weights = Record<'mixture' | (typeof STEMS)[number], z.ZodNumber>;

/** A place in the space of moods, in plain units. */
export const moodPointSchema = z
  .object({
    energy: share,
    tempoBpm: z.number().positive(),
    /** 0 major .. 1 minor */
    minor: share,
    loudnessLufs: z.number(),
    bass: share,
    drums: share,
    other: share,
    vocals: share,
  })
  .strict();
export type MoodPoint = z.output<typeof moodPointSchema>;

/** Which tracks come into question, best first. */
export const pickSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }).strict(),
  z.object({ kind: z.literal('rules'), rules: smartRulesSchema }).strict(),
  z.object({ kind: z.literal('tracks'), trackIds: z.array(trackId).min(1).max(MAX_CHOSEN) }).strict(),
  z.object({ kind: z.literal('genre'), genre: z.string().min(1).max(200), minConfidence: share.default(0.5) }).strict(),
  /** Tracks within a radius, in standard deviations, of a mood's middle. */
  z
    .object({ kind: z.literal('mood'), name: z.string().max(200), middle: moodPointSchema, radius: z.number().positive() })
    .strict(),
  z
    .object({
      kind: z.literal('like'),
      trackIds: z.array(trackId).min(1).max(MAX_SEEDS),
      weights: weightsSchema.default({ mixture: 1 }),
      diversity: share.default(0.3),
      /** The seeds themselves open the list. */
      withSeeds: z.boolean().default(false),
    })
    .strict(),
  /** From one track to another in even steps; null chooses a number that fits their distance. */
  z
    .object({
      kind: z.literal('path'),
      fromId: trackId,
      toId: trackId,
      nSteps: z.number().int().min(0).max(MAX_PATH_STEPS).nullable(),
    })
    .strict(),
  /** Regions of the sound space that were played least; a play counts half after `halfLifeDays`. */
  z.object({ kind: z.literal('unplayed'), halfLifeDays: z.number().positive().default(90) }).strict(),
]);
export type Pick = z.output<typeof pickSchema>;
export type PickKind = Pick['kind'];

export const ARC_FIELDS = ['energy', 'tempo', 'both'] as const;
export const ARC_SHAPES = ['rising', 'falling', 'wave', 'points'] as const;

export const orderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('picked') }).strict(),
  z.object({ kind: z.literal('random') }).strict(),
  z
    .object({
      kind: z.literal('arc'),
      field: z.enum(ARC_FIELDS).default('energy'),
      shape: z.enum(ARC_SHAPES),
      /** For `points`: heights at equal distances, 0 = the calmest or slowest of the tracks, 1 = the opposite. */
      points: z.array(share).max(100).default([]),
    })
    .strict()
    .refine(({ shape, points }) => shape !== 'points' || points.length >= 2, 'An arc of points needs two at least.'),
  /** Each next track in a key that mixes and a tempo within the tolerance, half and double counting as the same. */
  z.object({ kind: z.literal('harmonic'), tempoTolerance: z.number().positive().max(0.5).default(0.06) }).strict(),
]);
export type Order = z.output<typeof orderSchema>;

export const lengthSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('tracks'), n: z.number().int().positive().max(MAX_CHOSEN) }).strict(),
  z
    .object({
      by: z.literal('minutes'),
      minutes: z
        .number()
        .positive()
        .max(7 * 24 * 60),
      toleranceSec: z.number().positive().default(30),
    })
    .strict(),
]);
export type Length = z.output<typeof lengthSchema>;

export const recipeSchema = z
  .object({
    seed: z.number().int().min(0).max(0xffffffff).default(1),
    pick: pickSchema,
    /** Tracks that do not fit are left out; seeds and ends of a path stay. */
    filter: ruleGroupSchema.nullable().default(null),
    /** Null: everything picked, or what the pick takes for a good list. */
    length: lengthSchema.nullable().default(null),
    order: orderSchema.default({ kind: 'picked' }),
    /** No artist twice in a row, where there is another. */
    spreadArtists: z.boolean().default(false),
  })
  .strict();
export type Recipe = z.output<typeof recipeSchema>;
export type RecipeInput = z.input<typeof recipeSchema>;

/** A mood of the library, as a person chooses it. */
export interface Mood {
  /** "calm, slow, minor, much vocals" */
  name: string;
  nTracks: number;
  middle: MoodPoint;
  radius: number;
}
