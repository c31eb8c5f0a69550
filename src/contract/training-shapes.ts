// Schemas of trainings, evaluations and models; each is checked at compile time against its domain type.
import { z } from 'zod';
import type { ActivationProgress, ModelComparison, ModelDetail, ModelSummary } from '../core/domain/model.ts';
import {
  type Comparison,
  type EpochFigures,
  type Evaluation,
  type GenreFigures,
  HEAD_FAMILIES,
  type HeadSettings,
  type InterruptedTraining,
  JOIN_RULES,
  TRAIN_MODES,
  TRAIN_STAGES,
  type TrainPlan,
  type TrainProgress,
} from '../core/domain/training.ts';

const count = z.number().int();
const number = z.number().nullable();

export const headSettingsSchema = z.object({
  family: z.enum(HEAD_FAMILIES),
  regularization: z.number(),
  nComponents: count,
}) satisfies z.ZodType<HeadSettings>;

const genreFiguresSchema = z.object({
  name: z.string(),
  nTracks: count,
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  threshold: z.number(),
}) satisfies z.ZodType<GenreFigures>;

const comparisonSchema = z.object({
  otherName: z.string(),
  otherAccuracy: z.number(),
  otherMacroF1: z.number(),
  onlyThisRight: count,
  onlyOtherRight: count,
  pValue: z.number(),
}) satisfies z.ZodType<Comparison>;

export const evaluationSchema = z.object({
  method: z.enum(['cross-validation', 'hold-out']),
  nFolds: count,
  nTracks: count,
  nGroups: count,
  accuracy: z.number(),
  accuracyLow: z.number(),
  accuracyHigh: z.number(),
  macroF1: z.number(),
  calibrationError: z.number(),
  perGenre: z.array(genreFiguresSchema),
  confusion: z.array(z.array(count)),
  reliability: z.array(z.object({ confidence: z.number(), accuracy: z.number(), n: count })),
  joins: z.array(z.object({ rule: z.enum(JOIN_RULES), accuracy: z.number(), macroF1: z.number() })),
  candidates: z.array(z.object({ settings: headSettingsSchema, accuracy: z.number(), logLoss: z.number() })),
  learningCurve: z.array(z.object({ nTracks: count, accuracy: z.number(), macroF1: z.number() })),
  gains: z.array(z.object({ genre: z.string(), moreLabels: count, points: z.number() })),
  hardestPairs: z.array(z.object({ a: z.string(), b: z.string(), nConfused: count, share: z.number() })),
  unknownShare: z.number(),
  accuracyOfKnown: z.number(),
  comparison: comparisonSchema.nullable(),
}) satisfies z.ZodType<Evaluation>;

export const trainPlanSchema = z.object({
  genres: z.array(z.object({ name: z.string(), nTracks: count })),
  nTracks: count,
  leftOut: z.array(z.object({ name: z.string(), nTracks: count, reason: z.string() })),
  nUnheard: count,
  obstacle: z.string().nullable(),
}) satisfies z.ZodType<TrainPlan>;

const epochFiguresSchema = z.object({
  epoch: count,
  trainLoss: z.number(),
  validationLoss: z.number(),
  validationAccuracy: z.number(),
}) satisfies z.ZodType<EpochFigures>;

export const trainProgressSchema = z.object({
  mode: z.enum(TRAIN_MODES),
  stage: z.enum(TRAIN_STAGES),
  fraction: number,
  remainingSec: number,
  epochs: z.array(epochFiguresSchema),
}) satisfies z.ZodType<TrainProgress>;

export const interruptedTrainingSchema = z.object({
  mode: z.enum(TRAIN_MODES),
  startedAtMs: z.number(),
  epochs: z.array(epochFiguresSchema),
}) satisfies z.ZodType<InterruptedTraining>;

export const modelSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  mode: z.enum(TRAIN_MODES).nullable(),
  createdAtMs: z.number(),
  isActive: z.boolean(),
  genres: z.array(z.string()),
  nTracks: count,
  accuracy: number,
  macroF1: number,
  nToHear: count,
}) satisfies z.ZodType<ModelSummary>;

export const modelDetailSchema = modelSummarySchema.extend({
  encoder: z.string(),
  seed: number,
  join: z.enum(JOIN_RULES).nullable(),
  settings: headSettingsSchema.nullable(),
  labelsHash: z.string().nullable(),
  backend: z.string().nullable(),
  seconds: number,
  evaluation: evaluationSchema.nullable(),
}) satisfies z.ZodType<ModelDetail>;

export const modelComparisonSchema = z.object({
  a: modelSummarySchema,
  b: modelSummarySchema,
  nDifferent: count,
  nTracks: count,
  nShared: count,
  accuracyA: number,
  accuracyB: number,
  onlyARight: count,
  onlyBRight: count,
  pValue: number,
  shifts: z.array(z.object({ genre: z.string(), nA: count, nB: count })),
}) satisfies z.ZodType<ModelComparison>;

export const activationProgressSchema = z.object({
  modelId: z.string(),
  stage: z.enum(['hear', 'score', 'done']),
  done: count,
  total: count,
  remainingSec: number,
}) satisfies z.ZodType<ActivationProgress>;
