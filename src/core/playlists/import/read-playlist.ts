// Reads a playlist file of whatever format it turns out to be.
import { extname } from 'node:path';
import { StemscapeError } from '../../domain/errors.ts';
import type { PlaylistEncoding } from '../../domain/playlist-files.ts';
import { decodeDeclared, decodeText } from './decode-text.ts';
import type { ReadPlaylist } from './playlist-entry.ts';
import { readItunesXml } from './read-itunes-xml.ts';
import { readJspf } from './read-jspf.ts';
import { readM3u } from './read-m3u.ts';
import { readPls } from './read-pls.ts';
import { readXspf } from './read-xspf.ts';
import { rootOf } from './xml-stream.ts';

/** A library of a million tracks in iTunes' XML is about as large. */
export const MAX_PLAYLIST_BYTES = 512 * 1024 ** 2;
const MAX_ENTRIES = 1_000_000;
const KNOWN = 'M3U, M3U8, PLS, XSPF, JSPF and iTunes XML can be read';

/** @throws StemscapeError file.unreadable */
export function readPlaylist(fileName: string, bytes: Uint8Array, encoding: PlaylistEncoding | null): ReadPlaylist[] {
  const refuse = (why: string, cause?: unknown) =>
    new StemscapeError('file.unreadable', `${fileName} is no playlist that can be read: ${why}.`, { cause });
  if (bytes.length > MAX_PLAYLIST_BYTES) throw refuse('it is too large');
  const text = decodeText(bytes, encoding);
  const read = readerOf(fileName, text.slice(0, 20_000));
  if (read === null) throw refuse(KNOWN);
  let playlists: ReadPlaylist[];
  try {
    playlists = read(text.trimStart().startsWith('<') ? (decodeDeclared(bytes) ?? text) : text);
  } catch (error) {
    throw refuse(error instanceof Error ? firstLine(error.message) : 'it is damaged', error);
  }
  const nEntries = playlists.reduce((sum, { entries }) => sum + entries.length, 0);
  if (nEntries > MAX_ENTRIES) throw refuse(`it has more than ${MAX_ENTRIES} entries`);
  return playlists;
}

function readerOf(fileName: string, head: string): ((text: string) => ReadPlaylist[]) | null {
  const start = head.trimStart();
  const one = (read: (text: string) => ReadPlaylist) => (text: string) => [read(text)];
  if (start.startsWith('<')) {
    const root = rootOf(start);
    return root === 'plist' ? readItunesXml : root === 'playlist' ? one(readXspf) : null;
  }
  if (start.startsWith('{')) return one(readJspf);
  if (/^\[playlist\]/i.test(start)) return one(readPls);
  const isList = /^\.(m3u8?|txt)$/i.test(extname(fileName)) || start.startsWith('#EXTM3U');
  return isList && !head.includes('\0') ? one(readM3u) : null;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.replace(/\.$/, '');
}
