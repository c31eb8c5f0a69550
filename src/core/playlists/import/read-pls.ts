// PLS: numbered entries in the style of an INI file.
import type { PlaylistEntry, ReadPlaylist } from './playlist-entry.ts';
import { positive } from './read-m3u.ts';

export function readPls(text: string): ReadPlaylist {
  const byNumber = new Map<number, PlaylistEntry>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, kind, number, value = ''] = /^\s*(File|Title|Length)(\d{1,9})\s*=(.*)$/is.exec(line) ?? [];
    if (kind === undefined) continue;
    const n = Number(number);
    const entry = byNumber.get(n) ?? {
      locations: [],
      areUris: false,
      title: null,
      artist: null,
      label: null,
      durationSec: null,
    };
    byNumber.set(n, entry);
    if (kind.toLowerCase() === 'file') entry.locations = [value];
    else if (kind.toLowerCase() === 'title') entry.label = value.trim() || null;
    else entry.durationSec = positive(value.trim());
  }
  const inOrder = [...byNumber].sort(([a], [b]) => a - b).map(([, entry]) => entry);
  return { name: null, entries: inOrder.filter(({ locations }) => locations.length > 0) };
}
