// Commands for looking through the library: counts by facet, and albums as covers.
import { z } from 'zod';
import { type Album, FACETS, type FacetCounts, RANGE_FIELDS, type RangeCounts } from '../core/domain/facet.ts';
import { TRACK_STATUSES } from '../core/domain/track.ts';

const facet = z.enum(FACETS);

export const facetChoiceSchema = z.partialRecord(facet, z.array(z.string().max(1000)).max(200));

/** Both ends belong to it; null = open. */
const rangeSchema = z.object({ from: z.number().nullable(), to: z.number().nullable() }).strict();
const rangeField = z.enum(RANGE_FIELDS);

export const rangeChoiceSchema = z.partialRecord(rangeField, rangeSchema);

const rangeCountsSchema = z.object({
  field: rangeField,
  least: z.number().nullable(),
  greatest: z.number().nullable(),
  bins: z.array(z.number().int()),
}) satisfies z.ZodType<RangeCounts>;

const facetCountsSchema = z.object({
  facet,
  values: z.array(z.object({ value: z.string(), nTracks: z.number().int() })),
  nValues: z.number().int(),
}) satisfies z.ZodType<FacetCounts>;

const albumSchema = z.object({
  value: z.string(),
  name: z.string(),
  artist: z.string().nullable(),
  year: z.number().nullable(),
  nTracks: z.number().int(),
  trackId: z.number().int(),
}) satisfies z.ZodType<Album>;

const found = z.object({
  search: z.string().max(500).default(''),
  genre: z.string().nullable().default(null),
  status: z.enum(TRACK_STATUSES).nullable().default(null),
  facets: facetChoiceSchema.default({}),
  ranges: rangeChoiceSchema.default({}),
});

export const browseCommands = {
  /** Tracks by value of each facet and along each range, among those that the search and the other facets and ranges find. */
  'library.facets': {
    input: found.strict(),
    output: z.object({ facets: z.array(facetCountsSchema), ranges: z.array(rangeCountsSchema) }),
  },
  /** By artist and name. */
  'library.albums': {
    input: found
      .extend({ offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(1000).default(200) })
      .strict(),
    output: z.object({ total: z.number().int(), albums: z.array(albumSchema) }),
  },
} as const;
