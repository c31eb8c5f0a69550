// Every playlist format read back by an independent reader: paths and titles come back as they were, whatever is in them.
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { PLAYLIST_FORMATS } from '../../../../src/core/domain/playlist.ts';
import type { FileFormat } from '../../../../src/core/domain/playlist-files.ts';
import type { ExportTrack } from '../../../../src/core/playlists/export/playlist-format.ts';
import { PLAYLIST_WRITERS } from '../../../../src/core/playlists/export/registry.ts';

const track = (changes: Partial<ExportTrack> = {}): ExportTrack => ({
  id: 7,
  path: '/music/a.mp3',
  absolutePath: '/music/a.mp3',
  pathInRoot: 'a.mp3',
  title: 'T',
  artist: 'A',
  album: 'B',
  genre: 'Jazz',
  durationSec: 61.4,
  tempoBpm: 120.5,
  key: 'F# minor',
  ...changes,
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (_name, path) =>
    /(trackList\.track|COLLECTION\.TRACK|COLLECTION\.ENTRY|PLAYLIST\.ENTRY|NODE\.TRACK)$/.test(String(path)),
});

/** Text of a value as the reader gives it. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** file://localhost/... as a path. */
const pathOf = (uri: string): string => fileURLToPath(uri.replace('file://localhost/', 'file:///'));

function xml(content: string): ReturnType<XMLParser['parse']> {
  expect(XMLValidator.validate(content)).toBe(true);
  return parser.parse(content);
}

type Plist = string | Plist[] | { [key: string]: Plist };
type ListedPlaylist = { Name: string; 'Playlist Items': { 'Track ID': string }[] };
type Ordered = Record<string, Ordered[] | string>;

const ordered = new XMLParser({ preserveOrder: true, parseTagValue: false, trimValues: false, htmlEntities: true });

/** A property list by its own rules: dictionaries are keys and values in turn. */
function plist(content: string): Plist {
  expect(XMLValidator.validate(content)).toBe(true);
  const root = (ordered.parse(content) as Ordered[]).find((node) => 'plist' in node)!;
  return plistValue((root.plist as Ordered[])[0]!);
}

function plistValue(node: Ordered): Plist {
  const [tag, children] = Object.entries(node).find(([name]) => name !== ':@') as [string, Ordered[]];
  if (tag === 'array') return children.map(plistValue);
  if (tag !== 'dict') return children.map((child) => String(child['#text'])).join('');
  const pairs = Array.from({ length: children.length / 2 }, (_, i) => children.slice(2 * i, 2 * i + 2) as [Ordered, Ordered]);
  return Object.fromEntries(pairs.map(([key, value]) => [String(plistValue(key)), plistValue(value)]));
}

/** Paths and, where the format has one, titles. */
const READERS: Partial<Record<FileFormat, (content: string) => { path: string; title?: string }[]>> = {
  pls: (content) => [...content.matchAll(/^File\d+=(.*)$/gm)].map(([, path]) => ({ path: path! })),
  xspf: (content) =>
    xml(content).playlist.trackList.track.map(({ location, title }: { location: string; title: unknown }) => ({
      path: pathOf(location),
      title: text(title),
    })),
  jspf: (content) =>
    JSON.parse(content).playlist.track.map(({ location, title }: { location: string[]; title: string }) => ({
      path: pathOf(location[0]!),
      title,
    })),
  csv: (content) =>
    Papa.parse<{ path: string; title: string }>(content, { header: true, skipEmptyLines: true, delimiter: ',' }).data,
  rekordbox: (content) => {
    const { COLLECTION, PLAYLISTS } = xml(content).DJ_PLAYLISTS;
    const list = PLAYLISTS.NODE.NODE.TRACK as { Key: string }[];
    return list.map(({ Key }) => {
      const found = COLLECTION.TRACK.find(({ TrackID }: { TrackID: string }) => TrackID === Key);
      return { path: pathOf(found.Location), title: found.Name };
    });
  },
  itunes: (content) => {
    const library = plist(content) as Plist & { Tracks: Record<string, Record<string, string>>; Playlists: ListedPlaylist[] };
    return library.Playlists[0]!['Playlist Items'].map(({ 'Track ID': id }) => {
      const found = library.Tracks[id]!;
      expect(found['Track ID']).toBe(id);
      return { path: pathOf(found.Location!), title: found.Name! };
    });
  },
  traktor: (content) => {
    const { COLLECTION, PLAYLISTS } = xml(content).NML;
    const keys = PLAYLISTS.NODE.SUBNODES.NODE.PLAYLIST.ENTRY.map(
      ({ PRIMARYKEY }: { PRIMARYKEY: { KEY: string } }) => PRIMARYKEY.KEY,
    );
    return COLLECTION.ENTRY.map(({ LOCATION, TITLE }: { LOCATION: { DIR: string; FILE: string }; TITLE: string }, i: number) => {
      expect(keys[i]).toBe(LOCATION.DIR + LOCATION.FILE);
      return { path: LOCATION.DIR.split('/:').join('/') + LOCATION.FILE, title: TITLE };
    });
  },
};

