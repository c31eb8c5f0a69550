// Playlist files of every program and age are read; hostile ones are refused with a sentence.
import { expect, test } from 'vitest';
import type { PlaylistEncoding } from '../../../../src/core/domain/playlist-files.ts';
import { readPlaylist } from '../../../../src/core/playlists/import/read-playlist.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const read = (name: string, content: Uint8Array | string, encoding: PlaylistEncoding | null = null) =>
  readPlaylist(name, typeof content === 'string' ? bytes(content) : content, encoding);
const locations = (name: string, content: Uint8Array | string, encoding: PlaylistEncoding | null = null) =>
  read(name, content, encoding)[0]!.entries.map((entry) => entry.locations[0]);

const LIST = '#EXTM3U\n#PLAYLIST:Später\n#EXTINF:61,Ann - Título\nä/b.mp3\n\n# a remark\n/c #1.mp3\n';

test('M3U in full', () => {
  const none = { areUris: false, title: null, artist: null };
  expect(read('x.m3u8', LIST)).toEqual([
    {
      name: 'Später',
      entries: [
        { ...none, locations: ['ä/b.mp3'], label: 'Ann - Título', durationSec: 61 },
        { ...none, locations: ['/c #1.mp3'], label: null, durationSec: null },
      ],
    },
  ]);
});

test.each([
  ['a byte order mark', bytes(`\ufeff${LIST}`)],
  ['UTF-16, little end first', bytes(`\ufeff${LIST}`, 'utf16le')],
  ['UTF-16, big end first', bytes(`\ufeff${LIST}`, 'utf16le').swap16()],
  ['UTF-16 without a mark', bytes(LIST, 'utf16le')],
  ['line ends of Windows', bytes(LIST.replaceAll('\n', '\r\n'))],
  ['line ends of old Macs', bytes(LIST.replaceAll('\n', '\r'))],
  ['Latin-1', bytes(LIST, 'latin1')],
])('M3U with %s reads the same', (_, content) => {
  expect(read('x.m3u', content)).toEqual(read('x.m3u8', LIST));
});

test('lines in different encodings, and encodings that must be named', () => {
  const mixed = Buffer.concat([bytes('ä utf8.mp3\n'), bytes('ä latin.mp3\n', 'latin1')]);
  expect(locations('x.m3u', mixed)).toEqual(['ä utf8.mp3', 'ä latin.mp3']);
  expect(locations('x.m3u', Buffer.of(0xc4, 0xee, 0xec, 0x2e, 0x6d, 0x70, 0x33), 'windows-1251')).toEqual(['Дом.mp3']);
  expect(locations('x.m3u', Buffer.of(0x94, 0x4c, 0x2e, 0x6d, 0x70, 0x33), 'shift_jis')).toEqual(['猫.mp3']);
});

test('PLS in the order of its numbers', () => {
  const pls = '[playlist]\r\nFile2=b.mp3\r\nTitle2=Ann - B\r\nLength2=61\r\nfile1=/a.mp3\r\nLength1=-1\r\nNumberOfEntries=2\r\n';
  expect(read('x.pls', pls)[0]!.entries).toMatchObject([
    { locations: ['/a.mp3'], label: null, durationSec: null },
    { locations: ['b.mp3'], label: 'Ann - B', durationSec: 61 },
  ]);
});

test('XSPF, with prefixes and data sections, and JSPF', () => {
  const entry = { areUris: true, title: 'T & U', artist: 'Ann', label: null, durationSec: 61.4 };
  const xspf = `<?xml version="1.0"?><x:playlist xmlns:x="http://xspf.org/ns/0/"><x:title>Late</x:title><x:trackList>
    <x:track><x:location> file:///a%20b.mp3 </x:location><x:title><![CDATA[T & U]]></x:title><x:creator>Ann</x:creator>
    <x:duration>61400</x:duration><x:extension application="y"><y><x:title>no</x:title></y></x:extension></x:track>
    <x:track/></x:trackList></x:playlist>`;
  const [playlist] = read('x.xspf', xspf);
  expect(playlist!.name).toBe('Late');
  expect(playlist!.entries).toEqual([
    { ...entry, locations: ['file:///a%20b.mp3'] },
    { areUris: true, title: null, artist: null, label: null, durationSec: null, locations: [] },
  ]);
  const track = { location: 'file:///a%20b.mp3', title: 'T & U', creator: 'Ann', duration: 61400 };
  expect(read('x.jspf', JSON.stringify({ playlist: { title: 'Late', track: [track, {}] } }))).toEqual([playlist]);
});

