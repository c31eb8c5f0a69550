// iTunes (Music) library XML: an Apple property list with the tracks and one playlist of their ids.
import { fileUri, hasUtf8Form } from './file-uri.ts';
import { titleOrFile } from './labels.ts';
import type { ExportTrack, PlaylistFormatWriter } from './playlist-format.ts';
import { element, textElement, XML_HEAD } from './xml.ts';

const DOCTYPE = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';

export const ITUNES_XML: PlaylistFormatWriter = {
  name: 'iTunes XML',
  extension: '.xml',
  mediaType: 'application/xml; charset=utf-8',
  obstacle: ({ absolutePath }) => (hasUtf8Form(absolutePath) ? null : 'Its path has no URI: it is not valid Unicode.'),
  write({ name, tracks }) {
    const library = tracks.map((track) => textElement('key', track.id) + trackDict(track));
    const items = tracks.map(({ id }) => dict([['Track ID', integer(id)]]));
    const playlist = dict([
      ['Name', textElement('string', name)],
      ['Playlist ID', integer(1)],
      ['All Items', '<true/>'],
      ['Playlist Items', element('array', {}, ...items, '')],
    ]);
    const content = dict([
      ['Major Version', integer(1)],
      ['Minor Version', integer(1)],
      ['Application Version', textElement('string', 'Stemscape')],
      ['Tracks', element('dict', {}, ...library, '')],
      ['Playlists', element('array', {}, playlist)],
    ]);
    return `${XML_HEAD}${DOCTYPE}${element('plist', { version: '1.0' }, content)}\n`;
  },
};

function trackDict(track: ExportTrack): string {
  const { id, artist, album, genre, durationSec, tempoBpm, absolutePath } = track;
  return dict([
    ['Track ID', integer(id)],
    ['Name', textElement('string', titleOrFile(track))],
    ['Artist', textElement('string', artist)],
    ['Album', textElement('string', album)],
    ['Genre', textElement('string', genre)],
    ['Total Time', durationSec === null ? '' : integer(durationSec * 1000)],
    ['BPM', tempoBpm === null ? '' : integer(tempoBpm)],
    ['Track Type', textElement('string', 'File')],
    ['Location', textElement('string', fileUri(absolutePath, 'localhost'))],
  ]);
}

/** Entries without a value are left out. */
function dict(entries: [name: string, value: string][]): string {
  const written = entries.filter(([, value]) => value !== '').map(([name, value]) => textElement('key', name) + value);
  return element('dict', {}, ...written, '');
}

function integer(value: number): string {
  return textElement('integer', Math.round(value));
}
