// M3U8 and M3U: one #EXTINF line and one path a track. Line breaks are the format's only syntax. M3U8 is UTF-8; M3U is
// whatever the player expects, and what that cannot hold is not written.
import { oneLine, titleOrFile, trackLabel } from './labels.ts';
import type { ExportPlaylist, ExportTrack, PlaylistFormatWriter } from './playlist-format.ts';

export const M3U8: PlaylistFormatWriter = {
  name: 'M3U8',
  extension: '.m3u8',
  mediaType: 'audio/mpegurl; charset=utf-8',
  takesBom: true,
  write,
};

export const M3U: PlaylistFormatWriter = {
  name: 'M3U',
  extension: '.m3u',
  mediaType: 'audio/x-mpegurl',
  takesBom: true,
  takesEncoding: true,
  write,
};

function write({ name, tracks }: ExportPlaylist, canWrite: (text: string) => boolean = () => true): string {
  const title = `#PLAYLIST:${oneLine(name)}`;
  const lines = ['#EXTM3U', ...(canWrite(title) ? [title] : []), ...tracks.flatMap((track) => linesOf(track, canWrite))];
  return `${lines.join('\n')}\n`;
}

function linesOf(track: ExportTrack, canWrite: (text: string) => boolean): [string, string] {
  const seconds = track.durationSec === null ? -1 : Math.round(track.durationSec);
  const label = oneLine(trackLabel(track));
  // The path can be written, or the track would not be here.
  const shown = canWrite(label) ? label : oneLine(titleOrFile({ title: null, path: track.path }));
  return [`#EXTINF:${seconds},${shown}`, pathLine(track.path)];
}

/** A relative path that looks like a comment, or whose leading blank a player would trim, is written from './'. */
function pathLine(path: string): string {
  return /^[#\s]/.test(path) ? `./${path}` : path;
}
