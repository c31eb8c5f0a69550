// Genre, tempo and key as text frames of an ID3v2 tag, in each version's own way.
import { ID3V1_GENRES } from '../domain/id3v1-genres.ts';
import { TAG_FIELDS, type TagField, type TagValues } from '../domain/tag-write.ts';
import { frameOf, type Id3Frame, type Id3Tag, type Id3Version, resynchronise } from './id3v2-tag.ts';

/** What a field was made of, so that undo gives the very frames back. Base64. */
export type RawFrames = Record<TagField, string[]>;

/** ID3v2.3 and 2.2 have no way of their own to hold several genres: programs read this, and the tag rules split at it. */
const GENRE_JOINER = '; ';
const ENCODING = { latin1: 0, utf16: 1, utf16BigEndian: 2, utf8: 3 } as const;
const BOM = Buffer.from([0xff, 0xfe]);
/** Second flag byte: encrypted or compressed, per version (ID3v2.3.0 section 3.3.1, ID3v2.4.0 section 4.1.2). */
const UNREADABLE: Readonly<Record<Id3Version, number>> = { 2: 0, 3: 0xc0, 4: 0x0c };
const GROUPED: Readonly<Record<Id3Version, number>> = { 2: 0, 3: 0x20, 4: 0x40 };
const V24 = { unsynchronised: 0x02, statesLength: 0x01 } as const;

export function frameIdOf(field: TagField, version: Id3Version): string {
  if (version === 2) return { genre: 'TCO', bpm: 'TBP', key: 'TKE' }[field];
  return { genre: 'TCON', bpm: 'TBPM', key: 'TKEY' }[field];
}

export function readId3Fields(tag: Id3Tag | null): { values: TagValues; raw: RawFrames } {
  const values: TagValues = { genre: [], bpm: [], key: [] };
  const raw: RawFrames = { genre: [], bpm: [], key: [] };
  if (!tag) return { values, raw };
  for (const field of TAG_FIELDS) {
    const frames = tag.frames.filter(({ id }) => id === frameIdOf(field, tag.version));
    raw[field] = frames.map(({ bytes }) => bytes.toString('base64'));
    const texts = frames.flatMap((frame) => textsOf(frame, tag.version));
    values[field] = field === 'genre' ? genresOf(texts, tag.version) : texts;
  }
  return { values, raw };
}

/** The tag's frames with some fields changed; a changed field keeps its place, a new one comes last. */
export function withFields(
  frames: readonly Id3Frame[],
  version: Id3Version,
  changes: ReadonlyMap<TagField, readonly Id3Frame[]>,
): Id3Frame[] {
  let out = [...frames];
  for (const [field, fresh] of changes) {
    const id = frameIdOf(field, version);
    const place = out.findIndex((frame) => frame.id === id);
    const rest = out.filter((frame) => frame.id !== id);
    const at = place < 0 ? rest.length : place;
    out = [...rest.slice(0, at), ...fresh, ...rest.slice(at)];
  }
  return out;
}

/** No frame for no values. ID3v2.4 separates values by NUL in one frame; before it genres are joined, and the rest has one value. */
export function fieldFrames(field: TagField, values: readonly string[], version: Id3Version): Id3Frame[] {
  if (values.length === 0) return [];
  const text = version === 4 ? values.join('\0') : values.join(GENRE_JOINER);
  return [frameOf(frameIdOf(field, version), encodeText(text, version), version)];
}

export function framesFromRaw(field: TagField, raw: readonly string[], version: Id3Version): Id3Frame[] {
  return raw.map((text) => ({ id: frameIdOf(field, version), bytes: Buffer.from(text, 'base64') }));
}

/** ID3v2.4 knows UTF-8; before it text is Latin-1 or UTF-16 with a mark of its byte order. */
function encodeText(text: string, version: Id3Version): Buffer {
  if (version === 4) return Buffer.concat([Buffer.from([ENCODING.utf8]), Buffer.from(text, 'utf8')]);
  const isLatin1 = [...text].every((character) => character.codePointAt(0)! <= 0xff);
  if (isLatin1) return Buffer.concat([Buffer.from([ENCODING.latin1]), Buffer.from(text, 'latin1')]);
  return Buffer.concat([Buffer.from([ENCODING.utf16]), BOM, Buffer.from(text, 'utf16le')]);
}

function textsOf({ bytes }: Id3Frame, version: Id3Version): string[] {
  const flags = version === 2 ? 0 : bytes[9]!;
  if ((flags & UNREADABLE[version]) !== 0) return [];
  let body = bytes.subarray(version === 2 ? 6 : 10);
  if ((flags & GROUPED[version]) !== 0) body = body.subarray(1);
  if (version === 4 && (flags & V24.statesLength) !== 0) body = body.subarray(4);
  if (version === 4 && (flags & V24.unsynchronised) !== 0) body = resynchronise(body);
  if (body.length < 2) return [];
  const values = decodeText(body.subarray(1), body[0]!).split('\0');
  return values.map((value) => value.replace(/^\ufeff/, '').trim()).filter((value) => value !== '');
}

function decodeText(body: Buffer, encoding: number): string {
  if (encoding === ENCODING.latin1) return body.toString('latin1');
  if (encoding === ENCODING.utf8) return body.toString('utf8');
  const isBigEndian = encoding === ENCODING.utf16BigEndian || (body[0] === 0xfe && body[1] === 0xff);
  return new TextDecoder(isBigEndian ? 'utf-16be' : 'utf-16le').decode(body);
}

/** "(4)(9)Speed Metal", "17" and joined lists as single genres (ID3v2.3.0 section 4.2.1, ID3v2.4.0-frames section 4.2.3). */
function genresOf(texts: readonly string[], version: Id3Version): string[] {
  const parts = version === 4 ? texts : texts.flatMap((text) => text.split(';'));
  return parts.flatMap((part) => {
    const text = part.trim();
    const prefix = /^(?:\(\d{1,3}\))+/.exec(text)?.[0] ?? '';
    const codes = [...prefix.matchAll(/\d+/g)].map(([code]) => code);
    const rest = text.slice(prefix.length).replace(/^\(\(/, '(').trim();
    const named = codes.map((code) => ID3V1_GENRES[Number(code)]).filter((name) => name !== undefined);
    if (prefix === '' && /^\d{1,3}$/.test(rest)) return [ID3V1_GENRES[Number(rest)] ?? rest];
    return rest === '' || named.includes(rest) ? named : [...named, rest];
  });
}
