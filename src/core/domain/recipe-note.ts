// What a person should know of a list that a recipe made: codes with values.
import { z } from 'zod';

const count = z.number().int();

export const recipeNoteSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('noTrackFits') }),
  z.object({ code: z.literal('tooFew'), n: count, nAsked: count }),
  /** The list is longer than asked by so much; negative = shorter. */
  z.object({ code: z.literal('nearest'), minutes: z.number(), gapSec: z.number() }),
  z.object({ code: z.literal('transitions'), n: count, total: count }),
  z.object({ code: z.literal('artistAgain'), n: count }),
  z.object({ code: z.literal('lost'), n: count }),
  z.object({ code: z.literal('between'), n: count }),
  /** Distances of sounds. */
  z.object({ code: z.literal('steps'), largest: z.number(), direct: z.number() }),
]);

export type RecipeNote = z.output<typeof recipeNoteSchema>;
