// Every failure a person can meet, as a closed union of codes, each with a sentence that says what to do.

export const ERROR_CODES = [
  'input.invalid',
  'folder.missing',
  'folder.unreadable',
  'file.missing',
  'file.unreadable',
  'file.empty',
  'decode.notAudio',
  'decode.corrupt',
  'decode.tooShort',
  'decode.stalled',
  'decode.crashed',
  'model.missing',
  'model.corrupt',
  'model.failed',
  'library.locked',
  'library.corrupt',
  'library.newer',
  'scan.running',
  'track.unknown',
  'track.notAnalysed',
  'genre.unknown',
  'genre.exists',
  'labels.unreadable',
  'tags.running',
  'tags.unknown',
  'tags.unsupported',
  'tags.readOnly',
  'tags.changed',
  'tags.edited',
  'tags.unsafe',
  'training.running',
  'training.tooFewLabels',
  'model.unknown',
  'model.inUse',
  'model.notReady',
  'map.running',
  'map.unknown',
  'map.tooFewTracks',
  'playlist.unknown',
  'playlist.empty',
  'playlist.exists',
  'export.exists',
  'export.failed',
  'disk.full',
  'host.unavailable',
  'cancelled',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A failure as it crosses a boundary or is stored with a track: flat and clonable. */
export interface Failure {
  code: ErrorCode;
  /** One sentence for a person. */
  message: string;
}

/** An expected failure: its code is one of the union, its message a sentence for a person. */
export class StemscapeError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StemscapeError';
    this.code = code;
  }
}

/** Flattens anything thrown. Unknown errors become `internal`; the caller logs them whole. */
export function toFailure(error: unknown): Failure {
  if (error instanceof StemscapeError) return { code: error.code, message: error.message };
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' };
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `Something unexpected went wrong: ${detail}` };
}
