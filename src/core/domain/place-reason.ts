// Why a track is in a playlist: codes with values. The command line says them in English, the window in its own language.
import { z } from 'zod';
import { ARC_FIELDS, ARC_SHAPES } from './recipe.ts';
import { SOURCES } from './stem.ts';

const count = z.number().int();
/** 0..100. */
const percent = z.number();
/** Of two sounds, with two digits behind the point. */
const distance = z.number();
/** What a mix goes by; null where it is not known. */
const mix = z.object({ camelot: z.string().nullable(), tempoBpm: z.number().nullable() });
const fact = z.object({ field: z.string(), value: z.union([z.string(), z.number()]).nullable() });

export const placeReasonSchema = z.discriminatedUnion('code', [
  /** A sentence of an older version. */
  z.object({ code: z.literal('said'), text: z.string() }),
  z.object({ code: z.literal('chosen') }),
  z.object({ code: z.literal('atRandom') }),
  /** It fits rules that ask for nothing that could be named. */
  z.object({ code: z.literal('fits') }),
  /** What it has in the fields that the rules ask about. */
  z.object({ code: z.literal('facts'), facts: z.array(fact).min(1) }),
  z.object({ code: z.literal('sure'), genre: z.string(), percent }),
  z.object({ code: z.literal('inFile'), genre: z.string() }),
  z.object({ code: z.literal('yours'), genre: z.string() }),
  /** 100 % = exactly the mood; null where the mood has no name. */
  z.object({ code: z.literal('mood'), mood: z.string().nullable(), percent }),
  z.object({
    code: z.literal('like'),
    title: z.string(),
    distance,
    /** Empty where only the whole sound counts. */
    parts: z.array(z.object({ source: z.enum(SOURCES), isUnlike: z.boolean(), distance })),
  }),
  z.object({ code: z.literal('pathBegins') }),
  z.object({ code: z.literal('pathEnds'), distance }),
  z.object({ code: z.literal('pathStep'), step: count, nSteps: count, from: z.string(), to: z.string(), distance }),
  z.object({ code: z.literal('neverPlayed') }),
  z.object({ code: z.literal('lastPlayed'), atMs: z.number() }),
  /** Of the tracks that sound like it. */
  z.object({ code: z.literal('corner'), nPlayed: count, nTracks: count }),
  z.object({
    code: z.literal('arc'),
    field: z.enum(ARC_FIELDS),
    shape: z.enum(ARC_SHAPES),
    percent,
    askedPercent: percent,
    place: count,
    nPlaces: count,
  }),
  z.object({ code: z.literal('mixBegins'), mix }),
  z.object({ code: z.literal('mixes'), isMixing: z.boolean(), mix, before: mix }),
]);

export type PlaceReason = z.output<typeof placeReasonSchema>;
export type PlaceFact = z.output<typeof fact>;
export type Mix = z.output<typeof mix>;
