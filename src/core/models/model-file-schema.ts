// What model.json inside a model's file must look like: such a file comes from outside, so nothing in it is trusted.
import { z } from 'zod';
import type { LearnedLabel } from '../db/model-store.ts';
import { type Evaluation, HEAD_FAMILIES, type HeadSettings, JOIN_RULES, TRAIN_MODES } from '../domain/training.ts';

const MAX_GENRES = 1000;
const MAX_LABELS = 2_000_000;

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const text = z.string().min(1).max(1000);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const settings = z
  .object({ family: z.enum(HEAD_FAMILIES), regularization: z.number().min(0), nComponents: count })
  .strict() satisfies z.ZodType<HeadSettings>;

const genreFigures = z
  .object({ name: text, nTracks: count, precision: share, recall: share, f1: share, threshold: z.number() })
  .strict();

const comparison = z
  .object({
    otherName: z.string().max(1000),
    otherAccuracy: share,
    otherMacroF1: share,
    onlyThisRight: count,
    onlyOtherRight: count,
    pValue: share,
  })
  .strict();

const evaluation = z
  .object({
    method: z.enum(['cross-validation', 'hold-out']),
    nFolds: count,
    nTracks: count,
    nGroups: count,
    accuracy: share,
    accuracyLow: share,
    accuracyHigh: share,
    macroF1: share,
    calibrationError: share,
    perGenre: z.array(genreFigures).max(MAX_GENRES),
    confusion: z.array(z.array(count).max(MAX_GENRES)).max(MAX_GENRES),
    reliability: z.array(z.object({ confidence: z.number(), accuracy: z.number(), n: count }).strict()).max(100),
    joins: z.array(z.object({ rule: z.enum(JOIN_RULES), accuracy: share, macroF1: share }).strict()).max(20),
    candidates: z.array(z.object({ settings, accuracy: share, logLoss: z.number() }).strict()).max(1000),
    learningCurve: z.array(z.object({ nTracks: count, accuracy: share, macroF1: share }).strict()).max(1000),
    gains: z.array(z.object({ genre: text, moreLabels: count, points: z.number() }).strict()).max(MAX_GENRES),
    hardestPairs: z.array(z.object({ a: text, b: text, nConfused: count, share: z.number() }).strict()).max(10_000),
    unknownShare: share,
    accuracyOfKnown: share,
    comparison: comparison.nullable(),
  })
  .strict() satisfies z.ZodType<Evaluation>;

const label = z.object({ contentHash: z.string().max(200).nullable(), genre: text }).strict() satisfies z.ZodType<
  Omit<LearnedLabel, 'trackId'>
>;

export const modelFileSchema = z
  .object({
    format: z.literal(1),
    kind: z.literal('stemscape-model'),
    name: z.string().trim().min(1).max(100),
    mode: z.enum(TRAIN_MODES),
    createdAtMs: z.number().min(0),
    encoder: text,
    hasOwnEncoder: z.boolean(),
    genres: z.array(text).min(2).max(MAX_GENRES),
    nTracks: count,
    seed: count,
    backend: z.string().max(100),
    seconds: z.number().min(0),
    settings,
    join: z.enum(JOIN_RULES),
    labels: z.array(label).max(MAX_LABELS),
    labelsHash: sha256,
    evaluation,
  })
  .strict();
export type ModelFile = z.output<typeof modelFileSchema>;

/** SHA-256 of every part by its name. */
export const checksumsSchema = z.record(z.string().max(200), sha256);
