// Schemas of genres, labels and suggestions; each is checked at compile time against its domain type.
import { z } from 'zod';
import { type Genre, MAX_GENRE_NAME } from '../core/domain/genre.ts';
import {
  type FileGenre,
  LABEL_ORIGINS,
  type Label,
  type LabelAction,
  type LabelHistory,
  type LabelImport,
  type TagRules,
} from '../core/domain/label.ts';
import { type LabelDoubt, SUGGESTION_REASONS, type Suggestion } from '../core/domain/suggestion.ts';
import type { ModelGuess, ScoredGenre } from '../core/domain/track.ts';

export const scoredGenreSchema = z.object({
  name: z.string(),
  probability: z.number().min(0).max(1),
}) satisfies z.ZodType<ScoredGenre>;

export const modelGuessSchema = z.object({
  genres: z.array(scoredGenreSchema),
  isUnknown: z.boolean(),
}) satisfies z.ZodType<ModelGuess>;

export const genreSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  parentId: z.number().int().nullable(),
  hotkey: z.number().int().nullable(),
  nTracks: z.number().int(),
}) satisfies z.ZodType<Genre>;

export const labelSchema = z.object({
  genreId: z.number().int().nullable(),
  genre: z.string(),
  origin: z.enum(LABEL_ORIGINS),
  isPrimary: z.boolean(),
  atMs: z.number(),
}) satisfies z.ZodType<Label>;

export const labelActionSchema = z.object({
  id: z.number().int(),
  sentence: z.string(),
  nTracks: z.number().int(),
}) satisfies z.ZodType<LabelAction>;

export const labelHistorySchema = z.object({
  undo: z.string().nullable(),
  redo: z.string().nullable(),
}) satisfies z.ZodType<LabelHistory>;

export const tagRulesSchema = z
  .object({
    separators: z.array(z.string().min(1).max(10)).max(20),
    synonyms: z
      .array(
        z.object({ tag: z.string().min(1).max(200), genre: z.string().trim().min(1).max(MAX_GENRE_NAME).nullable() }).strict(),
      )
      .max(5000),
    keepUnknown: z.boolean(),
  })
  .strict() satisfies z.ZodType<TagRules>;

export const fileGenreSchema = z.object({
  tag: z.string(),
  nTracks: z.number().int(),
  genre: z.string().nullable(),
}) satisfies z.ZodType<FileGenre>;

export const labelImportSchema = z.object({
  nTracks: z.number().int(),
  nLabels: z.number().int(),
  unknownPaths: z.array(z.string()),
  newGenres: z.array(z.string()),
}) satisfies z.ZodType<LabelImport>;

export const suggestionSchema = z.object({
  trackId: z.number().int(),
  guesses: z.array(scoredGenreSchema),
  startSec: z.number(),
  why: z.enum(SUGGESTION_REASONS),
  nAlike: z.number().int(),
}) satisfies z.ZodType<Suggestion>;

export const labelDoubtSchema = z.object({
  trackId: z.number().int(),
  given: z.string(),
  suggested: z.string(),
  givenProbability: z.number(),
  suggestedProbability: z.number(),
  startSec: z.number(),
  isConfident: z.boolean(),
}) satisfies z.ZodType<LabelDoubt>;
