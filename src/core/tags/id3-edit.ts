// The bytes of an ID3v2 tag with some fields changed, wherever in a file the tag lies.
import type { TagField } from '../domain/tag-write.ts';
import { fieldFrames, framesFromRaw, withFields } from './id3v2-fields.ts';
import { type Id3Frame, type Id3Tag, type Id3Version, renderId3 } from './id3v2-tag.ts';
import type { TagEdit } from './tag-codec.ts';

/** A file without a tag gets this version: it alone has a standard way to hold several genres. */
const NEW_TAG_VERSION: Id3Version = 4;

/** Empty when no tag is left. */
export function editedId3(tag: Id3Tag | null, { values, raw }: TagEdit): Buffer {
  const version = tag?.version ?? NEW_TAG_VERSION;
  const usesRaw = raw !== null && (raw.version === version || raw.sizeBytes === 0);
  const changes = new Map<TagField, Id3Frame[]>();
  for (const [field, fresh] of Object.entries(values) as [TagField, readonly string[]][]) {
    changes.set(field, usesRaw ? framesFromRaw(field, raw.frames[field], version) : fieldFrames(field, fresh, version));
  }
  const frames = withFields(tag?.frames ?? [], version, changes);
  const former = tag?.sizeBytes ?? 0;
  if (!usesRaw) return renderId3(version, frames, former);
  const restored = renderId3(version, frames, raw.sizeBytes);
  return restored.length <= Math.max(former, raw.sizeBytes) ? restored : renderId3(version, frames, former);
}
