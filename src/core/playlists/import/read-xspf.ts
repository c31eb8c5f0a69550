// XSPF, version 0 and 1.
import type { PlaylistEntry, ReadPlaylist } from './playlist-entry.ts';
import { positive } from './read-m3u.ts';
import { readXml } from './xml-stream.ts';

/** @throws Error where it is not well formed */
export function readXspf(content: string): ReadPlaylist {
  let name: string | null = null;
  let entry: PlaylistEntry | null = null;
  const entries: PlaylistEntry[] = [];
  const path: string[] = [];
  readXml(content, {
    open(element) {
      path.push(element);
      if (element !== 'track') return;
      entry = { locations: [], areUris: true, title: null, artist: null, label: null, durationSec: null };
      entries.push(entry);
    },
    close(element, text) {
      path.pop();
      const parent = path.at(-1);
      if (parent === 'playlist' && element === 'title') name = text.trim() || null;
      if (parent !== 'track' || entry === null) return;
      if (element === 'location') entry.locations.push(text.trim());
      else if (element === 'title') entry.title = text.trim() || null;
      else if (element === 'creator') entry.artist = text.trim() || null;
      else if (element === 'duration') entry.durationSec = milliseconds(text);
    },
  });
  return { name, entries };
}

export function milliseconds(text: string): number | null {
  const ms = positive(text.trim());
  return ms === null ? null : ms / 1000;
}
