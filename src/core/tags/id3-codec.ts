// MP3 and AAC: the ID3v2 tag at the file's beginning. What follows it, other tags at the end included, is copied as it is.
import { type FileHandle, open } from 'node:fs/promises';
import { StemscapeError } from '../domain/errors.ts';
import { apeItemNames } from './ape-names.ts';
import { editedId3 } from './id3-edit.ts';
import { readId3Fields } from './id3v2-fields.ts';
import { ID3_HEADER_BYTES, type Id3Tag, id3SizeBytes, parseId3 } from './id3v2-tag.ts';
import { copyInSegments, readRange } from './segments.ts';
import type { TagCodec } from './tag-codec.ts';

/** First bytes, or those after a size, of files that a tag before them would break. */
const OTHER_CONTAINERS = ['RIFF', 'FORM', 'fLaC', 'OggS', 'ftyp', '\x1aE\xdf\xa3', '0&\xb2\x75', 'wvpk', 'MAC ', 'MPCK', 'MP+'];

export const id3Codec: TagCodec = {
  async read(path) {
    const file = await open(path, 'r');
    try {
      const tag = await readLeadingTag(file);
      await refuseHidden(file);
      const { values, raw } = readId3Fields(tag);
      return { values, raw: { version: tag?.version ?? 0, frames: raw, sizeBytes: tag?.sizeBytes ?? 0, infoGenre: null } };
    } finally {
      await file.close();
    }
  },
  writeCopy: (path, copy, edit) =>
    copyInSegments(path, copy, async (source, sizeBytes) => {
      const tag = await readLeadingTag(source);
      return [{ bytes: editedId3(tag, edit) }, { start: tag?.sizeBytes ?? 0, end: sizeBytes }];
    }),
};

async function readLeadingTag(file: FileHandle): Promise<Id3Tag | null> {
  const size = id3SizeBytes(await readRange(file, 0, ID3_HEADER_BYTES));
  const head = (await readRange(file, size, ID3_HEADER_BYTES)).toString('latin1');
  if (OTHER_CONTAINERS.some((magic) => head.startsWith(magic) || head.startsWith(magic, 4))) {
    throw new StemscapeError('tags.unsupported', 'The file is of another kind than its name says.');
  }
  return size === 0 ? null : parseId3(await readRange(file, 0, size));
}

/** MP3Gain and others add an APEv2 tag for loudness, which is in nobody's way. */
async function refuseHidden(file: FileHandle): Promise<void> {
  const hidden = ['genre', 'bpm', 'initialkey'];
  if (!(await apeItemNames(file)).some((name) => hidden.includes(name))) return;
  const sentence = 'The file has a second set of tags (APEv2) with these fields, which would hide what is written.';
  throw new StemscapeError('tags.unsupported', sentence);
}
