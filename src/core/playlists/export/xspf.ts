// XSPF, version 1 (xspf.org): locations are URIs, durations milliseconds.
import { hasUtf8Form, pathUri } from './file-uri.ts';
import type { ExportTrack, PlaylistFormatWriter } from './playlist-format.ts';
import { element, textElement, XML_HEAD } from './xml.ts';

export const XSPF: PlaylistFormatWriter = {
  name: 'XSPF',
  extension: '.xspf',
  mediaType: 'application/xspf+xml; charset=utf-8',
  obstacle: ({ path }) => (hasUtf8Form(path) ? null : 'Its path has no URI: it is not valid Unicode.'),
  write({ name, tracks }) {
    const list = element('trackList', {}, ...tracks.map(trackElement), '');
    const playlist = element('playlist', { version: 1, xmlns: 'http://xspf.org/ns/0/' }, textElement('title', name), list);
    return `${XML_HEAD}${playlist}\n`;
  },
};

function trackElement({ path, title, artist, album, durationSec }: ExportTrack): string {
  return element(
    'track',
    {},
    textElement('location', pathUri(path)),
    textElement('title', title),
    textElement('creator', artist),
    textElement('album', album),
    textElement('duration', durationSec === null ? null : Math.round(durationSec * 1000)),
  );
}
