// Every playlist format by name; a new one is a file and a line here.
import type { PlaylistFormat } from '../../domain/playlist.ts';
import { M3U8 } from './m3u8.ts';
import type { PlaylistFormatWriter } from './playlist-format.ts';

export const PLAYLIST_WRITERS: Record<PlaylistFormat, PlaylistFormatWriter> = {
  m3u8: M3U8,
};
