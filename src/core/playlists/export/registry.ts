// Every playlist format by name; a new one is a file and a line here.
import type { PlaylistFormat } from '../../domain/playlist.ts';
import { type FileFormat, isTreeFormat, type TreeFormat } from '../../domain/playlist-files.ts';
import { CSV } from './csv.ts';
import { ITUNES_XML } from './itunes-xml.ts';
import { JSPF } from './jspf.ts';
import { M3U, M3U8 } from './m3u8.ts';
import { NAVIDROME_NSP } from './navidrome-nsp.ts';
import type { PlaylistFormatWriter, PlaylistTreeWriter } from './playlist-format.ts';
import { PLS } from './pls.ts';
import { REKORDBOX_XML } from './rekordbox-xml.ts';
import { SERATO_CRATE } from './serato-crate.ts';
import { TRAKTOR_NML } from './traktor-nml.ts';
import { XSPF } from './xspf.ts';

export const PLAYLIST_WRITERS: Record<FileFormat, PlaylistFormatWriter> = {
  m3u8: M3U8,
  m3u: M3U,
  pls: PLS,
  xspf: XSPF,
  jspf: JSPF,
  csv: CSV,
  itunes: ITUNES_XML,
  rekordbox: REKORDBOX_XML,
  traktor: TRAKTOR_NML,
  navidrome: NAVIDROME_NSP,
};

export const TREE_WRITERS: Record<TreeFormat, PlaylistTreeWriter> = {
  serato: SERATO_CRATE,
};

export function writerOf(format: PlaylistFormat): PlaylistFormatWriter | PlaylistTreeWriter {
  return isTreeFormat(format) ? TREE_WRITERS[format] : PLAYLIST_WRITERS[format];
}
