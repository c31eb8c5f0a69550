// Every playlist format by name; a new one is a file and a line here.
import type { PlaylistFormat } from '../../domain/playlist.ts';
import { CSV } from './csv.ts';
import { ITUNES_XML } from './itunes-xml.ts';
import { JSPF } from './jspf.ts';
import { M3U8 } from './m3u8.ts';
import type { PlaylistFormatWriter } from './playlist-format.ts';
import { PLS } from './pls.ts';
import { REKORDBOX_XML } from './rekordbox-xml.ts';
import { TRAKTOR_NML } from './traktor-nml.ts';
import { XSPF } from './xspf.ts';

export const PLAYLIST_WRITERS: Record<PlaylistFormat, PlaylistFormatWriter> = {
  m3u8: M3U8,
  pls: PLS,
  xspf: XSPF,
  jspf: JSPF,
  csv: CSV,
  itunes: ITUNES_XML,
  rekordbox: REKORDBOX_XML,
  traktor: TRAKTOR_NML,
};
