// Text as bytes in older encodings. A character that an encoding lacks is never replaced by another.
import iconv from 'iconv-lite';
import type { PlaylistEncoding } from '../../domain/playlist-files.ts';

const BOM = '\ufeff';

/** Whether every character of the text survives. */
export function canEncode(text: string, encoding: PlaylistEncoding): boolean {
  return iconv.decode(iconv.encode(text, encoding), encoding, { stripBOM: false }) === text;
}

/** In UTF-8 a broken title is mended; paths are asked about first. @throws RangeError when the encoding lacks a character */
export function encodeText(text: string, encoding: PlaylistEncoding, bom: boolean): Uint8Array {
  const written = encoding === 'utf-8' ? text.toWellFormed() : text;
  if (!canEncode(written, encoding)) throw new RangeError(`${encoding} cannot hold this text`);
  return iconv.encode(bom ? BOM + written : written, encoding);
}

/** Why a path cannot be written; null when it can. */
export function pathObstacle(path: string, encoding: PlaylistEncoding): string | null {
  if (canEncode(path, encoding)) return null;
  return encoding === 'utf-8' ? 'Its path is not valid Unicode.' : `Its path has characters that ${encoding} does not have.`;
}
