// A track as the library knows it: a file, its tags, and what was heard in it.
import type { Failure } from './errors.ts';
import type { Label } from './label.ts';
import type { Stem } from './stem.ts';

export const TRACK_STATUSES = ['analysed', 'failed', 'missing', 'pending'] as const;
export type TrackStatus = (typeof TRACK_STATUSES)[number];

/** What lists of tracks can be sorted by; `position` is a playlist's own order, elsewhere the order in which tracks came. */
export const TRACK_SORTS = [
  'position',
  'title',
  'artist',
  'album',
  'genre',
  'confidence',
  'durationSec',
  'tempoBpm',
  'key',
  'loudnessLufs',
  'energy',
  'path',
  'addedAt',
  'year',
  'camelot',
  'origin',
  'nPlays',
  'lastPlayedAt',
  'codec',
  'bitRate',
  'status',
] as const;
export type TrackSort = (typeof TRACK_SORTS)[number];

/** Where a genre came from; a person's own hand always wins, then the model's guess, then the file's tag. */
export const GENRE_ORIGINS = ['hand', 'import', 'model', 'tag'] as const;
export type GenreOrigin = (typeof GENRE_ORIGINS)[number];

export interface ScoredGenre {
  name: string;
  /** 0..1 */
  probability: number;
}

/** What the model in use hears, whatever the person says. */
export interface ModelGuess {
  /** The three likeliest genres, likeliest first. */
  genres: ScoredGenre[];
  /** The likeliest is below its genre's threshold: the model does not know. */
  isUnknown: boolean;
}

export interface GenreGuess {
  name: string;
  /** 0..1, calibrated probability for `model`; 1 for a person's own label. */
  confidence: number;
  origin: GenreOrigin;
}

/** Tags as the file states them; absent ones are null. */
export interface FileTags {
  title: string | null;
  artist: string | null;
  album: string | null;
  albumArtist: string | null;
  trackNumber: number | null;
  trackTotal: number | null;
  discNumber: number | null;
  discTotal: number | null;
  year: number | null;
  genres: string[];
  bpm: number | null;
  key: string | null;
  durationSec: number | null;
  container: string | null;
  codec: string | null;
  bitRateBps: number | null;
  sampleRateHz: number | null;
  channels: number | null;
  replayGainTrackDb: number | null;
  replayGainAlbumDb: number | null;
  musicBrainzRecordingId: string | null;
  musicBrainzReleaseId: string | null;
  musicBrainzArtistId: string | null;
  hasCover: boolean;
}

/** The public row: what `tracks --json` prints and the library table shows. */
export interface Track {
  id: number;
  path: string;
  status: TrackStatus;
  reason: Failure | null;
  title: string | null;
  artist: string | null;
  album: string | null;
  durationSec: number | null;
  /** The genre to show: the person's, else the model's unless unknown, else the file's. */
  genre: GenreGuess | null;
  /** Null when not analysed. */
  guess: ModelGuess | null;
  /** Probability by genre name, sums to 1; empty when not analysed. */
  scores: Record<string, number>;
  tempoBpm: number | null;
  /** "A minor", "F# major"; null when not analysed. */
  key: string | null;
  loudnessLufs: number | null;
  /** 0 calm .. 1 intense. */
  energy: number | null;
  /** The model that made `scores`: name and version of the bundled one, name of an own one. */
  modelVersion: string | null;
}

/** A row of a list: with what only its columns show. */
export interface ListedTrack extends Track {
  year: number | null;
  addedAtMs: number;
  nPlays: number;
  lastPlayedAtMs: number | null;
  codec: string | null;
  bitRateBps: number | null;
  samplePeakDbfs: number | null;
}

export interface SpectralSummary {
  centroidHz: number;
  bandwidthHz: number;
  rolloffHz: number;
  flatness: number;
  zeroCrossingRate: number;
}

/** Share of each stem in the sound's power, 0..1, sums to 1. */
export type StemShares = Record<Stem, number>;

/** One analysis window's place and verdict. */
export interface WindowScores {
  startSec: number;
  lengthSec: number;
  scores: Record<string, number>;
}

/** Everything known about one track: the track panel and `show`. */
export interface TrackDetail extends ListedTrack {
  tags: FileTags;
  /** By origin, strongest first, the primary one first within it. */
  labels: Label[];
  sizeBytes: number;
  modifiedAtMs: number;
  analysedAtMs: number | null;
  loudnessRangeLu: number | null;
  tempoConfidence: number | null;
  keyConfidence: number | null;
  spectral: SpectralSummary | null;
  stemShares: StemShares | null;
  windows: WindowScores[];
  separatorVersion: string | null;
  profileId: string | null;
}
