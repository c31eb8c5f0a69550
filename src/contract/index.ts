// The typed contract between window and engine: the only thing the renderer and the preload import.

export { MEL_PROFILE, WAVEFORM_SLICES } from '../core/config/audio-profile.ts';
export { isAudioPath } from '../core/config/media-types.ts';
export { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../core/config/settings.ts';
export type { ErrorCode, Failure } from '../core/domain/errors.ts';
export type { PathStyle, PlaylistFormat, PlaylistSummary } from '../core/domain/playlist.ts';
export type { ScanProgress, ScanStage, ScanSummary, SkippedFile } from '../core/domain/scan.ts';
export { SOURCES, type Source, STEMS, type Stem } from '../core/domain/stem.ts';
export type { FileTags, GenreGuess, Track, TrackDetail, TrackSort, TrackStatus, WindowScores } from '../core/domain/track.ts';
export * from './commands.ts';
export * from './envelope.ts';
export * from './events.ts';
export * from './media.ts';
export * from './media-path.ts';
export * from './shapes.ts';
