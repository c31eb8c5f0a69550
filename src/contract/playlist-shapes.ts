// Schemas of playlists, recipes and rules as they cross the bridge.
import { z } from 'zod';
import { type PlaceReason, placeReasonSchema } from '../core/domain/place-reason.ts';
import {
  KEPT_KINDS,
  PLAYLIST_KINDS,
  type PlaylistDetail,
  type PlaylistHistory,
  type PlaylistPlace,
} from '../core/domain/playlist.ts';
import { type PlaylistDeed, playlistDeedSchema } from '../core/domain/playlist-deed.ts';
import { type Mood, moodPointSchema, recipeSchema } from '../core/domain/recipe.ts';
import { type RecipeNote, recipeNoteSchema } from '../core/domain/recipe-note.ts';
import { FIELD_TYPES, RULE_OPERATORS } from '../core/domain/smart-rule-fields.ts';
import { smartRulesSchema } from '../core/domain/smart-rules.ts';
import { playlistSummarySchema } from './shapes.ts';

export { type Mood, type Recipe, type RecipeInput, recipeSchema } from '../core/domain/recipe.ts';
export { OPERATORS_OF, RULE_FIELDS, type RuleField, type RuleOperator } from '../core/domain/smart-rule-fields.ts';
export {
  ALL_TRACKS,
  isGroup,
  problemOf,
  type Rule,
  type RuleCondition,
  type RuleGroup,
  type SmartRules,
} from '../core/domain/smart-rules.ts';
export {
  KEPT_KINDS,
  PLAYLIST_KINDS,
  type PlaceReason,
  type PlaylistDeed,
  type PlaylistDetail,
  type PlaylistHistory,
  type PlaylistPlace,
  type RecipeNote,
};

export const playlistPlaceSchema = z.object({
  trackId: z.number().int().nullable(),
  path: z.string(),
  reasons: z.array(placeReasonSchema),
}) satisfies z.ZodType<PlaylistPlace>;

export const playlistDetailSchema = playlistSummarySchema.extend({
  recipe: recipeSchema.nullable(),
  rules: smartRulesSchema.nullable(),
  places: z.array(playlistPlaceSchema),
  createdAtMs: z.number().nullable(),
  changedAtMs: z.number().nullable(),
}) satisfies z.ZodType<PlaylistDetail>;

export const playlistHistorySchema = z.object({
  undo: playlistDeedSchema.nullable(),
  redo: playlistDeedSchema.nullable(),
}) satisfies z.ZodType<PlaylistHistory>;

export const playlistPreviewSchema = z.object({
  /** The first ones, as many as were asked for. */
  places: z.array(playlistPlaceSchema.extend({ trackId: z.number().int() })),
  nTracks: z.number().int(),
  durationSec: z.number(),
  notes: z.array(recipeNoteSchema),
});

/** What a list is made by: live or frozen rules, or a recipe. */
export const makingSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('rules'), rules: smartRulesSchema }).strict(),
  z.object({ by: z.literal('recipe'), recipe: recipeSchema }).strict(),
]);

export const madePlaylistSchema = z.object({ playlist: playlistSummarySchema, notes: z.array(recipeNoteSchema) });

export const moodSchema = z.object({
  name: z.string(),
  nTracks: z.number().int(),
  middle: moodPointSchema,
  radius: z.number(),
}) satisfies z.ZodType<Mood>;

export const ruleFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(FIELD_TYPES),
  unit: z.string().nullable(),
  step: z.number(),
  choices: z.array(z.string()).nullable(),
  sortable: z.boolean(),
  operators: z.array(z.object({ op: z.enum(RULE_OPERATORS), words: z.string() })),
});

export type RuleFieldInfo = z.output<typeof ruleFieldSchema>;

export const readRulesSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), rules: smartRulesSchema }),
  /** Line and column count from 1; the message begins with them. */
  z.object({ ok: z.literal(false), line: z.number().int(), column: z.number().int(), message: z.string() }),
]);
