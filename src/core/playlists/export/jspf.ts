// JSPF: XSPF as JSON (xspf.org/jspf).
import { hasUtf8Form, pathUri } from './file-uri.ts';
import type { ExportTrack, PlaylistFormatWriter } from './playlist-format.ts';

export const JSPF: PlaylistFormatWriter = {
  name: 'JSPF',
  extension: '.jspf',
  mediaType: 'application/jspf+json; charset=utf-8',
  obstacle: ({ path }) => (hasUtf8Form(path) ? null : 'Its path has no URI: it is not valid Unicode.'),
  write: ({ name, tracks }) => `${JSON.stringify({ playlist: { title: name, track: tracks.map(entryOf) } }, null, 2)}\n`,
};

/** Unknown fields are left out. */
function entryOf({ path, title, artist, album, durationSec }: ExportTrack): object {
  const known = { title, creator: artist, album, duration: durationSec === null ? null : Math.round(durationSec * 1000) };
  return { location: [pathUri(path)], ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)) };
}
