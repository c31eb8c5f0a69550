// Entries of other programs' playlists are found by path, then by their last folders, then by artist and title; what is not
// found, or not alone, is said.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_TAGS } from '../../../../src/core/db/track-row.ts';
import { EntryMatcher } from '../../../../src/core/playlists/import/match-entries.ts';
import type { PlaylistEntry } from '../../../../src/core/playlists/import/playlist-entry.ts';
import { openTempLibrary } from '../../library/fixture.ts';

const MUSIC = '/home/me/Music';

interface Song {
  artist?: string;
  title?: string;
  durationSec?: number;
  isMissing?: true;
}

function libraryOf(songs: Record<string, Song>) {
  const db = openTempLibrary();
  for (const [name, { isMissing, ...tags }] of Object.entries(songs)) {
    const file = { path: join(MUSIC, name), rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: name };
    const id = db.tracks.insert(file, 1);
    db.tracks.setTags(id, { ...NO_TAGS, ...tags });
    db.tracks.refreshListing(id);
    if (isMissing) db.tracks.setMissing(id, true);
  }
  return { byPath: (path: string) => db.tracks.byPath(path), names: () => db.trackNames.all() };
}

const entry = (location: string, changes: Partial<PlaylistEntry> = {}): PlaylistEntry => ({
  locations: [location],
  areUris: false,
  title: null,
  artist: null,
  label: null,
  durationSec: null,
  ...changes,
});

/** How each entry was found, or why not. */
function found(songs: Record<string, Song>, entries: PlaylistEntry[], folders = [join(MUSIC, 'lists')]): string[] {
  const matcher = new EntryMatcher(libraryOf(songs), folders);
  return entries.map((one) => {
    const { matched, unmatched } = matcher.match([one]);
    const [hit, miss] = [matched[0], unmatched[0]];
    return hit ? `${hit.by}: ${hit.path.slice(MUSIC.length + 1)}` : miss!.reason;
  });
}

test('by path: relative to the playlist, as a URI, with accents composed otherwise, percent-encoded, with backslashes', () => {
  const entries = [
    entry('../A/b.mp3'),
    entry('/home/me/Music/A/b.mp3'),
    entry('file:///home/me/Music/A/b.mp3'),
    entry('file://localhost/home/me/Music/A/b.mp3'),
    entry('..\\A\\b.mp3'),
    entry('  ../A/b.mp3 '),
    entry('../A/b%2Emp3'),
    entry('../A/b%2Emp3', { areUris: true }),
  ];
  expect(found({ 'A/b.mp3': {} }, entries)).toEqual(entries.map(() => 'path: A/b.mp3'));
  const accents = [entry('../Mu\u0308sik/#1 100%.mp3'), entry('file:///home/me/Music/M%C3%BCsik/%231%20100%25.mp3')];
  expect(found({ 'M\u00fcsik/#1 100%.mp3': {} }, accents)).toEqual(accents.map(() => 'path: M\u00fcsik/#1 100%.mp3'));
});

test('by the last folders, where the music lies under another root', () => {
  const songs = { 'A/B/1.mp3': {}, 'C/B/1.mp3': {}, 'C/B/2.mp3': {} };
  const entries = [
    entry('/Volumes/Music/A/B/1.mp3'),
    entry('E:\\Music\\C\\b\\1.MP3'),
    entry('\\\\nas\\music\\B\\2.mp3'),
    entry('file:///D:/x/B/2.mp3'),
  ];
  expect(found(songs, entries)).toEqual(['folders: A/B/1.mp3', 'folders: C/B/1.mp3', 'folders: C/B/2.mp3', 'folders: C/B/2.mp3']);
});

test('the same last folders twice are not guessed', () => {
  const songs = { 'A/B/1.mp3': {}, 'C/B/1.mp3': {} };
  expect(found(songs, [entry('/x/B/1.mp3')])[0]).toBe(
    `2 tracks have those last folders, such as ${MUSIC}/A/B/1.mp3 and ${MUSIC}/C/B/1.mp3.`,
  );
  expect(found({ 'A/B/1.mp3': {}, 'C/B/1.mp3': { isMissing: true } }, [entry('/x/B/1.mp3')])).toEqual(['folders: A/B/1.mp3']);
});

test('one name alone is too little, unless the entry has no more or the lengths fit', () => {
  const songs = { 'A/01.mp3': { durationSec: 100 } };
  expect(found(songs, [entry('/x/B/01.mp3')])[0]).toMatch(/^No track/);
  expect(found(songs, [entry('/x/B/01.mp3', { durationSec: 101 })])).toEqual(['folders: A/01.mp3']);
  expect(found(songs, [entry('01.mp3')])).toEqual(['folders: A/01.mp3']);
  expect(found(songs, [entry('/x/A/01.mp3', { durationSec: 104 })])[0]).toMatch(/^No track/);
  expect(found(songs, [entry('/x/A/01.mp3', { durationSec: 102 })])).toEqual(['folders: A/01.mp3']);
});

test('by artist and title, whatever their case and accents, within three seconds', () => {
  const songs = {
    'a.mp3': { artist: 'Björk', title: 'Jóga - Live', durationSec: 200 },
    'b.mp3': { artist: 'Björk', title: 'Jóga - Live', durationSec: 300 },
  };
  const at = (changes: Partial<PlaylistEntry>) => entry('/gone/x.ogg', changes);
  const own = { artist: 'BJORK', title: 'joga - live' };
  expect(
    found(songs, [
      at({ ...own, durationSec: 201.5 }),
      at({ label: 'Björk - Jóga - Live', durationSec: 299 }),
      at({ ...own, durationSec: 250 }),
      at(own),
      at({ title: 'Jóga - Live' }),
    ]),
  ).toEqual([
    'tags: a.mp3',
    'tags: b.mp3',
    expect.stringMatching(/^No track/),
    expect.stringMatching(/^2 tracks have that artist and title/),
    expect.stringMatching(/^No track/),
  ]);
});

test('a stream is named as one; an entry without a place is found by its tags', () => {
  const songs = { 'a.mp3': { artist: 'Ann', title: 'A' } };
  expect(found(songs, [entry('https://radio.example/stream.mp3')])).toEqual(['It is a stream, not a file.']);
  expect(found(songs, [{ ...entry(''), locations: [], artist: 'Ann', title: 'A' }])).toEqual(['tags: a.mp3']);
});

test('100,000 entries in a library whose files all have one name', () => {
  const songs = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`${i}/Disc/01.mp3`, {}]));
  const matcher = new EntryMatcher(libraryOf(songs), []);
  const entries = Array.from({ length: 100_000 }, (_, i) => entry(`/x/${i}/Disc/01.mp3`));
  expect(matcher.match(entries).unmatched).toHaveLength(100_000);
});