const part = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...'#%&\'"?;,=[]()!*äßé 😀+~'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
    minLength: 1,
    maxLength: 60,
  })
  .map((name) => name.replaceAll(/[/\\\p{Cc}\u2028\u2029]/gu, '_'))
  .filter((name) => name !== '.' && name !== '..');
const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
const tracks = fc
  .uniqueArray(path, { minLength: 1, maxLength: 6 })
  .chain((paths) =>
    fc.tuple(
      ...paths.map((own, i) =>
        part.map((title) => track({ id: i + 1, path: own, absolutePath: own, title: title.trim() || 'x' })),
      ),
    ),
  );

describe.each(Object.keys(READERS) as (keyof typeof READERS)[])('%s', (format) => {
  const writer = PLAYLIST_WRITERS[format];
  test('every path it accepts comes back', () => {
    fc.assert(
      fc.property(tracks, (list) => {
        const kept = list.filter((one) => (writer.obstacle?.(one) ?? null) === null);
        fc.pre(kept.length > 0);
        const found = READERS[format]!(writer.write({ name: 'A & "B" <C>', tracks: kept }));
        expect(found.map((one) => one.path)).toEqual(kept.map((one) => one.path));
      }),
      { numRuns: 150 },
    );
  });

  test('300 characters, umlauts, emoji, #, % and quotes', () => {
    const name = `${'lang '.repeat(50)}Größe 😀 #1 100% "it's".mp3`;
    const own = `/Müsik/${name}`;
    const [found] = READERS[format]!(writer.write({ name: 'x', tracks: [track({ path: own, absolutePath: own, title: name })] }));
    expect(found!.path).toBe(own);
    if (found!.title !== undefined) expect(found!.title).toBe(name);
  });
});

test('every format has a reader here or a test of its own', () => {
  expect(PLAYLIST_FORMATS.filter((format) => !(format in READERS))).toEqual(['m3u8', 'm3u', 'serato', 'navidrome']);
});

test('what players and DJ programs look for stands where they look', () => {
  const write = (format: FileFormat) => PLAYLIST_WRITERS[format].write({ name: 'Late', tracks: [track()] });
  expect(write('xspf')).toContain('<playlist version="1" xmlns="http://xspf.org/ns/0/"><title>Late</title>');
  expect(write('xspf')).toContain('<duration>61400</duration>');
  expect(write('pls')).toBe('[playlist]\nFile1=/music/a.mp3\nTitle1=A - T\nLength1=61\nNumberOfEntries=1\nVersion=2\n');
  const rekordbox = xml(write('rekordbox')).DJ_PLAYLISTS;
  expect(rekordbox.COLLECTION).toMatchObject({
    Entries: '1',
    TRACK: [{ TotalTime: '61', AverageBpm: '120.50', Tonality: 'F#m', Genre: 'Jazz' }],
  });
  expect(rekordbox.PLAYLISTS.NODE).toMatchObject({
    Type: '0',
    Name: 'ROOT',
    Count: '1',
    NODE: { Name: 'Late', Type: '1', KeyType: '0', Entries: '1' },
  });
  expect(xml(write('traktor')).NML).toMatchObject({
    VERSION: '19',
    COLLECTION: { ENTRY: [{ MUSICAL_KEY: { VALUE: '18' }, TEMPO: { BPM: '120.500000' } }] },
  });
  expect(write('itunes')).toContain('<key>Total Time</key><integer>61400</integer><key>BPM</key><integer>121</integer>');
});

test('a path on Windows is a URI with its drive, a share one with its host', () => {
  const at = (own: string) => PLAYLIST_WRITERS.jspf.write({ name: 'x', tracks: [track({ path: own, absolutePath: own })] });
  expect(at('C:\\Müsik\\a b.mp3')).toContain('"file:///C:/M%C3%BCsik/a%20b.mp3"');
  expect(at('\\\\nas\\music\\a.mp3')).toContain('"file://nas/music/a.mp3"');
  expect(at('sub/a:b.mp3')).toContain('"sub/a%3Ab.mp3"');
  expect(at('a:b.mp3')).toContain('"./a%3Ab.mp3"');
  const nml = PLAYLIST_WRITERS.traktor.write({ name: 'x', tracks: [track({ absolutePath: 'D:\\a\\b.mp3' })] });
  expect(nml).toContain('DIR="/:a/:" FILE="b.mp3" VOLUME="D:"');
  const usb = PLAYLIST_WRITERS.traktor.write({ name: 'x', tracks: [track({ absolutePath: '/Volumes/USB/a/b.mp3' })] });
  expect(usb).toContain('DIR="/:a/:" FILE="b.mp3" VOLUME="USB"');
  expect(usb).toContain('KEY="USB/:a/:b.mp3"');
});

test('what a format cannot hold is said', () => {
  const bad = track({ path: '/music/\ud800.mp3', absolutePath: '/music/\ud800.mp3' });
  for (const format of ['xspf', 'jspf', 'rekordbox', 'itunes', 'traktor'] as const)
    expect(PLAYLIST_WRITERS[format].obstacle?.(bad)).toMatch(/path/);
});
