// Commands about playlists, the rules and recipes that make them, and what was played.
import { z } from 'zod';
import { MAX_PLAYLIST_NAME } from '../core/domain/playlist.ts';
import { playlistDeedSchema } from '../core/domain/playlist-deed.ts';
import { recipeSchema } from '../core/domain/recipe.ts';
import { smartRulesSchema } from '../core/domain/smart-rules.ts';
import {
  madePlaylistSchema,
  makingSchema,
  moodSchema,
  playlistDetailSchema,
  playlistHistorySchema,
  playlistPreviewSchema,
  readRulesSchema,
  ruleFieldSchema,
} from './playlist-shapes.ts';
import { playlistSummarySchema } from './shapes.ts';

const nothing = z.object({}).strict();
const id = z.string().min(1).max(500);
const name = z.string().trim().min(1).max(MAX_PLAYLIST_NAME);
const trackId = z.number().int().positive();
const trackIds = z.array(trackId).max(200_000);
const seed = z.number().int().min(0).max(0xffffffff);

/** What was taken back or done again; null when there was nothing. */
const travelled = z.object({ deed: playlistDeedSchema.nullable(), history: playlistHistorySchema });

export const playlistCommands = {
  /** Kept ones by name, then those by genre. */
  'playlists.list': {
    input: nothing,
    output: z.object({ minConfidence: z.number(), playlists: z.array(playlistSummarySchema), history: playlistHistorySchema }),
  },
  /** With its places from `offset` on: why each track is there. Their rows come from `tracks.list` sorted by `position`. */
  'playlists.get': {
    input: z
      .object({ id, offset: z.number().int().min(0).default(0), limit: z.number().int().min(0).max(100_000).default(1000) })
      .strict(),
    output: playlistDetailSchema,
  },
  /** A list in one's own order. */
  'playlists.create': { input: z.object({ name, trackIds: trackIds.default([]) }).strict(), output: playlistSummarySchema },
  'playlists.rename': { input: z.object({ id, name }).strict(), output: playlistSummarySchema },
  'playlists.remove': { input: z.object({ id }).strict(), output: nothing },
  /** At the end; tracks that are there already are passed over. */
  'playlists.addTracks': {
    input: z.object({ id, trackIds: trackIds.min(1) }).strict(),
    output: z.object({ nAdded: z.number().int(), nAlready: z.number().int() }),
  },
  'playlists.removeTracks': {
    input: z.object({ id, trackIds: trackIds.min(1) }).strict(),
    output: z.object({ nRemoved: z.number().int() }),
  },
  /** Before another track of the list, or with null to its end. */
  'playlists.move': { input: z.object({ id, trackIds: trackIds.min(1), before: trackId.nullable() }).strict(), output: nothing },
  'playlists.undo': { input: nothing, output: travelled },
  'playlists.redo': { input: nothing, output: travelled },

  /** What would be made, without keeping it. */
  'playlists.preview': {
    input: z.object({ making: makingSchema, limit: z.number().int().min(0).max(10_000).default(500) }).strict(),
    output: playlistPreviewSchema,
  },
  'playlists.make': { input: z.object({ name, making: makingSchema }).strict(), output: madePlaylistSchema },
  /** From its recipe, on the library as it is now; with another seed it becomes another list. */
  'playlists.remake': { input: z.object({ id, seed: seed.nullable().default(null) }).strict(), output: madePlaylistSchema },
  /** In one act: other rules, and with a name another name. */
  'playlists.setRules': {
    input: z.object({ id, rules: smartRulesSchema, name: name.nullable().default(null) }).strict(),
    output: playlistSummarySchema,
  },
  /** In one act: the list of another recipe, and with a name another name. */
  'playlists.setRecipe': {
    input: z.object({ id, recipe: recipeSchema, name: name.nullable().default(null) }).strict(),
    output: madePlaylistSchema,
  },
  /** Moods of the library, to make a playlist of one. */
  'playlists.moods': { input: z.object({ seed: seed.default(1) }).strict(), output: z.object({ moods: z.array(moodSchema) }) },

  /** Everything a rule can ask for, with its operators, in the order of an editor. */
  'rules.fields': { input: nothing, output: z.object({ fields: z.array(ruleFieldSchema) }) },
  'rules.parse': { input: z.object({ text: z.string().max(200_000) }).strict(), output: readRulesSchema },
  'rules.print': { input: z.object({ rules: smartRulesSchema }).strict(), output: z.object({ text: z.string() }) },

  /** A track counts as played after half its length or four minutes. */
  'plays.record': { input: z.object({ trackId, playedSec: z.number().min(0).max(86_400) }).strict(), output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
