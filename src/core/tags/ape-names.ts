// The names of the items of an APEv2 tag at the end of an MP3: programs read it before ID3v2, so what it says would hide what
// is written there. Source: APEv2 specification, wiki.hydrogenaud.io.
import type { FileHandle } from 'node:fs/promises';
import { readRange } from './segments.ts';

const FOOTER_BYTES = 32;
const ID3V1_BYTES = 128;
const ITEM_HEAD_BYTES = 8;
/** Larger ones are damaged, or hold pictures only a damaged size could explain. */
const MAX_TAG_BYTES = 64 << 20;

/** In lower case; empty without such a tag. */
export async function apeItemNames(file: FileHandle): Promise<string[]> {
  const { size } = await file.stat();
  const end = size - ((await readRange(file, Math.max(0, size - ID3V1_BYTES), 3)).toString('latin1') === 'TAG' ? ID3V1_BYTES : 0);
  if (end < FOOTER_BYTES) return [];
  const footer = await readRange(file, end - FOOTER_BYTES, FOOTER_BYTES);
  if (footer.toString('latin1', 0, 8) !== 'APETAGEX') return [];
  const bytes = footer.readUInt32LE(12);
  if (bytes > MAX_TAG_BYTES || bytes > end) return [];
  const items = await readRange(file, end - bytes, bytes - FOOTER_BYTES);
  const names: string[] = [];
  for (let at = 0; at + ITEM_HEAD_BYTES < items.length; ) {
    const nameEnd = items.indexOf(0, at + ITEM_HEAD_BYTES);
    if (nameEnd < 0) break;
    names.push(items.toString('latin1', at + ITEM_HEAD_BYTES, nameEnd).toLowerCase());
    at = nameEnd + 1 + items.readUInt32LE(at);
  }
  return names;
}
