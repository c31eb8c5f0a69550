// M3U8: UTF-8 without a byte order mark, one #EXTINF line and one path a track. Line breaks are the format's only syntax.
import type { ExportTrack, PlaylistFormatWriter } from './playlist-format.ts';

export const M3U8: PlaylistFormatWriter = {
  extension: '.m3u8',
  mediaType: 'audio/mpegurl; charset=utf-8',
  write({ name, tracks }) {
    const lines = ['#EXTM3U', `#PLAYLIST:${oneLine(name)}`, ...tracks.flatMap(linesOf)];
    return `${lines.join('\n')}\n`;
  },
};

function linesOf(track: ExportTrack): [string, string] {
  const seconds = track.durationSec === null ? -1 : Math.round(track.durationSec);
  return [`#EXTINF:${seconds},${labelOf(track)}`, pathLine(track.path)];
}

function labelOf({ artist, title, path }: ExportTrack): string {
  const name = title ?? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return oneLine(artist === null ? name : `${artist} - ${name}`);
}

/** A tag with line breaks in it would end the line, and what follows would be read as a path. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029\v\f\0]+/g, ' ').trim();
}

/** A relative path that looks like a comment, or whose leading blank a player would trim, is written from './'. */
function pathLine(path: string): string {
  return /^[#\s]/.test(path) ? `./${path}` : path;
}
