// M3U8: UTF-8 without a byte order mark, one #EXTINF line and one path a track. Line breaks are the format's only syntax.
import { oneLine, trackLabel } from './labels.ts';
import type { ExportTrack, PlaylistFormatWriter } from './playlist-format.ts';

export const M3U8: PlaylistFormatWriter = {
  name: 'M3U8',
  extension: '.m3u8',
  mediaType: 'audio/mpegurl; charset=utf-8',
  write({ name, tracks }) {
    const lines = ['#EXTM3U', `#PLAYLIST:${oneLine(name)}`, ...tracks.flatMap(linesOf)];
    return `${lines.join('\n')}\n`;
  },
};

function linesOf(track: ExportTrack): [string, string] {
  const seconds = track.durationSec === null ? -1 : Math.round(track.durationSec);
  return [`#EXTINF:${seconds},${oneLine(trackLabel(track))}`, pathLine(track.path)];
}

/** A relative path that looks like a comment, or whose leading blank a player would trim, is written from './'. */
function pathLine(path: string): string {
  return /^[#\s]/.test(path) ? `./${path}` : path;
}
