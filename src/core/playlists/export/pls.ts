// PLS, version 2: numbered entries in the style of an INI file, UTF-8.
import { oneLine, trackLabel } from './labels.ts';
import type { PlaylistFormatWriter } from './playlist-format.ts';

export const PLS: PlaylistFormatWriter = {
  name: 'PLS',
  extension: '.pls',
  mediaType: 'audio/x-scpls; charset=utf-8',
  takesBom: true,
  obstacle: ({ path }) => (path.trim() === path ? null : 'PLS loses blanks at the ends of a path.'),
  write({ tracks }) {
    const entries = tracks.flatMap((track, i) => [
      `File${i + 1}=${track.path}`,
      `Title${i + 1}=${oneLine(trackLabel(track))}`,
      `Length${i + 1}=${track.durationSec === null ? -1 : Math.round(track.durationSec)}`,
    ]);
    return `${['[playlist]', ...entries, `NumberOfEntries=${tracks.length}`, 'Version=2'].join('\n')}\n`;
  },
};
