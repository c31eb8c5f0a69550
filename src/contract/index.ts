// The typed contract between window and engine: the only thing the renderer and the preload import.

export { MEL_PROFILE, WAVEFORM_SLICES } from '../core/config/audio-profile.ts';
export { isAudioPath } from '../core/config/media-types.ts';
export { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../core/config/settings.ts';
export { CAMELOT_BY_KEY } from '../core/domain/camelot.ts';
export type { ErrorCode, Failure } from '../core/domain/errors.ts';
export type { Explanation } from '../core/domain/explanation.ts';
export {
  ALBUM_SEPARATOR,
  type Album,
  FACETS,
  type Facet,
  type FacetChoice,
  type FacetCounts,
  isBounded,
  LABEL_STATES,
  N_ENERGY_BANDS,
  type NumberRange,
  narrows,
  RANGE_FIELDS,
  type RangeChoice,
  type RangeCounts,
  type RangeField,
  TEMPO_BAND_BPM,
} from '../core/domain/facet.ts';
export type { Genre } from '../core/domain/genre.ts';
export { MAX_GENRE_NAME } from '../core/domain/genre.ts';
export {
  type FileGenre,
  LABEL_ORIGINS,
  type Label,
  type LabelAction,
  type LabelFileFormat,
  type LabelHistory,
  type LabelImport,
  type LabelMode,
  type LabelOrigin,
  type LabelTarget,
  type TagRules,
} from '../core/domain/label.ts';
export {
  DEFAULT_PERPLEXITY,
  MAP_COLOURS,
  MAP_SOURCES,
  type MapCluster,
  type MapColour,
  type MapProgress,
  type MapQuality,
  type MapSource,
  type MapSummary,
} from '../core/domain/map.ts';
export {
  type ActivationProgress,
  BUNDLED_MODEL_ID,
  type ModelComparison,
  type ModelDetail,
  type ModelSummary,
} from '../core/domain/model.ts';
export { type PathStyle, PLAYLIST_FORMATS, type PlaylistFormat, type PlaylistSummary } from '../core/domain/playlist.ts';
export {
  type ExportChoice,
  type FolderProgress,
  type LeftOut,
  type LinkKind,
  type PathRewrite,
  PLAYLIST_ENCODINGS,
  type PlaylistEncoding,
  pathRewriteSchema,
} from '../core/domain/playlist-files.ts';
export type { ScanProgress, ScanStage, ScanSummary, SkippedFile } from '../core/domain/scan.ts';
export { SOURCES, type Source, STEMS, type Stem } from '../core/domain/stem.ts';
export {
  FREEABLE_PARTS,
  type FreeablePart,
  STORAGE_PARTS,
  type StoragePart,
  type StorageSummary,
  type StorageUse,
} from '../core/domain/storage.ts';
export type { LabelDoubt, Suggestion } from '../core/domain/suggestion.ts';
export type {
  FileTags,
  GenreGuess,
  ListedTrack,
  ModelGuess,
  ScoredGenre,
  Track,
  TrackDetail,
  TrackSort,
  TrackStatus,
  WindowScores,
} from '../core/domain/track.ts';
export {
  type EpochFigures,
  type Evaluation,
  type InterruptedTraining,
  JOIN_RULES,
  type JoinRule,
  MIN_GENRES,
  MIN_TRACKS_FROM_SCRATCH,
  MIN_TRACKS_PER_GENRE,
  MIN_TRACKS_TO_FINETUNE,
  TRAIN_MODES,
  type TrainMode,
  type TrainPlan,
  type TrainProgress,
  type TrainRequest,
} from '../core/domain/training.ts';
export * from './commands.ts';
export * from './envelope.ts';
export * from './events.ts';
export * from './label-shapes.ts';
export * from './map-shapes.ts';
export * from './media.ts';
export * from './media-path.ts';
export * from './neighbour-shapes.ts';
export * from './playlist-shapes.ts';
export * from './shapes.ts';
export * from './training-shapes.ts';
