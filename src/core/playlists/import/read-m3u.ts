// M3U and M3U8: lines that begin with '#' are remarks, of which #EXTINF tells of the next path. Any line break ends a line.
import type { PlaylistEntry, ReadPlaylist } from './playlist-entry.ts';

const EXTINF = /^#EXTINF:\s*(-?\d+(?:\.\d+)?)?[^,]*,(.*)$/is;

export function readM3u(text: string): ReadPlaylist {
  let name: string | null = null;
  let info: { durationSec: number | null; label: string | null } | null = null;
  const entries: PlaylistEntry[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === '') continue;
    if (!line.startsWith('#')) {
      const known = info ?? { durationSec: null, label: null };
      entries.push({ locations: [line], areUris: false, title: null, artist: null, ...known });
      info = null;
      continue;
    }
    const [isInfo, seconds, label] = EXTINF.exec(line) ?? [];
    if (isInfo !== undefined) info = { durationSec: positive(seconds), label: label?.trim() || null };
    const [, title] = /^#PLAYLIST:(.*)$/is.exec(line) ?? [];
    if (title?.trim()) name = title.trim();
  }
  return { name, entries };
}

/** Players write 0 or -1 where they do not know. */
export function positive(seconds: string | undefined): number | null {
  const value = Number(seconds ?? Number.NaN);
  return value > 0 && Number.isFinite(value) ? value : null;
}
