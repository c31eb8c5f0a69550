// rekordbox XML (Pioneer DJ, "XML format list"): a collection and one playlist that refers to it by TrackID.
import { fileUri, hasUtf8Form } from './file-uri.ts';
import { titleOrFile } from './labels.ts';
import { shortKey } from './musical-key.ts';
import type { ExportTrack, PlaylistFormatWriter } from './playlist-format.ts';
import { element, XML_HEAD } from './xml.ts';

export const REKORDBOX_XML: PlaylistFormatWriter = {
  name: 'rekordbox XML',
  extension: '.xml',
  mediaType: 'application/xml; charset=utf-8',
  obstacle: ({ absolutePath }) => (hasUtf8Form(absolutePath) ? null : 'Its path has no URI: it is not valid Unicode.'),
  write({ name, tracks }) {
    const collection = element('COLLECTION', { Entries: tracks.length }, ...tracks.map(trackElement), '');
    const keys = tracks.map(({ id }) => element('TRACK', { Key: id }));
    const list = element('NODE', { Name: name, Type: 1, KeyType: 0, Entries: tracks.length }, ...keys, '');
    const root = element('NODE', { Type: 0, Name: 'ROOT', Count: 1 }, list);
    const product = element('PRODUCT', { Name: 'Stemscape', Version: '1', Company: 'Stemscape' });
    return `${XML_HEAD}${element('DJ_PLAYLISTS', { Version: '1.0.0' }, product, collection, element('PLAYLISTS', {}, root))}\n`;
  },
};

function trackElement(track: ExportTrack): string {
  return element('TRACK', {
    TrackID: track.id,
    Name: titleOrFile(track),
    Artist: track.artist ?? '',
    Album: track.album ?? '',
    Genre: track.genre ?? '',
    TotalTime: track.durationSec === null ? null : Math.round(track.durationSec),
    AverageBpm: track.tempoBpm === null ? null : track.tempoBpm.toFixed(2),
    Tonality: shortKey(track.key),
    Location: fileUri(track.absolutePath, 'localhost'),
  });
}
