// What reads the fields of a file and writes a changed copy of it; one codec a family of formats.
import type { TagField, TagValues } from '../domain/tag-write.ts';
import type { RawFrames } from './id3v2-fields.ts';

/** A file's fields, and what undo needs beyond their values to leave the file's tags byte for byte as they were. */
export interface StoredTags {
  values: TagValues;
  raw: RawTags | null;
}

export interface RawTags {
  /** Version of the tag the frames come from. */
  version: number;
  frames: RawFrames;
  /** Bytes the tag took; 0 when there was none. */
  sizeBytes: number;
  /** WAV's own genre text (LIST/INFO/IGNR) as base64; null when there is none. */
  infoGenre: string | null;
}

export interface TagEdit {
  /** New values by field; an empty list removes the field. Fields left out stay. */
  values: Partial<Record<TagField, readonly string[]>>;
  /** Undo: gives these back where the tag still has their version. */
  raw: RawTags | null;
}

export interface TagCodec {
  /** @throws StemscapeError tags.unsupported | file.* */
  read(path: string): Promise<StoredTags>;
  /** Writes a whole changed copy of `path` into the new file `copy`. @throws StemscapeError tags.unsupported | file.* */
  writeCopy(path: string, copy: string, edit: TagEdit): Promise<void>;
}
