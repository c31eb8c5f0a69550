// What an act on a playlist did, for the message that offers to undo it: a code with values.
import { z } from 'zod';

const count = z.number().int();
const name = z.string();

export const playlistDeedSchema = z.discriminatedUnion('code', [
  /** A sentence of an older version. */
  z.object({ code: z.literal('said'), text: z.string() }),
  z.object({ code: z.literal('made'), name }),
  z.object({ code: z.literal('renamed'), from: name, to: name }),
  z.object({ code: z.literal('rulesChanged'), name }),
  z.object({ code: z.literal('recipeChanged'), name }),
  z.object({ code: z.literal('madeAgain'), name }),
  z.object({ code: z.literal('removed'), name }),
  z.object({ code: z.literal('added'), n: count, name }),
  z.object({ code: z.literal('taken'), n: count, name }),
  z.object({ code: z.literal('moved'), n: count, name }),
]);

export type PlaylistDeed = z.output<typeof playlistDeedSchema>;
