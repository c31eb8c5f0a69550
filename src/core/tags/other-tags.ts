// Everything a file says beside the fields that are written, as an independent reader sees it: the same before and after, or
// the file stays as it was.
import { createHash } from 'node:crypto';
import { type IAudioMetadata, type ITag, parseFile } from 'music-metadata';
import { StemscapeError } from '../domain/errors.ts';
import type { TagField, TagValues } from '../domain/tag-write.ts';

/** Names of the fields, in lower case, over all tag formats. */
const FIELD_IDS: Readonly<Record<string, TagField>> = {
  tcon: 'genre',
  tco: 'genre',
  genre: 'genre',
  gnre: 'genre',
  '©gen': 'genre',
  'wm/genre': 'genre',
  'wm/genreid': 'genre',
  ignr: 'genre',
  tbpm: 'bpm',
  tbp: 'bpm',
  bpm: 'bpm',
  tmpo: 'bpm',
  'wm/beatsperminute': 'bpm',
  tkey: 'key',
  tke: 'key',
  initialkey: 'key',
  'wm/initialkey': 'key',
};

/** FFmpeg names the year of an APEv2 tag otherwise than its standard, which TagLib keeps. */
const SAME_NAME: Readonly<Record<string, string>> = { DATE: 'YEAR' };

function fieldOf(id: string): TagField | null {
  const key = id.toLowerCase();
  return FIELD_IDS[key.startsWith('----:') ? key.slice(key.lastIndexOf(':') + 1) : key] ?? null;
}

export async function readMetadata(path: string, skipCovers = false): Promise<IAudioMetadata> {
  try {
    return await parseFile(path, { duration: false, includeChapters: true, skipCovers });
  } catch (cause) {
    const sentence = 'The tags in this file cannot be read, so nothing is written into it.';
    throw new StemscapeError('tags.unsupported', sentence, { cause });
  }
}

/** sha256 over all other tags of all formats in the file, pictures and chapters included; empty ones left out; order and case do not count. */
export function otherTagsHash({ native, format }: IAudioMetadata): string {
  const others = Object.values(native).flatMap((tags) => tags.filter(({ id, value }) => fieldOf(id) === null && value !== ''));
  const chapters = format.chapters?.map(({ title, start }) => `chapter ${start} ${title}`) ?? [];
  const hash = createHash('sha256');
  for (const line of [...others.map(lineOf), ...chapters].sort()) hash.update(`${line}\n`);
  return hash.digest('hex');
}

function lineOf({ id, value }: ITag): string {
  const hash = createHash('sha256').update(JSON.stringify(value, plainly) ?? '');
  const name = id.toUpperCase();
  return `${SAME_NAME[name] ?? name} ${hash.digest('hex')}`;
}

function plainly(_key: string, part: unknown): unknown {
  if (typeof part === 'bigint') return String(part);
  return part instanceof Uint8Array ? Buffer.from(part).toString('base64') : part;
}

/** The fields of a file whose tags TagLib writes. */
export function valuesOf({ common, native }: IAudioMetadata): TagValues {
  const tags = Object.values(native).flat();
  const texts = (field: TagField) => tags.filter(({ id }) => fieldOf(id) === field).map(({ value }) => String(value));
  return { genre: cleaned(common.genre ?? []), bpm: cleaned(texts('bpm')), key: cleaned(texts('key')) };
}

function cleaned(texts: readonly string[]): string[] {
  const parts = texts.flatMap((text) => text.split('\0')).map((text) => text.trim());
  return [...new Set(parts.filter((text) => text !== ''))];
}

/** Ids of free-form MP4 items: `----:com.apple.iTunes:initialkey`. */
export function freeFormIds({ native }: IAudioMetadata): string[] {
  return (native.iTunes ?? []).map(({ id }) => id).filter((id) => id.startsWith('----:'));
}
