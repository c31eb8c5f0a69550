// Traktor NML 19: a collection and one playlist. Folders are written "/:a/:b/:", keys as volume, folder and file.

import { titleOrFile } from './labels.ts';
import { traktorKey } from './musical-key.ts';
import type { ExportTrack, PlaylistFormatWriter } from './playlist-format.ts';
import { element, isXmlText, XML_HEAD } from './xml.ts';

export const TRAKTOR_NML: PlaylistFormatWriter = {
  name: 'Traktor NML',
  extension: '.nml',
  mediaType: 'application/xml; charset=utf-8',
  obstacle: ({ absolutePath }) => (isXmlText(absolutePath) ? null : 'XML cannot hold a character of its path.'),
  write({ name, tracks }) {
    const collection = element('COLLECTION', { ENTRIES: tracks.length }, ...tracks.map(entryElement), '');
    const keys = tracks.map((track) => element('ENTRY', {}, element('PRIMARYKEY', { TYPE: 'TRACK', KEY: keyOf(track) })));
    const list = element('PLAYLIST', { ENTRIES: tracks.length, TYPE: 'LIST' }, ...keys, '');
    const node = element('NODE', { TYPE: 'PLAYLIST', NAME: name }, list);
    const root = element('NODE', { TYPE: 'FOLDER', NAME: '$ROOT' }, element('SUBNODES', { COUNT: 1 }, node));
    const head = element('HEAD', { COMPANY: 'www.native-instruments.com', PROGRAM: 'Traktor' });
    return `${XML_HEAD}${element('NML', { VERSION: 19 }, head, collection, element('PLAYLISTS', {}, root))}\n`;
  },
};

interface Place {
  volume: string;
  dir: string;
  file: string;
}

function placeOf({ absolutePath }: ExportTrack): Place {
  // On a Mac other drives lie below /Volumes and are volumes of their own.
  const drive = /^([A-Za-z]:)[\\/](.*)$/s.exec(absolutePath) ?? /^\/Volumes\/([^/]+)\/(.*)$/s.exec(absolutePath);
  const [, volume = '', rest = absolutePath] = drive ?? [];
  const isWindows = /^([A-Za-z]:|\\\\)/.test(absolutePath);
  const parts = (isWindows ? rest.split(/[\\/]/) : rest.split('/')).filter((part) => part !== '');
  const file = parts.pop() ?? '';
  return { volume, dir: ['', ...parts, ''].join('/:'), file };
}

function keyOf(track: ExportTrack): string {
  const { volume, dir, file } = placeOf(track);
  return `${volume}${dir}${file}`;
}

function entryElement(track: ExportTrack): string {
  const { volume, dir, file } = placeOf(track);
  const key = traktorKey(track.key);
  const { tempoBpm, durationSec } = track;
  return element(
    'ENTRY',
    { TITLE: titleOrFile(track), ARTIST: track.artist ?? '' },
    element('LOCATION', { DIR: dir, FILE: file, VOLUME: volume, VOLUMEID: volume }),
    element('ALBUM', { TITLE: track.album ?? '' }),
    element('INFO', { GENRE: track.genre ?? '', PLAYTIME: durationSec === null ? null : Math.round(durationSec) }),
    tempoBpm === null ? '' : element('TEMPO', { BPM: tempoBpm.toFixed(6), BPM_QUALITY: '100.000000' }),
    key === null ? '' : element('MUSICAL_KEY', { VALUE: key }),
  );
}
