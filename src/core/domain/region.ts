// What a region of a map is called: its genres and what sets it apart, as codes. Pictures of the command line name it in English,
// the window in its own language.
import { z } from 'zod';

/** Of tempo and energy: in English they stand before the genre. */
export const REGION_PACES = ['fast', 'slow', 'energetic', 'calm'] as const;
export const REGION_SOUNDS = [
  'strongBass',
  'littleBass',
  'noBass',
  'strongDrums',
  'fewDrums',
  'noDrums',
  'manyInstruments',
  'fewInstruments',
  'noOtherInstruments',
  'muchSinging',
  'littleSinging',
  'noVocals',
] as const;

export const regionTraitsSchema = z.object({
  /** Two where they share it, none where nothing is known or many do. */
  genres: z.array(z.string()).max(2),
  /** The one genre is that of most, not of nearly all; of none, that many genres are there. */
  isMixed: z.boolean(),
  paces: z.array(z.enum(REGION_PACES)),
  sounds: z.array(z.enum(REGION_SOUNDS)),
  /** From 2 on for others that would be called the same. */
  number: z.number().int(),
});

export type RegionTraits = z.output<typeof regionTraitsSchema>;
export type RegionPace = (typeof REGION_PACES)[number];
export type RegionSound = (typeof REGION_SOUNDS)[number];
