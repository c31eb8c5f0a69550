// Schemas of maps as they cross the bridge. Columns of numbers travel as base64 of their little-endian bytes: a map of 100,000
// tracks is 1.4 MB that way and needs no parsing.
import { z } from 'zod';
import {
  MAP_COLOURS,
  MAP_SOURCES,
  MAP_STAGES,
  type MapCluster,
  type MapProgress,
  type MapQuality,
  type MapSummary,
} from '../core/domain/map.ts';
import { regionTraitsSchema } from '../core/domain/region.ts';

export const mapSourceSchema = z.enum(MAP_SOURCES);
export const mapColourSchema = z.enum(MAP_COLOURS);

const share = z.number().min(0).max(1);

const qualitySchema = z.object({
  divergence: z.number(),
  trustworthiness: share,
  preservation: share,
  nNeighbours: z.number().int(),
  nSampled: z.number().int(),
  purity: z
    .object({
      onMap: share,
      inSpace: share,
      inDescriptors: share.nullable(),
      nNeighbours: z.number().int(),
      nLabelled: z.number().int(),
    })
    .nullable(),
}) satisfies z.ZodType<MapQuality>;

const clusterSchema = z.object({
  name: z.string(),
  traits: regionTraitsSchema.nullable(),
  nTracks: z.number().int(),
  x: z.number(),
  y: z.number(),
}) satisfies z.ZodType<MapCluster>;

export const mapSummarySchema = z.object({
  id: z.number().int(),
  source: mapSourceSchema,
  encoder: z.string(),
  madeAtMs: z.number(),
  settings: z.object({ seed: z.number(), perplexity: z.number(), nIterations: z.number() }),
  quality: qualitySchema,
  clusters: z.array(clusterSchema),
  nPoints: z.number().int(),
  seconds: z.number(),
}) satisfies z.ZodType<MapSummary>;

export const mapProgressSchema = z.object({
  source: mapSourceSchema,
  stage: z.enum(MAP_STAGES),
  fraction: z.number().nullable(),
  remainingSec: z.number().nullable(),
}) satisfies z.ZodType<MapProgress>;

/** The points of a map that is converging. */
export const mapFrameSchema = z.object({
  iteration: z.number().int(),
  /** Int32 [n]; null where they are those of the frame before. */
  trackIds: z.base64().nullable(),
  /** Float32 [2 n] */
  positions: z.base64(),
});

export const mapPointsSchema = z.object({
  /** Int32 [n], ascending. */
  trackIds: z.base64(),
  /** Float32 [2 n] */
  positions: z.base64(),
  /** Int16 [n], -1 = in no cluster. */
  clusters: z.base64(),
});

export const mapValuesSchema = z.discriminatedUnion('kind', [
  /** `index` Int16 [n]: place in `names`, -1 = none. */
  z.object({ kind: z.literal('named'), names: z.array(z.string()), index: z.base64() }),
  /** `values` Float32 [n], NaN = unknown. */
  z.object({ kind: z.literal('number'), values: z.base64(), unit: z.string() }),
]);