test('XML in the encoding it names', () => {
  const xspf =
    '<?xml version="1.0" encoding="ISO-8859-1"?><playlist><trackList><track><location>ä.mp3</location></track></trackList></playlist>';
  expect(locations('x.xspf', bytes(xspf, 'latin1'))).toEqual(['ä.mp3']);
});

const list = (fields: string, ...ids: number[]) =>
  `<dict>${fields}<key>Playlist Items</key><array>${ids.map((id) => `<dict><key>Track ID</key><integer>${id}</integer></dict>`).join('')}</array></dict>`;
const name = (text: string) => `<key>Name</key><string>${text}</string>`;
const ITUNES = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>Major Version</key><integer>1</integer><key>Tracks</key><dict>
<key>11</key><dict><key>Track ID</key><integer>11</integer>${name('One &amp; only')}<key>Artist</key><string>Ann</string>
<key>Total Time</key><integer>61400</integer><key>Location</key><string>file://localhost/C:/M%C3%BCsik/a.mp3</string></dict>
<key>12</key><dict>${name('From the cloud')}</dict></dict><key>Playlists</key><array>
${list(`${name('Library')}<key>Master</key><true/>`, 11, 12)}${list(`${name('Music')}<key>Distinguished Kind</key><integer>4</integer>`, 11)}
${list(`${name('Folder')}<key>Playlist Persistent ID</key><string>F1</string><key>Folder</key><true/>`, 11)}
${list(`${name('Inside')}<key>Playlist Persistent ID</key><string>P1</string><key>Parent Persistent ID</key><string>F1</string>`, 12, 11, 99)}
${list(name('Empty'))}</array></dict></plist>`;

test('of an iTunes library every playlist of one’s own, with its folder', () => {
  const one = { areUris: true, label: null, title: 'One & only', artist: 'Ann', durationSec: 61.4 };
  expect(read('Library.xml', ITUNES)).toEqual([
    {
      name: 'Folder / Inside',
      entries: [
        { areUris: true, label: null, title: 'From the cloud', artist: null, durationSec: null, locations: [] },
        { ...one, locations: ['file://localhost/C:/M%C3%BCsik/a.mp3'] },
      ],
    },
    { name: 'Empty', entries: [] },
  ]);
});

test('playlists in each other’s folders do not go in circles', () => {
  const circle = ['A', 'B'].map((own) =>
    list(
      `${name(own)}<key>Playlist Persistent ID</key><string>${own}</string><key>Parent Persistent ID</key><string>${own === 'A' ? 'B' : 'A'}</string>`,
    ),
  );
  const xml = `<plist><dict><key>Playlists</key><array>${circle.join('')}</array></dict></plist>`;
  expect(read('x.xml', xml)).toHaveLength(2);
});

test('entities of a document type are not read, so none can grow', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "lollollol">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${`&a${i - 1};`.repeat(10)}">`).join('')}
    <!ENTITY file SYSTEM "file:///etc/passwd">]>`;
  for (const entity of ['&a19;', '&file;']) {
    const xspf = `${bomb}<playlist><trackList><track><location>${entity}</location></track></trackList></playlist>`;
    expect(() => read('x.xspf', xspf)).toThrow(expect.objectContaining({ code: 'file.unreadable' }));
  }
});

test.each([
  ['nested too deep', 'x.xspf', `<playlist>${'<a>'.repeat(200_000)}`],
  ['cut short', 'x.xspf', '<playlist><trackList><track>'],
  ['another XML', 'x.xml', '<html><body/></html>'],
  ['a JSON of something else', 'x.jspf', '{"a":1}'],
  ['nested JSON', 'x.jspf', `{"playlist":${'['.repeat(100_000)}`],
  ['audio under the name of a playlist', 'x.m3u', `ID3${'\0\u0001'.repeat(2000)}`],
  ['no playlist', 'x.mp3', 'hello'],
])('a file that is %s is refused with a sentence', (_, fileName, content) => {
  expect(() => read(fileName, content)).toThrow(expect.objectContaining({ code: 'file.unreadable' }));
});

test('an empty list is a list', () => {
  expect(read('x.m3u8', '')).toEqual([{ name: null, entries: [] }]);
  expect(read('x.m3u8', '#EXTM3U\n')).toEqual([{ name: null, entries: [] }]);
});

test('100,000 entries, and a text without an end', () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `#EXTINF:1,A - ${i}\n/m/${i}.mp3`).join('\n');
  expect(read('x.m3u', lines)[0]!.entries).toHaveLength(100_000);
  const endless = `<playlist><trackList><track><location>${'a'.repeat(5_000_000)}</location></track></trackList></playlist>`;
  expect(locations('x.xspf', endless)[0]!.length).toBeLessThan(200_000);
});
