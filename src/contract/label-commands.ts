// Commands about own genres, labels and what to label next.
import { z } from 'zod';
import { MAX_GENRE_NAME } from '../core/domain/genre.ts';
import { LABEL_FILE_FORMATS, LABEL_MODES } from '../core/domain/label.ts';
import {
  fileGenreSchema,
  genreSchema,
  labelActionSchema,
  labelDoubtSchema,
  labelHistorySchema,
  labelImportSchema,
  suggestionSchema,
  tagRulesSchema,
} from './label-shapes.ts';

const nothing = z.object({}).strict();
const id = z.number().int().positive();
const genreName = z.string().trim().min(1).max(MAX_GENRE_NAME);
const hotkey = z.number().int().min(1).max(9).nullable();

export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tracks'), ids: z.array(id).min(1).max(200_000) }).strict(),
  z
    .object({
      kind: z.literal('query'),
      search: z.string().max(500).default(''),
      genre: z.string().nullable().default(null),
      playlistId: z.string().nullable().default(null),
    })
    .strict(),
  z.object({ kind: z.literal('folder'), path: z.string().min(1) }).strict(),
]);

const tagRulesAnswer = z.object({ rules: tagRulesSchema, fileGenres: z.array(fileGenreSchema) });

export const labelCommands = {
  /** The person's own genres, parents before children, by name within. */
  'genres.list': { input: nothing, output: z.object({ genres: z.array(genreSchema) }) },
  'genres.create': {
    input: z.object({ name: genreName, parentId: id.nullable().default(null), hotkey: hotkey.default(null) }).strict(),
    output: genreSchema,
  },
  /** Fields left out stay as they are. A hotkey that another genre had moves to this one. */
  'genres.change': {
    input: z.object({ id, name: genreName.optional(), parentId: id.nullable().optional(), hotkey: hotkey.optional() }).strict(),
    output: genreSchema,
  },
  /** Its labels move to another genre, or go with it; either can be undone. */
  'genres.remove': { input: z.object({ id, moveTo: id.nullable().default(null) }).strict(), output: labelActionSchema },

  /** Genres by name, made when new; the first becomes the primary one. `replace` with none clears the hand labels. */
  'labels.set': {
    input: z
      .object({ target: targetSchema, genres: z.array(genreName).max(50), mode: z.enum(LABEL_MODES).default('replace') })
      .strict(),
    output: labelActionSchema,
  },
  /** Null when there is nothing to undo. */
  'labels.undo': { input: nothing, output: z.object({ action: labelActionSchema.nullable(), history: labelHistorySchema }) },
  'labels.redo': { input: nothing, output: z.object({ action: labelActionSchema.nullable(), history: labelHistorySchema }) },
  'labels.history': { input: nothing, output: labelHistorySchema },
  'labels.tagRules': { input: nothing, output: tagRulesAnswer },
  'labels.setTagRules': { input: z.object({ rules: tagRulesSchema }).strict(), output: tagRulesAnswer },
  'labels.import': {
    input: z.object({ text: z.string().max(200_000_000), format: z.enum(LABEL_FILE_FORMATS) }).strict(),
    output: labelImportSchema,
  },
  'labels.export': {
    input: z.object({ format: z.enum(LABEL_FILE_FORMATS) }).strict(),
    output: z.object({ fileName: z.string(), text: z.string(), nTracks: z.number().int() }),
  },

  /** Tracks worth asking about, best first; ranked anew with the labels given so far. */
  'suggest.next': {
    input: z
      .object({ limit: z.number().int().min(1).max(100).default(10), exclude: z.array(id).max(10_000).default([]) })
      .strict(),
    output: z.object({ suggestions: z.array(suggestionSchema), nUnlabelled: z.number().int() }),
  },
  /** Labels that the other labels contradict, most suspicious first; empty before the first training. */
  'suggest.doubts': {
    input: z.object({ limit: z.number().int().min(1).max(1000).default(50) }).strict(),
    output: z.object({ doubts: z.array(labelDoubtSchema), modelName: z.string().nullable() }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
