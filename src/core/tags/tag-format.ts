// How each kind of file carries the fields: which part of this room edits it, and what its fields can hold.
import { extensionOf } from '../config/media-types.ts';

/** `id3`: an ID3v2 tag at the file's beginning; `chunks`: one in a chunk of a WAV or AIFF; `taglib`: whatever TagLib edits. */
export type TagCodecName = 'id3' | 'chunks' | 'taglib';

export interface TagFormat {
  codec: TagCodecName;
  /** The tempo field holds whole numbers only, by the format or by its convention. */
  hasWholeBpm: boolean;
}

const ID3: TagFormat = { codec: 'id3', hasWholeBpm: true };
const CHUNKS: TagFormat = { codec: 'chunks', hasWholeBpm: true };
const TAGLIB: TagFormat = { codec: 'taglib', hasWholeBpm: false };
const MP4: TagFormat = { codec: 'taglib', hasWholeBpm: true };

const FORMATS: Readonly<Record<string, TagFormat>> = {
  '.mp3': ID3,
  '.aac': ID3,
  '.wav': CHUNKS,
  '.aif': CHUNKS,
  '.aiff': CHUNKS,
  '.aifc': CHUNKS,
  '.flac': TAGLIB,
  '.ogg': TAGLIB,
  '.oga': TAGLIB,
  '.opus': TAGLIB,
  '.wma': TAGLIB,
  '.ape': TAGLIB,
  '.wv': TAGLIB,
  '.mpc': TAGLIB,
  '.m4a': MP4,
  '.m4b': MP4,
  '.mp4': MP4,
  '.alac': MP4,
};

/** Null for files whose tags are not written (Matroska, DSD). */
export function tagFormatOf(path: string): TagFormat | null {
  return FORMATS[extensionOf(path)] ?? null;
}
