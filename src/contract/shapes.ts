// Schemas of the values that cross the bridge; each is checked at compile time against its domain type.
import { z } from 'zod';
import { ERROR_CODES, type Failure } from '../core/domain/errors.ts';
import { PLAYLIST_KINDS, type PlaylistSummary } from '../core/domain/playlist.ts';
import { SCAN_STAGES, type ScanProgress, type ScanSummary, type SkippedFile } from '../core/domain/scan.ts';
import {
  type FileTags,
  GENRE_ORIGINS,
  type GenreGuess,
  type ListedTrack,
  type SpectralSummary,
  type StemShares,
  TRACK_STATUSES,
  type Track,
  type TrackDetail,
  type WindowScores,
} from '../core/domain/track.ts';
import { labelSchema, modelGuessSchema } from './label-shapes.ts';

const text = z.string().nullable();
const number = z.number().nullable();

export const failureSchema = z.object({ code: z.enum(ERROR_CODES), message: z.string() }) satisfies z.ZodType<Failure>;

export const genreGuessSchema = z.object({
  name: z.string(),
  confidence: z.number().min(0).max(1),
  origin: z.enum(GENRE_ORIGINS),
}) satisfies z.ZodType<GenreGuess>;

const scoresSchema = z.record(z.string(), z.number());

export const trackSchema = z.object({
  id: z.number().int(),
  path: z.string(),
  status: z.enum(TRACK_STATUSES),
  reason: failureSchema.nullable(),
  title: text,
  artist: text,
  album: text,
  durationSec: number,
  genre: genreGuessSchema.nullable(),
  guess: modelGuessSchema.nullable(),
  scores: scoresSchema,
  tempoBpm: number,
  key: text,
  loudnessLufs: number,
  energy: number,
  modelVersion: text,
}) satisfies z.ZodType<Track>;

export const listedTrackSchema = trackSchema.extend({
  year: number,
  addedAtMs: z.number(),
  nPlays: z.number().int(),
  lastPlayedAtMs: number,
  codec: text,
  bitRateBps: number,
  samplePeakDbfs: number,
}) satisfies z.ZodType<ListedTrack>;

export const fileTagsSchema = z.object({
  title: text,
  artist: text,
  album: text,
  albumArtist: text,
  trackNumber: number,
  trackTotal: number,
  discNumber: number,
  discTotal: number,
  year: number,
  genres: z.array(z.string()),
  bpm: number,
  key: text,
  durationSec: number,
  container: text,
  codec: text,
  bitRateBps: number,
  sampleRateHz: number,
  channels: number,
  replayGainTrackDb: number,
  replayGainAlbumDb: number,
  musicBrainzRecordingId: text,
  musicBrainzReleaseId: text,
  musicBrainzArtistId: text,
  hasCover: z.boolean(),
}) satisfies z.ZodType<FileTags>;

const spectralSchema = z.object({
  centroidHz: z.number(),
  bandwidthHz: z.number(),
  rolloffHz: z.number(),
  flatness: z.number(),
  zeroCrossingRate: z.number(),
}) satisfies z.ZodType<SpectralSummary>;

const stemSharesSchema = z.object({
  bass: z.number(),
  drums: z.number(),
  other: z.number(),
  vocals: z.number(),
}) satisfies z.ZodType<StemShares>;

const windowScoresSchema = z.object({
  startSec: z.number(),
  lengthSec: z.number(),
  scores: scoresSchema,
}) satisfies z.ZodType<WindowScores>;

export const trackDetailSchema = listedTrackSchema.extend({
  tags: fileTagsSchema,
  labels: z.array(labelSchema),
  sizeBytes: z.number(),
  modifiedAtMs: z.number(),
  analysedAtMs: number,
  loudnessRangeLu: number,
  tempoConfidence: number,
  keyConfidence: number,
  spectral: spectralSchema.nullable(),
  stemShares: stemSharesSchema.nullable(),
  windows: z.array(windowScoresSchema),
  separatorVersion: text,
  profileId: text,
}) satisfies z.ZodType<TrackDetail>;

export const playlistSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(PLAYLIST_KINDS),
  nTracks: z.number().int(),
  durationSec: z.number(),
}) satisfies z.ZodType<PlaylistSummary>;

export const scanProgressSchema = z.object({
  stage: z.enum(SCAN_STAGES),
  done: z.number(),
  total: number,
  tracksPerSec: number,
  remainingSec: number,
  failed: z.number(),
  currentPath: text,
}) satisfies z.ZodType<ScanProgress>;

export const scanSummarySchema = z.object({
  found: z.number(),
  analysed: z.number(),
  unchanged: z.number(),
  moved: z.number(),
  failed: z.number(),
  missing: z.number(),
  skipped: z.number(),
  outdated: z.number(),
  cancelled: z.boolean(),
  seconds: z.number(),
}) satisfies z.ZodType<ScanSummary>;

export const skippedFileSchema = z.object({ path: z.string(), reason: failureSchema }) satisfies z.ZodType<SkippedFile>;
