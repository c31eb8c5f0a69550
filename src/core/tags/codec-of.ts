// The codec that edits a file.
import { StemscapeError } from '../domain/errors.ts';
import { chunkCodec } from './chunk-codec.ts';
import { id3Codec } from './id3-codec.ts';
import type { TagCodec } from './tag-codec.ts';
import { type TagCodecName, tagFormatOf } from './tag-format.ts';
import { taglibCodec } from './taglib-codec.ts';

const CODECS: Readonly<Record<TagCodecName, TagCodec>> = { id3: id3Codec, chunks: chunkCodec, taglib: taglibCodec };

/** @throws StemscapeError tags.unsupported */
export function codecOf(path: string): TagCodec {
  const format = tagFormatOf(path);
  if (!format) throw new StemscapeError('tags.unsupported', 'Tags are not written into this kind of file.');
  return CODECS[format.codec];
}
