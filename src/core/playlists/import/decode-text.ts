// Bytes of a playlist as text: byte order marks, UTF-16 without one, UTF-8, and what older programs wrote.
import iconv from 'iconv-lite';
import { PLAYLIST_ENCODINGS, type PlaylistEncoding } from '../../domain/playlist-files.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BOMS: [encoding: string, bom: number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const [LF, CR] = [10, 13];

/** A byte order mark counts first; without an encoding each line that is not UTF-8 is read as Windows wrote it. */
export function decodeText(bytes: Uint8Array, encoding: PlaylistEncoding | null): string {
  for (const [name, bom] of BOMS) {
    if (bom.every((byte, i) => bytes[i] === byte)) return iconv.decode(bytes.subarray(bom.length), name, { stripBOM: false });
  }
  if (encoding !== null) return iconv.decode(bytes, encoding);
  if (bytes.length >= 2 && bytes[1] === 0 && bytes[0] !== 0) return iconv.decode(bytes, 'utf-16le');
  if (bytes.length >= 2 && bytes[0] === 0 && bytes[1] !== 0) return iconv.decode(bytes, 'utf-16be');
  return decodeUtf8(bytes) ?? decodeLines(bytes);
}

/** Text in the encoding an XML file names; null when it names none, or an unknown one. */
export function decodeDeclared(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const [, name] = /^<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head) ?? [];
  return name !== undefined && !/^utf-?(8|16)/i.test(name) && iconv.encodingExists(name) ? iconv.decode(bytes, name) : null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

function decodeLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  let start = 0;
  for (let i = 0; i <= bytes.length; i++) {
    if (i < bytes.length && bytes[i] !== LF && bytes[i] !== CR) continue;
    const line = bytes.subarray(start, i);
    lines.push(decodeUtf8(line) ?? iconv.decode(line, PLAYLIST_ENCODINGS[0]));
    start = i + 1;
  }
  return lines.join('\n');
}
