// What each export is called, and where the program that reads it takes it.
import type { LinkKind, PlaylistFormat } from '../../contract/index.ts';

/** A format, or a folder of links or copies. */
export type ExportKind = PlaylistFormat | LinkKind;

export const EXPORT_NAMES: Record<ExportKind, string> = {
  m3u8: 'M3U8',
  m3u: 'M3U',
  pls: 'PLS',
  xspf: 'XSPF',
  jspf: 'JSPF',
  csv: 'CSV',
  itunes: 'iTunes XML',
  rekordbox: 'rekordbox XML',
  traktor: 'Traktor NML',
  serato: 'Serato crate',
  navidrome: 'Navidrome playlist',
  copy: 'folder of copies',
  symlink: 'folder of links',
  hardlink: 'folder of hard links',
};

export const EXPORT_HINTS: Partial<Record<ExportKind, string>> = {
  m3u: 'For players that do not read UTF-8. A track whose path the encoding cannot hold is left out and named.',
  itunes: 'In Music or iTunes: File, Library, Import Playlist.',
  rekordbox: 'In rekordbox: Preferences, Advanced, rekordbox xml; then turn on rekordbox xml under View, Layout.',
  traktor: 'In Traktor: right-click Playlists in the browser, Import Collection or Playlist.',
  serato: 'Choose the drive that the music is on: the crate goes into its folder _Serato_.',
  navidrome: 'Put the file into Navidrome’s music or playlists folder.',
  copy: 'A new folder with numbered copies of the files and an M3U8 of them.',
  symlink: 'A new folder with numbered links to the files. Not for FAT or exFAT sticks.',
  hardlink: 'Second names of the same files, on the same drive only.',
};
